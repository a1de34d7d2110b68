import Samplers

/// Random numbers that are a function of a seed and a place, so that a step can be repeated from its number alone.
struct SeededRandom: Sendable {
    /// What the numbers are for; each purpose has numbers of its own.
    enum Purpose: UInt32 {
        case picture = 1
        case timestep
        case captionDropout
        case captionVariation
        case noise
        case initialization
    }

    private let philox: Philox4x32
    private let purpose: Purpose

    init(seed: UInt64, purpose: Purpose) {
        philox = Philox4x32(seed: seed)
        self.purpose = purpose
    }

    /// 64 random bits that belong to row `row` of step `step`.
    func bits(step: Int, row: Int) -> UInt64 {
        let place = UInt64(step)
        let block = philox.block(
            SIMD4(
                UInt32(truncatingIfNeeded: place), UInt32(truncatingIfNeeded: place >> 32), UInt32(row),
                purpose.rawValue))
        return UInt64(block[0]) << 32 | UInt64(block[1])
    }

    /// A number in 0..<1.
    func fraction(step: Int, row: Int) -> Double {
        Double(bits(step: step, row: row) >> 11) * 0x1p-53
    }

    /// A number in 0..<count.
    func index(below count: Int, step: Int, row: Int) -> Int {
        Int(bits(step: step, row: row).multipliedFullWidth(by: UInt64(count)).high)
    }
}
