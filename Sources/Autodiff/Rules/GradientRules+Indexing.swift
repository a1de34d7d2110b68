import StableHLO

extension GradientRules {
    static func dynamicSlice(_ step: BackwardStep) throws -> [Cotangent?] {
        let starts = Array(step.operands.dropFirst())
        let cotangent = try step.zeros(like: step.operands[0]).dynamicUpdate(step.cotangent, at: starts)
        return [.whole(cotangent)] + starts.map { _ in nil }
    }

    static func dynamicUpdateSlice(_ step: BackwardStep) throws -> [Cotangent?] {
        let update = step.operands[1]
        let starts = Array(step.operands.dropFirst(2))
        let written = step.cotangent
        return [
            step.wanted[0] ? .whole(try written.dynamicUpdate(step.zeros(like: update), at: starts)) : nil,
            step.wanted[1]
                ? .whole(try written.dynamicSlice(at: starts, sizes: update.shape.dimensions)) : nil,
        ] + starts.map { _ in nil }
    }

    /// Adds each row's cotangent to the row it was taken from. Taking clamps an index to the table and adding
    /// leaves it out, so the index is clamped here.
    static func takeRows(_ step: BackwardStep) throws -> [Cotangent?] {
        let (table, indices) = (step.operands[0], step.operands[1])
        let last = try step.builder.constant(Double(max(table.shape[0] - 1, 0)), indices.type)
        let clamped = try indices.minimum(last).maximum(step.builder.constant(0, indices.type))
        let wide = table.isNarrow ? .f32 : table.elementType
        let sums = try step.builder.constant(0, table.type.with(wide))
            .addingRows(step.cotangent.converted(to: wide), at: clamped)
        return [.whole(try sums.converted(to: table.elementType)), nil]
    }

    /// Takes each update's cotangent from the row it was added to, and zeros where it was left out.
    static func addRows(_ step: BackwardStep) throws -> [Cotangent?] {
        let (table, indices, updates) = (step.operands[0], step.operands[1], step.operands[2])
        guard step.wanted[2] else { return [.whole(step.cotangent), nil, nil] }
        let count = try step.builder.constant(Double(table.shape[0]), indices.type)
        let inside = try indices.compared(.less, to: count)
            .binary(.and, indices.compared(.greaterOrEqual, to: step.builder.constant(0, indices.type)))
            .broadcast(to: updates.shape, along: Array(0..<indices.rank))
        let taken = try step.cotangent.rows(at: indices)
        return [
            step.wanted[0] ? .whole(step.cotangent) : nil, nil,
            .whole(try inside.select(taken, step.zeros(like: updates))),
        ]
    }
}
