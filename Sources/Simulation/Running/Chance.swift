import Glibc

/// Random numbers of one seed; the same on every machine.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", 2014,
/// https://doi.org/10.1145/2660193.2660195 (SplitMix64).
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A sequence of its own for one purpose, so that what one crowd does never changes another's numbers.
    init(seed: UInt64, stream: UInt64) {
        var mixer = Chance(seed: seed ^ (stream &* 0xD6E8_FEB8_6659_FD93))
        state = mixer.next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Between 0 and 1, never 0.
    mutating func unit() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

    /// Exponentially distributed with a mean.
    mutating func exponential(mean: Double) -> Double { -mean * log(unit()) }

    /// A factor about 1, at most three parts `spread` off.
    mutating func jitter(_ spread: Double) -> Double {
        1 + spread * (unit() + unit() + unit() + unit() - 2) * 1.5
    }
}
