/// Writes messages in the wire format of protocol buffers.
/// Source: https://protobuf.dev/programming-guides/encoding/
struct WireFormat {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []

    /// Writes a field of type `int32`, `int64` or `uint64`; a negative number takes ten bytes.
    mutating func write(field: Int, integer: Int) {
        writeKey(field: field, wireType: 0)
        writeVariableLength(UInt64(bitPattern: Int64(integer)))
    }

    /// Writes a field of type `bool`.
    mutating func write(field: Int, bool: Bool) { write(field: field, integer: bool ? 1 : 0) }

    /// Writes a field of type `double`.
    mutating func write(field: Int, double: Double) {
        writeKey(field: field, wireType: 1)
        withUnsafeBytes(of: double.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Writes a field of type `string`.
    mutating func write(field: Int, string: String) { write(field: field, bytes: Array(string.utf8)) }

    /// Writes a field that is itself a message.
    mutating func write(field: Int, message build: (inout WireFormat) -> Void) {
        var message = WireFormat()
        build(&message)
        write(field: field, bytes: message.bytes)
    }

    private mutating func write(field: Int, bytes content: [UInt8]) {
        writeKey(field: field, wireType: 2)
        writeVariableLength(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    private mutating func writeKey(field: Int, wireType: UInt64) {
        writeVariableLength(UInt64(field) << 3 | wireType)
    }

    private mutating func writeVariableLength(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
