/// What a program knows of a tensor before it runs: its element type and its shape.
public struct TensorType: Sendable, Hashable {
    /// The element type.
    public let elementType: ElementType
    /// The shape.
    public let shape: Shape

    /// Joins an element type and a shape.
    public init(_ elementType: ElementType, _ shape: Shape) {
        self.elementType = elementType
        self.shape = shape
    }

    /// The number of dimensions.
    public var rank: Int { shape.rank }
    /// Bytes the elements take in host memory.
    public var byteCount: Int { shape.elementCount * elementType.byteCount }

    /// The same shape with another element type.
    public func with(_ elementType: ElementType) -> TensorType { TensorType(elementType, shape) }
    /// The same element type with another shape.
    public func with(_ shape: Shape) -> TensorType { TensorType(elementType, shape) }
}

extension TensorType: CustomStringConvertible {
    /// The type as StableHLO writes it: `tensor<2x64x64x4xf32>`.
    public var description: String {
        let sizes = shape.dimensions.map { "\($0)x" }.joined()
        return "tensor<\(sizes)\(elementType.rawValue)>"
    }
}

extension HostTensor {
    /// The element type and shape.
    public var type: TensorType { TensorType(elementType, shape) }
}
