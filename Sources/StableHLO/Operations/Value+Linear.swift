import Tensors

extension Value {
    /// Sums of products with `other` over the contracted dimensions.
    /// - Parameter result: the result's element type, by default the operands'. On a CPU, `bf16` operands are
    ///   fast only with an `f32` result.
    public func dot(
        _ other: Value, _ dimensions: DotDimensions, result: ElementType? = nil
    ) throws -> Value {
        let type = try ShapeInference.dotGeneral(type, other.type, dimensions, result: result ?? elementType)
        return try builder.emit(.dotGeneral(dimensions), [self, other], result: type)
    }

    /// The matrix product `[m, k] × [k, n]`.
    public func matrixProduct(_ other: Value, result: ElementType? = nil) throws -> Value {
        try require(
            rank == 2 && other.rank == 2, "dot_general", "\(type) and \(other.type) are not both matrices")
        return try dot(other, DotDimensions(contracting: ([1], [0])), result: result)
    }

    /// The convolution of this value with `kernel`.
    public func convolved(
        _ kernel: Value, _ dimensions: ConvolutionDimensions, result: ElementType? = nil
    ) throws -> Value {
        let type = try ShapeInference.convolution(
            type, kernel.type, dimensions, result: result ?? elementType)
        return try builder.emit(.convolution(dimensions), [self, kernel], result: type)
    }
}
