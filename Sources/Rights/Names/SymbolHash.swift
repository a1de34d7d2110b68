/// Hashes of all stretches of a row of symbols, each in constant time, and of the same with symbols left out.
///
/// Source: M. Rabin, R. Karp, "Efficient randomized pattern-matching algorithms", IBM J. Res. Dev. 31 (2), 1987; here
/// modulo 2^64 with an odd base. A hit is always compared symbol by symbol.
struct SymbolHash: Sendable {
    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15
    /// Powers of the base up to the longest stretch asked for.
    private static let powers: [UInt64] = (0...64).reduce(into: []) { powers, _ in
        powers.append((powers.last.map { $0 &* base }) ?? 1)
    }
    /// The longest stretch, and so the longest name, in symbols.
    static let longest = 64

    private let prefixes: [UInt64]

    init(_ symbols: [UInt32]) {
        var prefixes: [UInt64] = [0]
        prefixes.reserveCapacity(symbols.count + 1)
        var hash: UInt64 = 0
        for symbol in symbols {
            hash = hash &* Self.base &+ Self.mixed(symbol)
            prefixes.append(hash)
        }
        self.prefixes = prefixes
    }

    private static func mixed(_ symbol: UInt32) -> UInt64 {
        var value = UInt64(symbol) &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        return value ^ (value >> 27)
    }

    /// The hash of a stretch of at most ``longest`` symbols.
    func hash(_ start: Int, _ end: Int) -> UInt64 {
        prefixes[end] &- prefixes[start] &* Self.powers[end - start]
    }

    /// The hash of a stretch without one of its symbols.
    func hash(_ start: Int, _ end: Int, without gone: Int) -> UInt64 {
        hash(start, gone) &* Self.powers[end - gone - 1] &+ hash(gone + 1, end)
    }

    /// The hash of a stretch without two of its symbols, the first before the second.
    func hash(_ start: Int, _ end: Int, without first: Int, and second: Int) -> UInt64 {
        hash(start, first) &* Self.powers[end - first - 2] &+ hash(first + 1, second)
            &* Self.powers[end - second - 1]
            &+ hash(second + 1, end)
    }

    /// The hash of a whole row.
    static func hash(of symbols: [UInt32]) -> UInt64 { SymbolHash(symbols).hash(0, symbols.count) }
}

/// Hashes and what they lead to, with a bit table in front: nearly every question is answered by a bit that is not set.
struct HashTable: Sendable {
    private var entries: [UInt64: [Int32]] = [:]
    private var bits: [UInt64]
    private let mask: UInt64

    /// - Parameter bitCount: a power of two, well above the entries' number.
    init(bitCount: Int) {
        bits = Array(repeating: 0, count: bitCount / 64)
        mask = UInt64(bitCount - 1)
    }

    mutating func insert(_ hash: UInt64, _ value: Int) {
        let bit = (hash ^ (hash >> 32)) & mask
        bits[Int(bit >> 6)] |= 1 << (bit & 63)
        if entries[hash]?.contains(Int32(value)) != true { entries[hash, default: []].append(Int32(value)) }
    }

    @inline(__always)
    func mayContain(_ hash: UInt64) -> Bool {
        let bit = (hash ^ (hash >> 32)) & mask
        return bits[Int(bit >> 6)] & (1 << (bit & 63)) != 0
    }

    /// What was inserted under a hash, in the order of insertion.
    func values(_ hash: UInt64) -> [Int32] { mayContain(hash) ? entries[hash] ?? [] : [] }
}
