import Tensors

/// Rewrites convolutions of three by three places as calls of kernels of our own, which work over `bf16` operands.
///
/// It rewrites a finished function, after the gradients were taken: a convolution's two gradients are convolutions
/// too, and each has its kernel. What the kernels do not take stays as it is. `Docs/performance.md` has the figures.
public struct ConvolutionLowering: Sendable, Hashable {
    /// The name of the call for a convolution and for the gradient of its input.
    public static let convolutionCall = "ondol.convolution"
    /// The name of the call for the gradient of a convolution's kernel.
    public static let kernelGradientCall = "ondol.convolution.kernel_gradient"
    /// Features, in and out, must be whole multiples of this.
    public static let featureMultiple = 16

    /// Convolutions with fewer features than this, in or out, stay as they are: there, rounding and packing
    /// the operands weighs more.
    public var fewestFeatures = 64

    /// The choices that were measured to be good.
    public init() {}

    /// The function with its convolutions rewritten; what they compute differs by the operands' rounding.
    public func callAsFunction(_ function: Function) throws -> Function {
        let rewriter = FunctionRewriter(function)
        for operation in function.operations {
            let call: Value? =
                if case .convolution(let dimensions) = operation.kind {
                    try lowered(
                        rewriter.value(operation.operands[0]), rewriter.value(operation.operands[1]),
                        dimensions,
                        result: function.type(of: operation.results[0]))
                } else { nil }
            if let call {
                rewriter.replace(operation.results[0], with: call)
            } else {
                rewriter.keep(operation)
            }
        }
        return rewriter.finish()
    }

    private func lowered(
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
