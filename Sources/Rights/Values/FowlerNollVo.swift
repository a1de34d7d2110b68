/// A hash that is the same on every machine and in every run, which Swift's own is not. It resists no attacker.
///
/// Source: FNV-1a, 64 bits; G. Fowler, L. Noll, K. Vo, D. Eastlake, T. Hansen, RFC 9923.
enum FowlerNollVo {
    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
