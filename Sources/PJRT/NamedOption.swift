import CPJRT

/// An option by name, as plugins take them when a client or a topology is made.
public struct NamedOption: Sendable, Hashable {
    /// A value that an option may have.
    public enum Value: Sendable, Hashable {
        /// A text.
        case string(String)
        /// A whole number.
        case integer(Int)
        /// Several whole numbers.
        case integers([Int])
        /// A real number of single precision.
        case float(Float)
        /// A truth value.
        case bool(Bool)
    }

    /// The name, which the plugin must know.
    public let name: String
    /// The value; plugins refuse another type than they expect.
    public let value: Value

    /// Makes an option.
    public init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }
}

extension [NamedOption] {
    /// Lends the options as the array that plugins take, for the length of the call.
    func withNamedValues<Result>(
        _ body: (UnsafeBufferPointer<CPJRTNamedValue>) throws -> Result
    ) rethrows -> Result {
        var arena = CArena()
        defer { arena.free() }
        let values = map { option in
            var value = CPJRTNamedValue()
            value.structSize = MemoryLayout<CPJRTNamedValue>.size
            (value.name, value.nameSize) = arena.copy(option.name)
            switch option.value {
            case .string(let text):
                value.kind = Int32(CPJRTNamedValueString)
                (value.string, value.valueSize) = arena.copy(text)
            case .integer(let number):
                value.kind = Int32(CPJRTNamedValueInteger)
                value.integer = Int64(number)
                value.valueSize = 1
            case .integers(let numbers):
                value.kind = Int32(CPJRTNamedValueIntegerList)
                (value.integerList, value.valueSize) = arena.copy(numbers)
            case .float(let number):
                value.kind = Int32(CPJRTNamedValueFloat)
                value.floatingPoint = number
                value.valueSize = 1
            case .bool(let truth):
                value.kind = Int32(CPJRTNamedValueBool)
                value.truth = truth
                value.valueSize = 1
            }
            return value
        }
        return try values.withUnsafeBufferPointer(body)
    }
}

extension NamedOption {
    /// Reads a named value that a plugin returned, or nil where its kind is unknown.
    init?(copying value: CPJRTNamedValue) {
        let name = String(pluginText: value.name, count: value.nameSize)
        switch Int(value.kind) {
        case CPJRTNamedValueString:
            self.init(name, .string(String(pluginText: value.string, count: value.valueSize)))
        case CPJRTNamedValueInteger:
            self.init(name, .integer(Int(value.integer)))
        case CPJRTNamedValueIntegerList:
            let numbers = UnsafeBufferPointer(start: value.integerList, count: value.valueSize)
            self.init(name, .integers(numbers.map(Int.init)))
        case CPJRTNamedValueFloat:
            self.init(name, .float(value.floatingPoint))
        case CPJRTNamedValueBool:
            self.init(name, .bool(value.truth))
        default:
            return nil
        }
    }
}

/// Copies of texts and numbers at fixed addresses, freed together.
private struct CArena {
    private var allocations: [UnsafeMutableRawPointer] = []

    mutating func copy(_ text: String) -> (UnsafePointer<CChar>, Int) {
        let bytes = text.utf8.map(CChar.init(bitPattern:))
        return (UnsafePointer(allocate(bytes)), bytes.count)
    }

    mutating func copy(_ numbers: [Int]) -> (UnsafePointer<Int64>, Int) {
        (UnsafePointer(allocate(numbers.map(Int64.init))), numbers.count)
    }

    private mutating func allocate<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: elements.count + 1)
        memory.initialize(from: elements, count: elements.count)
        allocations.append(UnsafeMutableRawPointer(memory))
        return memory
    }

    func free() { allocations.forEach { $0.deallocate() } }
}
