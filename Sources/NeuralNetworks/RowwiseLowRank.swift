import StableHLO
import Tensors

/// Low-rank changes of a network's layers, of which every row of the batch has its own share.
///
/// There are some slots, each with the two thin matrices of every layer in one flat vector, and for each row one weight a slot.
/// A layer multiplies its input with all slots' first matrices side by side, takes each row's part by its weights, and
/// multiplies with all second matrices stacked: two plain products of two dimensions, whatever the rows want, where one
/// product for each row would be a batched one, which CPUs work off several times slower. What is wanted changes with the
/// arguments alone; the program stays.
///
/// Source: Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021, equation 3.
public struct RowwiseLowRank {
    /// Where a layer's matrices lie in a slot's vector.
    public struct Place: Sendable, Hashable {
        /// The first element of the first matrix, `[rank, side, side, inputs]`, or `[rank, inputs]` of a linear layer.
        public let down: Int
        /// The first element of the second, `[rank, outputs]`.
        public let up: Int
        /// The side of the kernel, 1 for a linear layer.
        public let kernel: Int

        /// Names all.
        public init(down: Int, up: Int, kernel: Int) {
            self.down = down
            self.up = up
            self.kernel = kernel
        }
    }

    private let places: [String: Place]
    private let rank: Int
    private let factors: [Value]
    private let weights: Value

    /// Takes what the layers need.
    /// - Parameters:
    ///   - places: by the paths of the layers that may be changed.
    ///   - rank: the inner dimension of every slot.
    ///   - factors: one vector for each slot, `[elements] f32`.
    ///   - weights: `[rows, slots] f32`; 0 where a row wants nothing of a slot.
    /// - Throws: ``ProgramError`` where the weights' slots are not the factors'.
    public init(places: [String: Place], rank: Int, factors: [Value], weights: Value) throws {
        guard !factors.isEmpty, weights.rank == 2, weights.shape[1] == factors.count else {
            throw ProgramError("low-rank", "\(weights.type) has no column for each of \(factors.count) slots")
        }
        self.places = places
        self.rank = rank
        self.factors = factors
        self.weights = weights
    }

    /// What a linear layer's output changes by: `[rows × n, inputs]` gives `[rows × n, features]`; nil where it does not.
    func change(of input: Value, features: Int, at path: String, policy: ComputePolicy) throws -> Value? {
        guard let place = places[path] else { return nil }
        let type = policy.productType
        let down = try stacked(place.down, [rank, input.shape[1]], as: type)
        let inner = try input.converted(to: type).dot(
            down, DotDimensions(contracting: ([1], [1])), result: policy.activationType)
        return try finished(inner, place, features: features, policy: policy)
    }

    /// What a convolution's output changes by: `[rows, height, width, channels]` gives `[rows, …, features]`; nil where it
    /// does not.
    /// - Parameter dimensions: the convolution's own.
    func change(
        ofConvolution input: Value, _ dimensions: ConvolutionDimensions, features: Int, at path: String,
        policy: ComputePolicy
    ) throws -> Value? {
        guard let place = places[path] else { return nil }
        if place.kernel == 1, dimensions.strides == [1, 1],
            dimensions.padding.allSatisfy({ $0 == .init(0, 0) })
        {
            // A product over pixels, as the layer itself.
            let pixels = try input.reshaped(to: [input.shape.elementCount / input.shape[3], input.shape[3]])
            return try change(of: pixels, features: features, at: path, policy: policy)?
                .reshaped(to: Shape(input.shape.dimensions.dropLast() + [features]))
        }
        let type = policy.convolutionType
        let stored: AxisOrder = "o01i"
        let order = dimensions.kernel.letters.compactMap { stored.index(of: $0) }
        let down = try stacked(
            place.down, [rank, place.kernel, place.kernel, input.shape[3]], as: type
        ).transposed(order)
        let inner = try input.converted(to: type).convolved(down, dimensions, result: policy.activationType)
        let pixels = inner.shape.elementCount / inner.shape[3]
        return try finished(
            inner.reshaped(to: [pixels, inner.shape[3]]), place, features: features, policy: policy
        ).reshaped(to: Shape(inner.shape.dimensions.dropLast() + [features]))
    }

    /// Each row's part of `[rows × n, slots × rank]`, through the second matrices.
    private func finished(
        _ inner: Value, _ place: Place, features: Int, policy: ComputePolicy
    ) throws -> Value {
        let (rows, slots) = (weights.shape[0], weights.shape[1])
        guard inner.shape[0] % rows == 0 else {
            throw ProgramError("low-rank", "\(inner.type) cannot be cut into \(rows) rows")
        }
        let byRow: Shape = [rows, inner.shape[0] / rows, slots, rank]
        let shares = try weights.converted(to: policy.activationType).broadcast(to: byRow, along: [0, 2])
        let taken = try (inner.reshaped(to: byRow) * shares).reshaped(to: inner.shape)
        let type = policy.productType
        return try taken.converted(to: type).matrixProduct(
            stacked(place.up, [rank, features], as: type), result: policy.activationType)
    }

    /// All slots' matrices of a place, one above the other.
    private func stacked(_ start: Int, _ shape: Shape, as type: ElementType) throws -> Value {
        let parts = try factors.map {
            try $0.sliced(0, start..<start + shape.elementCount).reshaped(to: shape)
        }
        let all = parts.count == 1 ? parts[0] : try parts[0].builder.concatenate(parts, along: 0)
        return try all.converted(to: type)
    }
}
