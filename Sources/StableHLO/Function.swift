import Tensors

/// A finished function: a program that a PJRT plugin can compile.
public struct Function: Sendable {
    /// An argument's name and type.
    public struct Argument: Sendable, Hashable {
        /// The name it was declared with.
        public let name: String
        /// Its element type and shape.
        public let type: TensorType
    }

    /// The function's name.
    public let name: String
    /// The arguments in order.
    public let arguments: [Argument]
    let argumentIdentifiers: [ValueIdentifier]
    /// The operations in order.
    public let operations: [Operation]
    let resultIdentifiers: [ValueIdentifier]
    /// From an argument's position to the result that takes over its memory.
    public let aliases: [Int: Int]
    let types: [TensorType]

    /// The types of the results, in order.
    public var resultTypes: [TensorType] { resultIdentifiers.map { types[$0.index] } }

    /// The type of a value of this function.
    public func type(of identifier: ValueIdentifier) -> TensorType { types[identifier.index] }

    /// The program as StableHLO text: stable, so it can be compared and used as a cache's key.
    public var text: String { Printer(function: self).text() }
}
