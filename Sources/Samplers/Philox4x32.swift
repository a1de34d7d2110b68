/// A counter-based random function: 128 bits of counter and 64 bits of key in, 128 random bits out.
///
/// There is no state: number n can be had without the n before it, and equal arguments give equal bits on
/// every machine.
///
/// Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", 2011,
/// https://doi.org/10.1145/2063384.2063405, Philox-4×32 with ten rounds.
public struct Philox4x32: Sendable {
    /// The key; two generators with different keys have nothing in common.
    public let key: SIMD2<UInt32>

    /// Makes a generator from a key.
    public init(key: SIMD2<UInt32>) {
        self.key = key
    }

    /// Makes a generator whose key is the two halves of a seed, the low one first.
    public init(seed: UInt64) {
        key = [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)]
    }

    /// The four random words that belong to a counter.
    public func block(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
        var block = counter
        var key = key
        for _ in 0..<10 {
            let first = UInt32(0xD251_1F53).multipliedFullWidth(by: block[0])
            let second = UInt32(0xCD9E_8D57).multipliedFullWidth(by: block[2])
            block = [
                second.high ^ block[1] ^ key[0], second.low, first.high ^ block[3] ^ key[1], first.low,
            ]
            // The golden ratio and √3 − 1, which keep the rounds different.
            key &+= [0x9E37_79B9, 0xBB67_AE85]
        }
        return block
    }
}
