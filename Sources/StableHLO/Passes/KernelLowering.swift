import Tensors

/// Calls our own kernels for what they do better than the CPU plugin; what they do not take stays as it is.
///
/// Some are put into a finished function, after the gradients were taken: convolutions of three by three places, in 32 bits
/// or over `bf16` operands, products of a transposed matrix over such, and sums over rows. A convolution's two
/// gradients are convolutions too, and the gradient of a linear layer's weights is a product that sums over rows, for which
/// the plugin falls back to `f32`. Attention, group normalisation and the optimizer ask for theirs while they are
/// written. `Docs/performance.md` has the figures.
public struct KernelLowering: Sendable, Hashable {
    /// The name of the call for a convolution and for the gradient of its input.
    public static let convolutionCall = "ondol.convolution"
    /// The name of the call for the gradient of a convolution's kernel.
    public static let kernelGradientCall = "ondol.convolution.kernel_gradient"
    /// The name of the call for `[summed, rows]` transposed with `[summed, columns]`.
    public static let transposedProductCall = "ondol.transposed_product"
    /// The name of the call for sums over rows, of `[…, rows, columns]`.
    public static let rowSumsCall = "ondol.row_sums"
    /// Features, in and out, must be whole multiples of this.
    public static let featureMultiple = 16

    /// Whether convolutions round their operands to `bf16`, as training does; otherwise only those are taken whose
    /// pictures Winograd's tiles cover, in 32 bits.
    public var roundsOperands = true
    /// Norms over more elements than this stay as they are: a call's result stands in memory beside its operand, where the
    /// plugin's own passes need one of the two.
    public var largestNorm = Int.max
    /// Layers with fewer features than this, in or out, stay as they are: there, rounding and packing the operands
    /// weighs more.
    public var fewestFeatures = 64
    /// Sums over fewer elements than this stay as they are: there, the call weighs more.
    public var fewestSummed = 16384

    /// The choices that were measured to be good in training.
    public init() {}

    /// What drawing uses: nothing that rounds more than the plain operations do.
    public static let exact: KernelLowering = {
        var lowering = KernelLowering()
        lowering.roundsOperands = false
        lowering.largestNorm = 4 << 20
        return lowering
    }()

    /// The function with its calls; what they compute differs by the operands' rounding.
    public func callAsFunction(_ function: Function) throws -> Function {
        let rewriter = FunctionRewriter(function)
        var reversed: [ValueIdentifier: ValueIdentifier] = [:]
        for operation in function.operations {
            if case .reverse([0, 1]) = operation.kind {
                reversed[operation.results[0]] = operation.operands[0]
            }
            if let call = try call(for: operation, in: function, rewriter, reversed: reversed) {
                rewriter.replace(operation.results[0], with: call)
            } else {
                rewriter.keep(operation)
            }
        }
        return rewriter.finish()
    }

    /// - Parameter reversed: what was reversed along its first two dimensions, by what came of it.
    private func call(
        for operation: Operation, in function: Function, _ rewriter: FunctionRewriter,
        reversed: [ValueIdentifier: ValueIdentifier]
    ) throws -> Value? {
        switch operation.kind {
        case .convolution(let dimensions):
            // A kernel read backwards, as for the input's gradient, is not reversed in memory first.
            let turned = reversed[operation.operands[1]]
            return try convolution(
                rewriter.value(operation.operands[0]), rewriter.value(turned ?? operation.operands[1]),
                dimensions, isReversed: turned != nil, result: function.type(of: operation.results[0]))
        case .dotGeneral(let dimensions):
            return try transposedProduct(
                rewriter.value(operation.operands[0]), rewriter.value(operation.operands[1]), dimensions,
                result: function.type(of: operation.results[0]))
        case .reduce(.add, let dimensions):
            return try rowSums(
                rewriter.value(operation.operands[0]), dimensions,
                result: function.type(of: operation.results[0]))
        default: return nil
        }
    }

    private func rowSums(_ input: Value, _ dimensions: [Int], result: TensorType) throws -> Value? {
        let (last, axes) = (input.rank - 1, dimensions.sorted())
        guard input.elementType == .f32, result.elementType == .f32, let first = axes.first,
            axes == Array(first..<last), input.shape[last] >= fewestFeatures,
            input.shape.elementCount >= fewestSummed
        else { return nil }
        return try call(Self.rowSumsCall, [input], result)
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
        _ input: Value, _ kernel: Value, _ dimensions: ConvolutionDimensions, isReversed: Bool,
        result: TensorType
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
            let isSwapped = dimensions.kernel == "01oi"
            let isTiled = input.shape[1] % 2 == 0 && input.shape[2] % 2 == 0
            guard roundsOperands || (isTiled && !isSwapped && !isReversed) else { return nil }
            let configuration =
                "{swapped = \(isSwapped), reversed = \(isReversed), rounded = \(roundsOperands)}"
            return try call(
                Self.convolutionCall, [input, kernel], result, configuration: configuration)
        case ("f01b", "i01o", "01bf"):
            // The kernel's gradient: the batch stands in for features, and the window is as large as the picture.
            guard roundsOperands, !isReversed, result.shape[0] == 3, result.shape[1] == 3,
                fits(input.shape[3]), fits(result.shape[3]), input.shape[2] % 2 == 0
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
