import Tensors

// Layers whose gradients would be hard to recognise in a finished function ask for their kernel while they are written.

extension KernelLowering {
    /// The name of the call for attention, and that for its gradient.
    public static let attentionCall = "ondol.attention"
    /// See ``attentionCall``.
    public static let attentionGradientCall = "ondol.attention.gradient"
    /// The name of the call for attention that has no gradient.
    public static let streamedAttentionCall = "ondol.attention.streamed"
    /// The name of the call for group normalisation, and that for its gradient.
    public static let groupNormCall = "ondol.group_norm"
    /// See ``groupNormCall``.
    public static let groupNormGradientCall = "ondol.group_norm.gradient"

    /// `softmax(query · keyᵀ / √depth) · value` by head, as a call with a gradient; nil where the kernel does not take
    /// the operands.
    /// - Parameters:
    ///   - query: `[batch, queries, heads · depth] f32`.
    ///   - key: `[batch, keys, heads · depth] f32`.
    ///   - value: of the key's type.
    ///   - isCausal: whether a query sees only keys at its own position and before.
    public func attention(query: Value, key: Value, value: Value, heads: Int, isCausal: Bool) throws -> Value?
    {
        guard [query, key, value].allSatisfy({ $0.elementType == .f32 && $0.rank == 3 }),
            key.type == value.type, query.shape[0] == key.shape[0], query.shape[2] == key.shape[2], heads > 0,
            query.shape[2] % (heads * Self.featureMultiple) == 0, query.shape.elementCount > 0,
            key.shape[1] > 0,
            !isCausal || query.shape[1] == key.shape[1]
        else { return nil }
        let call = CustomCall(
            target: Self.attentionCall, configuration: "{heads = \(heads) : i64, causal = \(isCausal)}",
            gradientTarget: Self.attentionGradientCall)
        return try query.builder.call(call, [query, key, value], results: [query.type])[0]
    }

    /// `softmax(query · keyᵀ / √depth) · value` by head, as a call without a gradient, of any depth; nil where the kernel
    /// does not take the operands. Parameters as those of ``attention(query:key:value:heads:isCausal:)``.
    public func streamedAttention(query: Value, key: Value, value: Value, heads: Int) throws -> Value? {
        guard [query, key, value].allSatisfy({ $0.elementType == .f32 && $0.rank == 3 }),
            key.type == value.type, query.shape[0] == key.shape[0], query.shape[2] == key.shape[2], heads > 0,
            query.shape[2] % heads == 0, query.shape.elementCount > 0, key.shape[1] > 0
        else { return nil }
        let call = CustomCall(
            target: Self.streamedAttentionCall, configuration: "{heads = \(heads) : i64}")
        return try query.builder.call(call, [query, key, value], results: [query.type])[0]
    }

    /// Group normalisation as a call with a gradient; nil where the kernel does not take the operands.
    /// - Parameters:
    ///   - input: `[batch, height, width, channels] f32`.
    ///   - weight: `[channels] f32`.
    ///   - bias: `[channels] f32`.
    ///   - activates: whether `x · logistic(x)` follows.
    public func groupNorm(
        _ input: Value, weight: Value, bias: Value, groups: Int, epsilon: Double, activates: Bool
    ) throws -> Value? {
        guard [input, weight, bias].allSatisfy({ $0.elementType == .f32 }), input.rank == 4,
            weight.shape == [input.shape[3]], bias.type == weight.type, groups > 0,
            input.shape[3] % groups == 0, input.shape[3] % Self.featureMultiple == 0,
            input.shape.elementCount > 0
        else { return nil }
        let constant = Literal.splat(epsilon).text(as: .f64)
        let call = CustomCall(
            target: Self.groupNormCall,
            configuration:
                "{groups = \(groups) : i64, epsilon = \(constant) : f64, activates = \(activates)}",
            gradientTarget: Self.groupNormGradientCall)
        return try input.builder.call(call, [input, weight, bias], results: [input.type])[0]
    }
}
