/// What a safetensors file says it holds, checked: the names are unique and the byte ranges cover the data
/// exactly once, each fitting its tensor's shape and element type.
public struct SafetensorsHeader: Sendable, Hashable {
    /// One tensor of the file.
    public struct Tensor: Sendable, Hashable {
        /// The tensor's name.
        public let name: String
        /// The element type.
        public let elementType: ElementType
        /// The shape.
        public let shape: Shape
        /// Where its bytes lie, from the end of the header.
        public let byteRange: Range<Int>
    }

    /// The tensors, sorted by name.
    public let tensors: [Tensor]
    /// The free text entries.
    public let metadata: [String: String]

    /// The longest header that is read: the reference implementation's limit.
    public static let maximumByteCount = 100_000_000
    /// The most dimensions a tensor may have. Weights have at most five; the limit keeps a header from asking
    /// for millions.
    public static let maximumRank = 32
    /// The bytes before the header, which hold its length.
    static let preambleByteCount = 8
    /// The name under which the header keeps its free text entries.
    static let metadataName = "__metadata__"

    /// Reads and checks a header.
    /// - Parameters:
    ///   - bytes: the header's JSON, without the length before it.
    ///   - dataByteCount: the number of bytes that follow the header.
    ///   - path: the file's, for messages.
    /// - Throws: ``TensorsError``.
    public init(parsing bytes: [UInt8], dataByteCount: Int, path: String) throws {
        var parser = SafetensorsHeaderParser(bytes: bytes, path: path)
        let (entries, metadata) = try parser.parse()
        try Self.checkLayout(of: entries, dataByteCount: dataByteCount, path: path)
        self.tensors = try Self.sorted(entries, path: path)
        self.metadata = metadata
    }

    /// Lays out tensors of given types and shapes.
    ///
    /// The widest elements come first, so that with the data's start aligned each element is aligned too; among
    /// those, names go by the alphabet.
    init(layingOut contents: [String: HostTensor], metadata: [String: String]) {
        let order = contents.sorted { left, right in
            let (leftWidth, rightWidth) = (
                left.value.elementType.byteCount, right.value.elementType.byteCount
            )
            return leftWidth == rightWidth ? left.key < right.key : leftWidth > rightWidth
        }
        var offset = 0
        let entries = order.map { name, tensor in
            defer { offset += tensor.byteCount }
            return Tensor(
                name: name, elementType: tensor.elementType, shape: tensor.shape,
                byteRange: offset..<offset + tensor.byteCount)
        }
        self.tensors = entries.sorted { $0.name < $1.name }
        self.metadata = metadata
    }

    /// The tensor of that name, found by halving.
    func tensor(named name: String) -> Tensor? {
        var range = tensors.startIndex..<tensors.endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if tensors[middle].name == name { return tensors[middle] }
            range =
                tensors[middle].name < name
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    /// A name from a file as it may stand in a message: short, on one line.
    static func quoted(_ name: String) -> String {
        let limit = 80
        let shown = name.unicodeScalars.prefix(limit).map { $0.escaped(asASCII: false) }.joined()
        return "\"\(shown)\(name.unicodeScalars.count > limit ? "…" : "")\""
    }

    private static func sorted(_ entries: [Tensor], path: String) throws -> [Tensor] {
        let sorted = entries.sorted { $0.name < $1.name }
        for (previous, next) in zip(sorted, sorted.dropFirst()) where previous.name == next.name {
            throw TensorsError(
                .duplicateName, "\(path) names two tensors \(quoted(next.name)); get it again from its maker")
        }
        return sorted
    }

    /// Every byte of the data belongs to exactly one tensor, of exactly its size.
    private static func checkLayout(of entries: [Tensor], dataByteCount: Int, path: String) throws {
        var end = 0
        let order = entries.sorted {
            ($0.byteRange.lowerBound, $0.byteRange.upperBound)
                < ($1.byteRange.lowerBound, $1.byteRange.upperBound)
        }
        for entry in order {
            let name = quoted(entry.name)
            let (expected, overflow) = entry.shape.elementCount.multipliedReportingOverflow(
                by: entry.elementType.byteCount)
            guard !overflow else {
                throw TensorsError(
                    .invalidShape, "\(path) gives tensor \(name) a shape no memory can hold; get it again")
            }
            guard entry.byteRange.count == expected else {
                throw TensorsError(
                    .invalidLayout,
                    "\(path) gives tensor \(name) \(entry.byteRange.count) bytes where"
                        + " \(entry.elementType.safetensorsName)\(entry.shape) takes \(expected); get it again"
                )
            }
            guard entry.byteRange.lowerBound == end else {
                let fault =
                    entry.byteRange.lowerBound < end
                    ? "overlaps the one before it" : "leaves a hole before it"
                throw TensorsError(
                    .invalidLayout,
                    "\(path) puts tensor \(name) at byte \(entry.byteRange.lowerBound), which \(fault)"
                        + " (that ends at \(end)); get it again")
            }
            end = entry.byteRange.upperBound
        }
        guard end <= dataByteCount else {
            throw TensorsError(
                .truncated,
                "\(path) ends \(end - dataByteCount) bytes before its last tensor does; the download was cut:"
                    + " get it again")
        }
        guard end == dataByteCount else {
            throw TensorsError(
                .invalidLayout,
                "\(path) has \(dataByteCount - end) bytes that belong to no tensor; get it again")
        }
    }
}

extension ElementType {
    /// The type as a safetensors header writes it.
    var safetensorsName: String {
        switch self {
        case .i1: "BOOL"
        case .i8: "I8"
        case .i16: "I16"
        case .i32: "I32"
        case .i64: "I64"
        case .ui8: "U8"
        case .ui16: "U16"
        case .ui32: "U32"
        case .ui64: "U64"
        case .f16: "F16"
        case .bf16: "BF16"
        case .f32: "F32"
        case .f64: "F64"
        }
    }

    /// The type that a safetensors header means, or nil for one that we do not know.
    init?(safetensorsName: String) {
        guard let type = Self.allCases.first(where: { $0.safetensorsName == safetensorsName }) else {
            return nil
        }
        self = type
    }
}
