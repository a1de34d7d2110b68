/// What a picture looks like, in 256 bits: pictures that look alike differ in few of them.
///
/// The hash survives other formats, other sizes and mild changes of colour; it does not survive crops, turns and mirrors.
///
/// Source: Facebook, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", 2019, and the reference
/// implementation at https://github.com/facebook/ThreatExchange/tree/main/pdq.
public struct PerceptualHash: Sendable, Hashable {
    /// The bits, from the highest: 64 in each.
    let words: [UInt64]

    /// As many bits may differ between two pictures that are taken for the same one.
    ///
    /// Source: the paper, section "Matching": 31 of 256.
    public static let matchLimit = 31
    /// Pictures of a lower quality have too little in them to be told apart.
    ///
    /// Source: the same.
    public static let qualityLimit = 50

    /// The hash as 32 bytes, the highest bits first.
    public var bytes: [UInt8] {
        words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } }
    }

    /// Reads 32 bytes; nil where there are more or fewer.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        words = stride(from: 0, to: 32, by: 8).map { start in
            bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    init(words: [UInt64]) {
        precondition(words.count == 4, "a hash has 256 bits")
        self.words = words
    }

    /// Reads 64 hexadecimal digits; nil where the text is anything else.
    public init?(hexadecimal: String) {
        let digits = Array(hexadecimal.utf8)
        guard digits.count == 64 else { return nil }
        var words: [UInt64] = []
        for start in stride(from: 0, to: 64, by: 16) {
            var word: UInt64 = 0
            for digit in digits[start..<start + 16] {
                switch digit {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): word = word << 4 | UInt64(digit - 0x30)
                case UInt8(ascii: "a")...UInt8(ascii: "f"): word = word << 4 | UInt64(digit - 0x57)
                case UInt8(ascii: "A")...UInt8(ascii: "F"): word = word << 4 | UInt64(digit - 0x37)
                default: return nil
                }
            }
            words.append(word)
        }
        self.words = words
    }

    /// The hash as 64 hexadecimal digits.
    public var hexadecimal: String {
        words.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// In how many bits two hashes differ, 0 to 256.
    public func distance(to other: PerceptualHash) -> Int {
        var count = 0
        for index in 0..<4 { count += (words[index] ^ other.words[index]).nonzeroBitCount }
        return count
    }
}
