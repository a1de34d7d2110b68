import CPJRT
import Glibc
import Tensors

/// One call of a function of ours from within a program on the CPU. Valid only during the call.
public struct CustomCall {
    /// A tensor lent by the program, row-major.
    ///
    /// `@unchecked Sendable`: it is plain memory that stays valid during the call; threads that share it must write
    /// to different elements.
    public struct Operand: @unchecked Sendable {
        /// The element type and shape.
        public let type: TensorType
        /// The elements' memory; that of arguments may only be read.
        public let bytes: UnsafeMutableRawBufferPointer
    }

    /// A value that the program's text gives to the call.
    public enum Attribute: Sendable, Hashable {
        /// A whole number of any width.
        case integer(Int)
        /// A real number of single or double precision.
        case real(Double)
        /// A truth value.
        case bool(Bool)
        /// A text.
        case string(String)
    }

    /// The arguments.
    public let arguments: [Operand]
    /// The results, to be written in full.
    public let results: [Operand]
    /// The attributes of `backend_config` by name, except arrays and dictionaries.
    public let attributes: [String: Attribute]

    private let frame: UnsafePointer<CPJRTCallFrame>

    init(_ frame: UnsafePointer<CPJRTCallFrame>) throws {
        self.frame = frame
        arguments = try Self.operands(frame.pointee.arguments)
        results = try Self.operands(frame.pointee.results)
        attributes = Self.attributes(frame.pointee.attributes)
    }

    /// How many threads ``concurrently(_:_:)`` spreads work over at most.
    public var threadCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Calls `body` once for every number below `count`, spread over the plugin's own threads and this one, and
    /// returns when all calls have.
    public func concurrently(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let work = SharedWork(count: count, body: body)
        let helperCount = min(count, threadCount) - 1
        for _ in 0..<max(helperCount, 0) {
            let data = Unmanaged.passRetained(work)
            let isScheduled = CPJRTScheduleTask(
                frame,
                { data in data.map { Unmanaged<SharedWork>.fromOpaque($0).takeRetainedValue().run() } },
                data.toOpaque())
            if !isScheduled { data.release() }
        }
        // This thread works too, so that it never waits for a thread that has not begun.
        work.run()
        work.waitUntilDone()
    }

    private static func operands(_ values: CPJRTCallValues) throws -> [Operand] {
        try (0..<Int(values.count)).map { index in
            guard let item = values.items[index] else { throw unsupported(index) }
            let buffer = item.assumingMemoryBound(to: CPJRTCallBuffer.self).pointee
            let sizes = (0..<Int(buffer.rank)).map { Int(buffer.dimensions[$0]) }
            guard values.kinds[index] == 1, let elementType = ElementType(callNumber: buffer.elementType),
                let shape = Shape(validating: sizes)
            else { throw unsupported(index) }
            let type = TensorType(elementType, shape)
            let bytes = UnsafeMutableRawBufferPointer(start: buffer.data, count: type.byteCount)
            return Operand(type: type, bytes: bytes)
        }
    }

    private static func unsupported(_ index: Int) -> PJRTError {
        PJRTError(
            .unimplemented, "operand \(index) is of a kind that cannot be read here", operation: "custom call"
        )
    }

    private static func attributes(_ values: CPJRTCallAttributes) -> [String: Attribute] {
        var attributes: [String: Attribute] = [:]
        for index in 0..<Int(values.count) {
            guard let name = values.names[index]?.pointee, let item = values.items[index] else { continue }
            let key = String(pluginText: name.text, count: name.textSize)
            switch Int(values.kinds[index]) {
            case CPJRTCallAttributeString:
                let text = item.load(as: CPJRTCallText.self)
                attributes[key] = .string(String(pluginText: text.text, count: text.textSize))
            case CPJRTCallAttributeScalar:
                attributes[key] = Attribute(item.load(as: CPJRTCallScalar.self))
            default:
                continue
            }
        }
        return attributes
    }
}

extension CustomCall.Attribute {
    fileprivate init?(_ scalar: CPJRTCallScalar) {
        guard let value = scalar.value, let elementType = ElementType(callNumber: scalar.elementType) else {
            return nil
        }
        switch elementType {
        case .i1: self = .bool(value.load(as: UInt8.self) != 0)
        case .i8: self = .integer(Int(value.load(as: Int8.self)))
        case .i16: self = .integer(Int(value.load(as: Int16.self)))
        case .i32: self = .integer(Int(value.load(as: Int32.self)))
        case .i64: self = .integer(Int(value.load(as: Int64.self)))
        case .f32: self = .real(Double(value.load(as: Float.self)))
        case .f64: self = .real(value.load(as: Double.self))
        default: return nil
        }
    }
}

extension ElementType {
    /// The type of a number as custom calls have it: that of buffers except for `bf16`.
    /// Source: openxla/xla `xla/xla_data.proto`, `PrimitiveType`.
    fileprivate init?(callNumber: Int32) {
        if callNumber == 16 {
            self = .bf16
        } else if (1...12).contains(callNumber) {
            self.init(pluginNumber: callNumber)
        } else {
            return nil
        }
    }
}
