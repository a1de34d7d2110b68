import Tensors

extension Value {
    /// The same elements, row-major, under another shape of as many.
    public func reshaped(to shape: Shape) throws -> Value {
        guard shape != self.shape else { return self }
        return try builder.emit(.reshape, [self], result: ShapeInference.reshape(type, to: shape))
    }

    /// The dimensions in another order: the result's dimension `i` is this value's `permutation[i]`.
    public func transposed(_ permutation: [Int]) throws -> Value {
        guard permutation != Array(0..<rank) else { return self }
        return try builder.emit(
            .transpose(permutation), [self], result: ShapeInference.transpose(type, permutation))
    }

    /// Repeats the value: its dimension `i` becomes dimension `dimensions[i]` of `shape`; size 1 stretches.
    public func broadcast(to shape: Shape, along dimensions: [Int]) throws -> Value {
        if shape == self.shape, dimensions == Array(0..<rank) { return self }
        return try builder.emit(
            .broadcastInDimensions(dimensions), [self],
            result: ShapeInference.broadcast(type, to: shape, along: dimensions))
    }

    /// Repeats a vector along the last dimension of `shape`, or a scalar everywhere.
    public func broadcastLast(to shape: Shape) throws -> Value {
        try require(rank <= shape.rank, "broadcast_in_dim", "\(type) has more dimensions than \(shape)")
        return try broadcast(to: shape, along: Array((shape.rank - rank)..<shape.rank))
    }

    /// The elements from `starts` up to, not including, `limits`, every `strides`-th.
    public func sliced(from starts: [Int], to limits: [Int], by strides: [Int]? = nil) throws -> Value {
        let bounds = SliceBounds(
            starts: starts, limits: limits, strides: strides ?? [Int](repeating: 1, count: rank))
        return try builder.emit(.slice(bounds), [self], result: ShapeInference.slice(type, bounds))
    }

    /// A range of one dimension, all of the others.
    public func sliced(_ dimension: Int, _ range: Range<Int>) throws -> Value {
        try require(
            (0..<rank).contains(dimension), "slice", "\(type) has no dimension \(dimension)")
        var starts = [Int](repeating: 0, count: rank)
        var limits = shape.dimensions
        starts[dimension] = range.lowerBound
        limits[dimension] = range.upperBound
        return try sliced(from: starts, to: limits)
    }

    /// The value cut along `dimension` into `count` equal parts.
    public func split(_ dimension: Int, into count: Int) throws -> [Value] {
        try require(
            (0..<rank).contains(dimension) && count >= 1 && shape[dimension] % count == 0, "slice",
            "dimension \(dimension) of \(type) cannot be cut into \(count) equal parts")
        let size = shape[dimension] / count
        return try (0..<count).map { try sliced(dimension, $0 * size..<($0 + 1) * size) }
    }

    /// The value with `number` around it, and between its elements; negative amounts cut.
    public func padded(
        low: [Int], high: [Int], interior: [Int]? = nil, with number: Double = 0
    ) throws -> Value {
        let amounts = PaddingAmounts(
            low: low, high: high, interior: interior ?? [Int](repeating: 0, count: rank))
        let filling = try builder.constant(number, TensorType(elementType, .scalar))
        return try builder.emit(.pad(amounts), [self, filling], result: ShapeInference.pad(type, amounts))
    }

    /// The value read backwards along `dimensions`.
    public func reversed(_ dimensions: [Int]) throws -> Value {
        try require(
            Set(dimensions).count == dimensions.count
                && dimensions.allSatisfy { (0..<rank).contains($0) }, "reverse",
            "\(dimensions) are not separate dimensions of \(type)")
        return try builder.emit(.reverse(dimensions), [self], result: type)
    }

    /// A fence the compiler moves no work across.
    public func optimizationBarrier() throws -> Value {
        try builder.emit(.optimizationBarrier, [self], result: type)
    }

    /// This value, seen as a constant by differentiation: no gradient flows back through what is returned.
    ///
    /// Costs nothing when the program runs. A softmax detaches the maximum it subtracts, which changes nothing.
    public func detached() throws -> Value {
        try builder.emit(.detach, [self], result: type)
    }
}

extension FunctionBuilder {
    /// Values joined along a dimension; their other sizes agree.
    public func concatenate(_ values: [Value], along dimension: Int) throws -> Value {
        let type = try ShapeInference.concatenate(values.map(\.type), along: dimension)
        guard values.count > 1 else { return values[0] }
        return try emit(.concatenate(dimension: dimension), values, result: type)
    }
}
