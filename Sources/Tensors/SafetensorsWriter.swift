/// Writes safetensors files.
///
/// The same tensors always give the same bytes: names and metadata are sorted, and the header is filled up with
/// spaces so that the data begins at a multiple of 64.
public enum SafetensorsWriter {
    /// The alignment of the first tensor in the file.
    static let alignment = 64

    /// Writes a whole file or, whatever fails, nothing: the file at `path` keeps what it held.
    /// - Throws: ``TensorsError`` with `diskFull`, `cannotWrite`, `reservedName` or `headerTooLarge`.
    public static func write(
        _ tensors: [String: HostTensor], metadata: [String: String] = [:], to path: String
    ) throws {
        guard tensors[SafetensorsHeader.metadataName] == nil else {
            throw TensorsError(
                .reservedName,
                "cannot write \(path): the format keeps the name \(SafetensorsHeader.metadataName) for itself;"
                    + " name the tensor otherwise")
        }
        let header = SafetensorsHeader(layingOut: tensors, metadata: metadata)
        let preamble = header.serialized(alignment: alignment)
        guard preamble.count <= SafetensorsHeader.maximumByteCount else {
            throw TensorsError(
                .headerTooLarge,
                "cannot write \(path): its header would take \(preamble.count) bytes; shorten the metadata")
        }
        try AtomicFile.write(to: path) { file in
            try preamble.withUnsafeBytes { try file.append($0) }
            for entry in header.tensors.sorted(by: { $0.byteRange.lowerBound < $1.byteRange.lowerBound }) {
                try tensors[entry.name]?.withUnsafeBytes { bytes in
                    // An empty tensor's memory still holds a byte.
                    try file.append(UnsafeRawBufferPointer(rebasing: bytes[..<entry.byteRange.count]))
                }
            }
        }
    }
}

extension SafetensorsHeader {
    /// The header's length, its JSON and the spaces that align what follows.
    func serialized(alignment: Int) -> [UInt8] {
        var members: [String] = []
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }.map {
                "\(Self.json($0.key)):\(Self.json($0.value))"
            }
            members.append("\(Self.json(Self.metadataName)):{\(pairs.joined(separator: ","))}")
        }
        for tensor in tensors {
            let dimensions = tensor.shape.dimensions.map(String.init).joined(separator: ",")
            members.append(
                "\(Self.json(tensor.name)):{\"dtype\":\"\(tensor.elementType.safetensorsName)\","
                    + "\"shape\":[\(dimensions)],"
                    + "\"data_offsets\":[\(tensor.byteRange.lowerBound),\(tensor.byteRange.upperBound)]}")
        }
        var json = Array("{\(members.joined(separator: ","))}".utf8)
        let excess = (Self.preambleByteCount + json.count) % alignment
        if excess > 0 { json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: alignment - excess)) }
        let length = UInt64(json.count)
        return (0..<Self.preambleByteCount).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + json
    }

    /// A string as JSON writes it.
    private static func json(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
