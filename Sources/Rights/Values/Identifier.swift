/// A name by which a record refers to another, such as `kim-landscapes`; one type for each kind of thing named.
///
/// Lower-case ASCII letters, digits, `-`, `_` and `.`, at most 100 of them, beginning with a letter or digit: such a name
/// goes unquoted into file names, addresses, CSV and ledger lines.
public struct Identifier<Kind>: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The name itself.
    public let text: String

    /// Takes a name that keeps the form.
    /// - Throws: ``RightsError`` with code `invalidValue`.
    public init(_ text: String) throws {
        guard Self.isWellFormed(text.utf8) else {
            throw RightsError(
                .invalidValue,
                "an identifier has 1 to 100 of a-z, 0-9, '-', '_' and '.', and begins with a letter or digit; "
                    + "this one has \(text.utf8.count) bytes and breaks that"
            )
        }
        self.text = text
    }

    /// The name itself.
    public var description: String { text }

    /// Orders by the bytes of the names.
    public static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    private static func isWellFormed(_ bytes: String.UTF8View) -> Bool {
        guard (1...100).contains(bytes.count), let first = bytes.first, isAlphanumeric(first) else {
            return false
        }
        return bytes.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}

extension Identifier: Codable {
    /// Reads a name from a string.
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the name as a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Someone, or an application, that pays for pictures.
public enum Payer {}
/// One delivered picture.
public enum DeliveredPicture {}
