import Tensors

extension Value {
    /// Rows of this table, `[rows, width]`, at `indices`, an `i32` of any shape: `[indices…, width]`.
    ///
    /// Indices outside the table are clamped to it.
    public func rows(at indices: Value) throws -> Value {
        try require(
            rank == 2 && indices.elementType == .i32, "gather",
            "rows are taken from a matrix by i32 indices, not from \(type) by \(indices.type)")
        return try builder.emit(
            .takeRows, [self, indices],
            result: type.with(Shape(indices.shape.dimensions + [shape[1]])))
    }

    /// This table, `[rows, width]`, with `updates`, `[indices…, width]`, added to the rows at `indices`.
    ///
    /// An index may repeat; indices outside the table are left out.
    public func addingRows(_ updates: Value, at indices: Value) throws -> Value {
        try require(
            rank == 2 && indices.elementType == .i32
                && updates.type == type.with(Shape(indices.shape.dimensions + [shape[1]])), "scatter",
            "\(updates.type) at \(indices.type) cannot be added to the rows of \(type)")
        return try builder.emit(.addRows, [self, indices, updates], result: type)
    }

    /// A box of fixed `sizes` that begins at `starts`, one `i32` scalar for each dimension, clamped to fit.
    public func dynamicSlice(at starts: [Value], sizes: [Int]) throws -> Value {
        try checkStarts("dynamic_slice", starts)
        try require(
            sizes.count == rank && zip(sizes, shape.dimensions).allSatisfy { 0 <= $0 && $0 <= $1 },
            "dynamic_slice",
            "a box of \(sizes) does not fit into \(type)")
        return try builder.emit(
            .dynamicSlice(sizes: sizes), [self] + starts, result: type.with(Shape(sizes)))
    }

    /// This value with `update` written over the box that begins at `starts`, clamped to fit.
    public func dynamicUpdate(_ update: Value, at starts: [Value]) throws -> Value {
        let name = "dynamic_update_slice"
        try checkStarts(name, starts)
        let fits =
            update.rank == rank && update.elementType == elementType
            && zip(update.shape.dimensions, shape.dimensions).allSatisfy { $0 <= $1 }
        try require(fits, name, "\(update.type) does not fit into \(type)")
        return try builder.emit(.dynamicUpdateSlice, [self, update] + starts, result: type)
    }

    private func checkStarts(_ name: String, _ starts: [Value]) throws {
        let scalar = TensorType(.i32, .scalar)
        try require(
            starts.count == rank && starts.allSatisfy { $0.type == scalar }, name,
            "\(type) needs \(rank) starts, each a tensor<i32>; there are \(starts.map(\.type))")
    }
}
