import CPJRT
import Tensors

/// A compiled program as the compiler left it, not bound to a client. Destroyed at its deinit.
final class Executable: Sendable {
    private let table: PluginTable
    private let handle: Handle

    init(table: PluginTable, handle: Handle) {
        self.table = table
        self.handle = handle
    }

    deinit {
        var arguments = CPJRTExecutableDestroy()
        arguments.executable = handle.pointer
        table.release(.executableDestroy, arguments)
    }

    /// The element types and shapes of the program's results.
    func results() throws -> [TensorType] {
        var types = CPJRTExecutableOutputElementTypes()
        types.executable = handle.pointer
        try table.call(.executableOutputElementTypes, &types)
        var dimensions = CPJRTExecutableOutputDimensions()
        dimensions.executable = handle.pointer
        try table.call(.executableOutputDimensions, &dimensions)
        guard types.count == dimensions.outputCount else {
            throw PJRTError(
                .internal,
                "the plugin names \(types.count) result types and \(dimensions.outputCount) shapes",
                operation: PluginFunction.executableOutputDimensions.name)
        }
        var offset = 0
        return try (0..<types.count).map { index in
            let rank = dimensions.ranks[index]
            let sizes = (offset..<offset + rank).map { Int(dimensions.dimensions[$0]) }
            offset += rank
            guard let type = ElementType(pluginNumber: types.elementTypes[index]),
                let shape = Shape(validating: sizes)
            else {
                throw PJRTError(
                    .unimplemented,
                    "result \(index) has element type number \(types.elementTypes[index]) and sizes \(sizes), "
                        + "which cannot be held here",
                    operation: PluginFunction.executableOutputElementTypes.name)
            }
            return TensorType(type, shape)
        }
    }

    func cost() throws -> ProgramCost? {
        var arguments = CPJRTExecutableCostAnalysis()
        arguments.executable = handle.pointer
        guard
            try isImplemented({ () throws(PJRTError) in try table.call(.executableCostAnalysis, &arguments) })
        else { return nil }
        let properties = UnsafeBufferPointer(start: arguments.properties, count: arguments.propertyCount)
        return ProgramCost(properties.compactMap(NamedOption.init(copying:)))
    }

    func memory() throws -> ProgramMemory? {
        var arguments = CPJRTExecutableMemoryStats()
        arguments.executable = handle.pointer
        guard
            try isImplemented({ () throws(PJRTError) in try table.call(.executableMemoryStats, &arguments) })
        else { return nil }
        return ProgramMemory(
            argumentBytes: Int(arguments.arguments), resultBytes: Int(arguments.outputs),
            donatedBytes: Int(arguments.aliased), temporaryBytes: Int(arguments.temporary),
            peakBytes: Int(arguments.peak), codeBytes: Int(arguments.generatedCode))
    }

    func serialized() throws -> [UInt8] {
        var arguments = CPJRTExecutableSerialize()
        arguments.executable = handle.pointer
        try table.call(.executableSerialize, &arguments)
        defer { arguments.destroyHolder?(arguments.holder) }
        return Array(UnsafeRawBufferPointer(start: arguments.bytes, count: arguments.byteCount))
    }

    private func isImplemented(_ call: () throws(PJRTError) -> Void) throws -> Bool {
        do throws(PJRTError) {
            try call()
            return true
        } catch {
            if error.code == .unimplemented { return false }
            throw error
        }
    }
}

/// The memory a program needs, by the compiler's plan. All in bytes.
public struct ProgramMemory: Sendable, Hashable {
    /// Its arguments.
    public let argumentBytes: Int
    /// Its results.
    public let resultBytes: Int
    /// The part of the results that lies in donated arguments.
    public let donatedBytes: Int
    /// What it needs in between.
    public let temporaryBytes: Int
    /// The most at one time; 0 where the plugin does not say.
    public let peakBytes: Int
    /// The machine code.
    public let codeBytes: Int
}

/// What the compiler expects a program to cost.
///
/// The body of a loop is counted once, however often it runs.
public struct ProgramCost: Sendable, Hashable {
    /// Floating-point operations.
    public let floatingPointOperations: Double?
    /// Bytes read and written.
    public let bytesAccessed: Double?

    init(_ properties: [NamedOption]) {
        let number = { (name: String) -> Double? in
            for property in properties where property.name == name {
                if case .float(let value) = property.value { return Double(value) }
            }
            return nil
        }
        floatingPointOperations = number("flops")
        bytesAccessed = number("bytes accessed")
    }
}
