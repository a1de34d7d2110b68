import CPJRT
import Dispatch
import Glibc
import Synchronization
import Tensors

/// One call of a function of ours from within a program on the CPU. Valid only during the call.
public struct CustomCall {
    /// A tensor lent by the program, row-major.
    public struct Operand {
        /// The element type and shape.
        public let specification: TensorSpecification
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

    fileprivate init(_ frame: UnsafePointer<CPJRTCallFrame>) throws {
        self.frame = frame
        arguments = try Self.operands(frame.pointee.arguments)
        results = try Self.operands(frame.pointee.results)
        attributes = Self.attributes(frame.pointee.attributes)
    }

    /// Calls `body` once for every number below `count`, spread over the plugin's own threads and this one, and
    /// returns when all calls have.
    public func concurrently(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let work = SharedWork(count: count, body: body)
        let helperCount = min(count, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) - 1
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
            guard values.kinds[index] == 1, let type = ElementType(callNumber: buffer.elementType),
                let shape = Shape(validating: sizes)
            else { throw unsupported(index) }
            let specification = TensorSpecification(type, shape)
            let bytes = UnsafeMutableRawBufferPointer(start: buffer.data, count: specification.byteCount)
            return Operand(specification: specification, bytes: bytes)
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
        guard let value = scalar.value, let type = ElementType(callNumber: scalar.elementType) else {
            return nil
        }
        switch type {
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

extension Plugin {
    /// Makes a function callable from programs on the CPU, as
    /// `stablehlo.custom_call @name(%x) {api_version = 4 : i32, backend_config = {alpha = 3.0 : f32}}`.
    ///
    /// It must be registered before a program that calls it is compiled or loaded, and stays until the process ends;
    /// at most 32 can be. It is called on the plugin's threads, several at once.
    /// - Parameter body: writes the results. What it throws fails the execution.
    /// - Throws: ``PJRTError`` where the name is taken, or the plugin has no custom calls.
    public func registerCustomCall(
        _ name: String, body: @escaping @Sendable (CustomCall) throws -> Void
    ) throws {
        let isNew = customCallNames.withLock { $0.insert(name).inserted }
        guard isNew else {
            throw PJRTError(
                .alreadyExists,
                "a custom call is registered under the name \(name) already; use another name",
                operation: "register custom call")
        }
        // Never released: the plugin may call it until the process ends.
        let closure = Unmanaged.passRetained(CustomCallBody(body))
        var isFull = false
        var isMissing = false
        var name = name
        let failure = name.withUTF8 { name in
            name.withMemoryRebound(to: CChar.self) { name in
                CPJRTRegisterCustomCall(
                    table.pointer, name.baseAddress, name.count, runCustomCall, closure.toOpaque(), &isFull,
                    &isMissing)
            }
        }
        if let failure { throw table.error(consuming: failure, operation: "register custom call") }
        guard !isFull, !isMissing else {
            closure.release()
            throw PJRTError(
                isFull ? .resourceExhausted : .unimplemented,
                isFull ? "all places for custom calls are taken" : "the plugin has no custom calls",
                operation: "register custom call")
        }
    }
}

/// What a registration keeps.
private final class CustomCallBody: Sendable {
    let run: @Sendable (CustomCall) throws -> Void
    init(_ run: @escaping @Sendable (CustomCall) throws -> Void) { self.run = run }
}

private func runCustomCall(
    _ closure: UnsafeMutableRawPointer?, _ frame: UnsafePointer<CPJRTCallFrame>?
) -> OpaquePointer? {
    guard let closure, let frame else { return nil }
    do {
        try Unmanaged<CustomCallBody>.fromOpaque(closure).takeUnretainedValue().run(CustomCall(frame))
        return nil
    } catch {
        return CPJRTMakeCallError(frame, "\(error)")
    }
}

/// Numbered pieces of work that several threads take one after another.
private final class SharedWork: Sendable {
    private let count: Int
    private let body: @Sendable (Int) -> Void
    private let next = Atomic(0)
    private let finishedCount = Atomic(0)
    private let allFinished = DispatchSemaphore(value: 0)

    init(count: Int, body: @escaping @Sendable (Int) -> Void) {
        self.count = count
        self.body = body
    }

    /// Takes pieces until none is left.
    func run() {
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            body(index)
            let finished = finishedCount.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue
            if finished == count { allFinished.signal() }
        }
    }

    /// Blocks until every piece is finished.
    func waitUntilDone() {
        if count > 0 { allFinished.wait() }
    }
}
