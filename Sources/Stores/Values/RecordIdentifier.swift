import Serving

/// What an identifier names, and how such identifiers begin.
public protocol RecordKind: Sendable {
    /// The letters before the underscore.
    static var prefix: String { get }
}

/// The name of something kept, such as `job_06evz8q2c4h7m3x9k5w1n0r8ta`: one type for each kind of thing.
///
/// 48 bits of milliseconds since 1970, then 80 bits of chance, in base 32: names made one after another lie beside each
/// other in an index, and cannot be guessed. The digits are lower-case letters and numbers alone, so that a name goes
/// unquoted into file names, addresses and headers.
///
/// Source: the layout is that of version 7 in RFC 9562, section 5.7, without its version bits; the digits are those of
/// D. Crockford's base 32.
public struct RecordIdentifier<Kind: RecordKind>: Hashable, Sendable, CustomStringConvertible {
    /// The name itself.
    public let text: String

    /// Makes a new name.
    ///
    /// - Parameters:
    ///   - now: the time that orders it.
    ///   - generator: the chance; one that cannot be predicted, wherever knowing a name gives access.
    public init(at now: Moment, using generator: inout some RandomNumberGenerator) {
        let milliseconds = UInt64(bitPattern: max(0, now.microseconds) / 1000) & 0xFFFF_FFFF_FFFF
        let high: UInt64 = milliseconds << 16 | generator.next() >> 48
        let low = generator.next()
        var digits = [UInt8](repeating: 0, count: Self.digitCount)
        var rest = UInt128(high) << 64 | UInt128(low)
        for index in digits.indices.reversed() {
            digits[index] = Self.alphabet[Int(rest & 31)]
            rest >>= 5
        }
        text = Kind.prefix + "_" + String(decoding: digits, as: UTF8.self)
    }

    /// Takes a name that was made by ``init(at:using:)``; nil where the text cannot be one.
    public init?(_ text: String) {
        let bytes = text.utf8
        let start = Kind.prefix + "_"
        guard text.hasPrefix(start), bytes.count == start.utf8.count + Self.digitCount,
            bytes.dropFirst(start.utf8.count).allSatisfy(Self.alphabet.contains)
        else { return nil }
        self.text = text
    }

    /// Takes a name from a row, where only checked ones are.
    init(stored text: String) { self.text = text }

    /// The name itself.
    public var description: String { text }

    /// 128 bits, five a digit.
    private static var digitCount: Int { 26 }
    private static var alphabet: [UInt8] { crockfordDigits }
}

private let crockfordDigits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

extension RecordIdentifier: Codable {
    /// Reads a name from a string.
    /// - Throws: `DecodingError` where it cannot be one.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let name = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not the name of a \(Kind.prefix)")
        }
        self = name
    }

    /// Writes the name as a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Names of requests.
public enum RequestKind: RecordKind {
    /// `req`.
    public static var prefix: String { "req" }
}
/// Names of jobs.
public enum JobKind: RecordKind {
    /// `job`.
    public static var prefix: String { "job" }
}
/// Names of pictures.
public enum PictureKind: RecordKind {
    /// `pic`.
    public static var prefix: String { "pic" }
}
/// Names of keys; not secret.
public enum KeyKind: RecordKind {
    /// `key`.
    public static var prefix: String { "key" }
}
/// Names of claims.
public enum ClaimKind: RecordKind {
    /// `clm`.
    public static var prefix: String { "clm" }
}
/// Names of appeals.
public enum AppealKind: RecordKind {
    /// `apl`.
    public static var prefix: String { "apl" }
}

/// Names one call, and the jobs it asked for.
public typealias RequestIdentifier = RecordIdentifier<RequestKind>
/// Names one requested picture.
public typealias JobIdentifier = RecordIdentifier<JobKind>
/// Names one picture on disk.
public typealias PictureIdentifier = RecordIdentifier<PictureKind>
/// Names a key without giving it away.
public typealias KeyIdentifier = RecordIdentifier<KeyKind>
/// Names one claim, and is its receipt.
public typealias ClaimIdentifier = RecordIdentifier<ClaimKind>
/// Names one appeal against a decision of the policy.
public typealias AppealIdentifier = RecordIdentifier<AppealKind>
