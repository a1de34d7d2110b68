import StableHLO
import Tensors

/// Scaled dot-product attention, written as the policy asks.
///
/// Source: Vaswani et al., "Attention Is All You Need", 2017, equation 1.
public struct ScaledDotProductAttention {
    /// The number of heads that share the width.
    public let heads: Int
    /// Whether a query sees only keys at its own position and before.
    public let isCausal: Bool
    private let policy: ComputePolicy

    /// Attention with `heads` heads under `policy`.
    public init(heads: Int, isCausal: Bool = false, policy: ComputePolicy) {
        self.heads = heads
        self.isCausal = isCausal
        self.policy = policy
    }

    /// Attends.
    /// - Parameters:
    ///   - query: `[batch, queries, width]`.
    ///   - key: `[batch, keys, width]`.
    ///   - value: `[batch, keys, width]`.
    /// - Returns: `[batch, queries, width]`.
    public func callAsFunction(query: Value, key: Value, value: Value) throws -> Value {
        let width = query.shape[2]
        guard heads > 0, width % heads == 0 else {
            throw ProgramError("attention", "a width of \(width) cannot be cut into \(heads) heads")
        }
        if case .batched = policy.attentionForm, let kernels = policy.kernelLowering,
            let output = try kernels.attention(
                query: query, key: key, value: value, heads: heads, isCausal: isCausal)
        {
            return try output.converted(to: policy.activationType)
        }
        if case .tiled = policy.attentionForm, !isCausal, let kernels = policy.kernelLowering,
            let output = try kernels.streamedAttention(query: query, key: key, value: value, heads: heads)
        {
            return try output.converted(to: policy.activationType)
        }
        let scaled = try query * (1 / Double(width / heads).squareRoot())
        if case .tiled(let rows) = policy.attentionForm, !isCausal {
            return try tiled(scaled, key, value, rows: rows)
        }
        return try batched(scaled, key, value)
    }

    /// All heads at once, scores in memory: `[batch, heads, queries, keys]`.
    private func batched(_ query: Value, _ key: Value, _ value: Value) throws -> Value {
        let type = policy.attentionType
        let (queries, keys, values) = try (
            byHead(query).converted(to: type), byHead(key).converted(to: type),
            byHead(value).converted(to: type)
        )
        var scores = try queries.dot(
            keys, DotDimensions(contracting: ([3], [3]), batch: ([0, 1], [0, 1])), result: .f32)
        if isCausal { scores = try masked(scores) }
        let highest = try scores.maximum(over: [3]).broadcast(to: scores.shape, along: [0, 1, 2])
        let weights = try (scores - highest).exponential()
        let mixed = try weights.converted(to: type).dot(
            values, DotDimensions(contracting: ([3], [2]), batch: ([0, 1], [0, 1])), result: .f32)
        // Dividing after the second product touches fewer elements than dividing the weights.
        let output = try mixed / weights.sum(over: [3]).broadcast(to: mixed.shape, along: [0, 1, 2])
        return try output.converted(to: policy.activationType).transposed([0, 2, 1, 3]).reshaped(
            to: query.shape)
    }

    private func byHead(_ value: Value) throws -> Value {
        try value.reshaped(to: [value.shape[0], value.shape[1], heads, value.shape[2] / heads])
            .transposed([0, 2, 1, 3])
    }

    private func masked(_ scores: Value) throws -> Value {
        let builder = scores.builder
        let positions = TensorType(.i32, [scores.shape[2], scores.shape[3]])
        let seen = try builder.iota(positions, dimension: 1)
            .compared(.lessOrEqual, to: builder.iota(positions, dimension: 0))
            .broadcast(to: scores.shape, along: [2, 3])
        return try seen.select(scores, builder.constant(-3e38, scores.type))
    }

    /// One head and `rows` queries at a time: matrix products of two dimensions, scores that stay in cache.
    private func tiled(_ query: Value, _ key: Value, _ value: Value, rows: Int) throws -> Value {
        let builder = query.builder
        let (batch, queries, keys) = (query.shape[0], query.shape[1], key.shape[1])
        let depth = query.shape[2] / heads
        let tile = largestDivisor(of: queries, notAbove: rows)
        let tiles = queries / tile
        let type = policy.attentionType
        func stacked(_ value: Value) throws -> Value {
            try byHead(value).reshaped(to: [batch * heads, value.shape[1], depth]).converted(to: type)
        }
        let (allQueries, allKeys, allValues) = try (stacked(query), stacked(key), stacked(value))
        let scalar = TensorType(.i32, .scalar)
        let start = try builder.constant(0, TensorType(.f32, [batch * heads, queries, depth]))
        let zero = try builder.constant(0, scalar)
        let output = try builder.loop(count: batch * heads * tiles, carrying: [start]) { index, carried in
            let head = try index.binary(.divide, Double(tiles))
            let row = try index.binary(.remainder, Double(tiles)).binary(.multiply, Double(tile))
            let q = try allQueries.dynamicSlice(at: [head, row, zero], sizes: [1, tile, depth])
                .reshaped(to: [tile, depth])
            let k = try allKeys.dynamicSlice(at: [head, zero, zero], sizes: [1, keys, depth])
                .reshaped(to: [keys, depth])
            let v = try allValues.dynamicSlice(at: [head, zero, zero], sizes: [1, keys, depth])
                .reshaped(to: [keys, depth])
            let scores = try q.dot(k, DotDimensions(contracting: ([1], [1])), result: .f32)
            let highest = try scores.maximum(over: [1]).broadcast(to: scores.shape, along: [0])
            let weights = try (scores - highest).exponential()
            let mixed = try weights.converted(to: type).matrixProduct(v, result: .f32)
            let rowSums = try weights.sum(over: [1]).broadcast(to: mixed.shape, along: [0])
            let part = try (mixed / rowSums).reshaped(to: [1, tile, depth])
            return [try carried[0].dynamicUpdate(part, at: [head, row, zero])]
        }[0]
        return try output.reshaped(to: [batch, heads, queries, depth]).transposed([0, 2, 1, 3])
            .reshaped(to: query.shape).converted(to: policy.activationType)
    }

    private func largestDivisor(of number: Int, notAbove limit: Int) -> Int {
        (1...max(1, min(number, limit))).last { number % $0 == 0 } ?? 1
    }
}
