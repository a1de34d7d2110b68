import StableHLO
import Tensors

extension ModuleScope {
    /// Group normalisation of `[batch, height, width, channels]`, in 32 bits, and an activation after it.
    ///
    /// Parameters `weight` and `bias`, `[channels]`. Source: Wu and He, "Group Normalization", 2018.
    public func groupNorm(
        _ input: Value, groups: Int, epsilon: Double, activation: Activation? = nil
    ) throws -> Value {
        guard input.rank == 4, groups > 0, input.shape[3] % groups == 0 else {
            throw ProgramError(path, "the channels of \(input.type) cannot be cut into \(groups) groups")
        }
        let channels = input.shape[3]
        let weight = try parameter("weight", [channels], initialization: .ones).converted(to: .f32)
        let bias = try parameter("bias", [channels], initialization: .zeros).converted(to: .f32)
        if let kernels = policy.kernelLowering, input.shape.elementCount <= kernels.largestNorm,
            activation == nil || activation == .silu,
            let output = try kernels.groupNorm(
                input, weight: weight, bias: bias, groups: groups, epsilon: epsilon,
                activates: activation == .silu)
        {
            return try output.converted(to: policy.activationType)
        }
        let output = try groupNorm(input, weight: weight, bias: bias, groups: groups, epsilon: epsilon)
            .converted(to: policy.activationType)
        return try activation?(output) ?? output
    }

    private func groupNorm(
        _ input: Value, weight: Value, bias: Value, groups: Int, epsilon: Double
    ) throws -> Value {
        let (batch, channels) = (input.shape[0], input.shape[3])
        let pixels = input.shape[1] * input.shape[2]
        let perGroup = channels / groups
        let scale = 1 / Double(pixels * perGroup)
        let wide = try input.converted(to: .f32).reshaped(to: [batch, pixels, channels])
        // Pixels are summed first: that pass runs along memory, and what is left to sum by group is small.
        func groupMean(_ value: Value) throws -> Value {
            try value.sum(over: [1]).reshaped(to: [batch, groups, perGroup]).sum(over: [2]) * scale
        }
        func perChannel(_ value: Value) throws -> Value {
            try value.broadcast(to: [batch, groups, perGroup], along: [0, 1]).reshaped(to: [batch, channels])
        }
        let mean = try perChannel(groupMean(wide))
        let centered = try wide - mean.broadcast(to: wide.shape, along: [0, 2])
        let variance = try groupMean(centered * centered)
        let deviation = try perChannel((variance + epsilon).reciprocalSquareRoot())
        let factor = try deviation * weight.broadcastLast(to: deviation.shape)
        let output =
            try centered * factor.broadcast(to: wide.shape, along: [0, 2])
            + bias.broadcastLast(to: wide.shape)
        return try output.reshaped(to: input.shape)
    }

    /// Layer normalisation over the last dimension, in 32 bits.
    ///
    /// Parameters `weight` and `bias`. Source: Ba, Kiros and Hinton, "Layer Normalization", 2016.
    public func layerNorm(_ input: Value, epsilon: Double = 1e-5) throws -> Value {
        guard let size = input.shape.dimensions.last, size > 0 else {
            throw ProgramError(path, "\(input.type) has no last dimension to normalise")
        }
        let last = input.rank - 1
        let leading = Array(0..<last)
        let wide = try input.converted(to: .f32)
        let centered = try wide - wide.mean(over: [last]).broadcast(to: wide.shape, along: leading)
        let variance = try (centered * centered).mean(over: [last])
        let factor = try (variance + epsilon).reciprocalSquareRoot().broadcast(to: wide.shape, along: leading)
        let weight = try parameter("weight", [size], initialization: .ones).converted(to: .f32)
        let bias = try parameter("bias", [size], initialization: .zeros).converted(to: .f32)
        let output =
            try centered * factor * weight.broadcastLast(to: wide.shape) + bias.broadcastLast(to: wide.shape)
        return try output.converted(to: policy.activationType)
    }
}
