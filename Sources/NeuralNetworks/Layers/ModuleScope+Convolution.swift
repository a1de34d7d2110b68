import StableHLO
import Tensors

extension ModuleScope {
    /// A convolution over `[batch, height, width, channels]`.
    ///
    /// Parameters `weight` `[features, channels, kernel, kernel]` and `bias` `[features]`.
    /// - Parameter padding: pixels of zeros before and after, in rows and in columns alike; by default half the
    ///   kernel on both sides.
    public func convolution(
        _ input: Value, features: Int, kernel: Int, stride: Int = 1,
        padding: ConvolutionDimensions.Padding? = nil,
        initialization: ParameterSpecification.Initialization? = nil
    ) throws -> Value {
        guard input.rank == 4 else {
            throw ProgramError(
                path, "a convolution needs [batch, height, width, channels], not \(input.type)")
        }
        let channels = input.shape[3]
        let fanIn = channels * kernel * kernel
        let weight = try parameter(
            "weight", [features, channels, kernel, kernel], role: .convolution(policy.kernelOrder),
            initialization: initialization ?? .uniformByInputs(fanIn))
        let edge = padding ?? .init(kernel / 2, kernel / 2)
        let dimensions = ConvolutionDimensions(
            kernel: policy.kernelOrder, strides: [stride, stride], padding: [edge, edge])
        var output: Value
        if kernel == 1, stride == 1, edge == .init(0, 0) {
            output = try pointwise(input, weight, features: features)
        } else {
            let type = policy.convolutionType
            output = try input.converted(to: type)
                .convolved(weight.converted(to: type), dimensions, result: policy.activationType)
        }
        if let change = try graph.rowwise?.change(
            ofConvolution: input, dimensions, features: features, at: path, policy: policy)
        {
            output = try output + change
        }
        let start =
            initialization == .zeros ? .zeros : ParameterSpecification.Initialization.uniformByInputs(fanIn)
        return try output + vector("bias", features, start).broadcastLast(to: output.shape)
    }

    /// A 1 × 1 convolution is a matrix product over pixels.
    private func pointwise(_ input: Value, _ weight: Value, features: Int) throws -> Value {
        let pixels = input.shape.elementCount / input.shape[3]
        let matrix =
            try policy.kernelOrder == "01io"
            ? weight.reshaped(to: [input.shape[3], features])
            : weight.reshaped(to: [features, input.shape[3]]).transposed([1, 0])
        return try product(input.reshaped(to: [pixels, input.shape[3]]), matrix)
            .reshaped(to: Shape(input.shape.dimensions.dropLast() + [features]))
    }
}
