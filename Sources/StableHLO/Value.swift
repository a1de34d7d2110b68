import Tensors

/// A tensor inside a program that is being built.
///
/// It has a type but no elements; arithmetic on it emits operations into its ``FunctionBuilder``. Not
/// `Sendable`: a program is built on one thread.
public struct Value {
    /// The function this value belongs to.
    public let builder: FunctionBuilder
    /// Its place in that function.
    public let identifier: ValueIdentifier
    /// Its element type and shape.
    public let type: TensorType

    /// The element type.
    public var elementType: ElementType { type.elementType }
    /// The shape.
    public var shape: Shape { type.shape }
    /// The number of dimensions.
    public var rank: Int { type.rank }
}
