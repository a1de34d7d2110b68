import Crypto

/// A SHA-256, written as 64 lower-case hexadecimal digits: of a file, a licence document, a rule file, a ledger line.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    /// The 64 digits.
    public let hexadecimal: String

    /// The hash of bytes.
    public init(of bytes: some Sequence<UInt8>) {
        var hasher = SHA256()
        if bytes.withContiguousStorageIfAvailable({ hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        ) == nil {
            Array(bytes).withUnsafeBytes { hasher.update(bufferPointer: $0) }
        }
        let digits = Array("0123456789abcdef".utf8)
        hexadecimal = String(unsafeUninitializedCapacity: 64) { buffer in
            var position = 0
            for byte in hasher.finalize() {
                buffer[position] = digits[Int(byte >> 4)]
                buffer[position + 1] = digits[Int(byte & 15)]
                position += 2
            }
            return position
        }
    }

    /// A hash from its digits.
    /// - Throws: ``RightsError`` with code `invalidValue` where they are not 64 lower-case hexadecimal digits.
    public init(hexadecimal: String) throws {
        let isWellFormed =
            hexadecimal.utf8.count == 64
            && hexadecimal.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard isWellFormed else {
            throw RightsError(
                .invalidValue, "a SHA-256 is written as 64 digits of 0-9 and a-f; this is not one")
        }
        self.hexadecimal = hexadecimal
    }

    /// What stands before the first line of a chain: the hash of nothing but zeros, as digits.
    static let beginning = ContentHash(unchecked: String(repeating: "0", count: 64))

    private init(unchecked hexadecimal: String) { self.hexadecimal = hexadecimal }

    /// The 64 digits.
    public var description: String { hexadecimal }
}

extension ContentHash: Codable {
    /// Reads 64 digits.
    public init(from decoder: any Decoder) throws {
        try self.init(hexadecimal: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes 64 digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hexadecimal)
    }
}
