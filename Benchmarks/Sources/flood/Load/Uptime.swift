import Foundation

/// A clock that nobody sets.
enum Uptime {
    /// Seconds since some moment.
    static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Waits until a second of this clock; returns at once where it is over.
    static func sleep(until seconds: Double) async throws {
        let left = seconds - self.seconds()
        if left > 0 { try await Task.sleep(for: .seconds(left)) } else { try Task.checkCancellation() }
    }
}

/// Chance that follows from a seed.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", 2014 (SplitMix64).
struct SeededChance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// - Parameter stream: whose chance it is; each has its own.
    init(seed: UInt64, stream: UInt64 = 0) {
        state = seed &+ stream &* 0xD1B5_4A32_D192_ED03
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// The time to the next of events that come by chance.
    mutating func exponential(mean: Double) -> Double { -mean * log(1 - unit()) }
}
