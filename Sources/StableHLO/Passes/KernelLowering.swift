import Tensors

/// Rewrites what our own kernels do better as calls of them: convolutions of three by three places, and products of a
/// transposed matrix, both over `bf16` operands with sums in `f32`.
///
/// It rewrites a finished function, after the gradients were taken: a convolution's two gradients are convolutions
/// too, and the gradient of a linear layer's weights is a product that sums over rows, for which the CPU plugin falls
/// back to `f32`. What the kernels do not take stays as it is. `Docs/performance.md` has the figures.
public struct KernelLowering: Sendable, Hashable {
    /// The name of the call for a convolution and for the gradient of its input.
    public static let convolutionCall = "ondol.convolution"
    /// The name of the call for the gradient of a convolution's kernel.
    public static let kernelGradientCall = "ondol.convolution.kernel_gradient"
    /// The name of the call for `[summed, rows]` transposed with `[summed, columns]`.
    public static let transposedProductCall = "ondol.transposed_product"
    /// Features, in and out, must be whole multiples of this.
    public static let featureMultiple = 16

    /// Layers with fewer features than this, in or out, stay as they are: there, rounding and packing the operands
    /// weighs more.
    public var fewestFeatures = 64

    /// The choices that were measured to be good.
    public init() {}

    /// The function with its calls; what they compute differs by the operands' rounding.
    public func callAsFunction(_ function: Function) throws -> Function {
        let rewriter = FunctionRewriter(function)
        for operation in function.operations {
            if let call = try call(for: operation, in: function, rewriter) {
                rewriter.replace(operation.results[0], with: call)
            } else {
                rewriter.keep(operation)
            }
        }
        return rewriter.finish()
    }

    private func call(for operation: Operation, in function: Function, _ rewriter: FunctionRewriter) throws
        -> Value?
    {
        switch operation.kind {
        case .convolution(let dimensions):
            return try convolution(
                rewriter.value(operation.operands[0]), rewriter.value(operation.operands[1]), dimensions,
                result: function.type(of: operation.results[0]))
        case .dotGeneral(let dimensions):
            return try transposedProduct(
                rewriter.value(operation.operands[0]), rewriter.value(operation.operands[1]), dimensions,
                result: function.type(of: operation.results[0]))
        default: return nil
        }
    }

    private func transposedProduct(
        _ left: Value, _ right: Value, _ dimensions: DotDimensions, result: TensorType
    ) throws -> Value? {
        guard dimensions == DotDimensions(contracting: ([0], [0])), left.rank == 2, right.rank == 2,
            left.elementType == .bf16, right.elementType == .bf16, result.elementType == .f32,
            left.shape[0] % 2 == 0, fits(left.shape[1]), fits(right.shape[1])
        else { return nil }
        return try call(Self.transposedProductCall, [left, right], result)
    }

    private func convolution(
        _ input: Value, _ kernel: Value, _ dimensions: ConvolutionDimensions, result: TensorType
    ) throws -> Value? {
        let border = ConvolutionDimensions.Padding(1, 1)
        guard [input.elementType, kernel.elementType, result.elementType].allSatisfy({ $0 == .f32 }),
            dimensions.featureGroups == 1, dimensions.strides == [1, 1], dimensions.inputDilation == [1, 1],
            dimensions.kernelDilation == [1, 1], dimensions.padding == [border, border]
        else { return nil }
        switch (dimensions.input, dimensions.kernel, dimensions.output) {
        case ("b01f", "01io", "b01f"), ("b01f", "01oi", "b01f"):
            guard kernel.shape[0] == 3, kernel.shape[1] == 3, fits(input.shape[3]), fits(result.shape[3])
            else { return nil }
            let configuration = "{swapped = \(dimensions.kernel == "01oi")}"
            return try call(
                Self.convolutionCall, [input, kernel], result, configuration: configuration)
        case ("f01b", "i01o", "01bf"):
            // The kernel's gradient: the batch stands in for features, and the window is as large as the picture.
            guard result.shape[0] == 3, result.shape[1] == 3, fits(input.shape[3]), fits(result.shape[3]),
                input.shape[2] % 2 == 0
            else { return nil }
            return try call(Self.kernelGradientCall, [input, kernel], result)
        default: return nil
        }
    }

    private func fits(_ features: Int) -> Bool {
        features >= fewestFeatures && features % Self.featureMultiple == 0
    }

    private func call(
        _ target: String, _ operands: [Value], _ result: TensorType, configuration: String = "{}"
    ) throws -> Value {
        try operands[0].builder.call(
            CustomCall(target: target, configuration: configuration), operands, results: [result])[0]
    }
}
