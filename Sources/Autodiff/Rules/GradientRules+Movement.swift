import StableHLO

extension GradientRules {
    static func reshape(_ step: BackwardStep) throws -> [Cotangent?] {
        [.whole(try step.cotangent.reshaped(to: step.operands[0].shape))]
    }

    static func transpose(_ step: BackwardStep, _ permutation: [Int]) throws -> [Cotangent?] {
        var inverse = permutation
        for (position, axis) in permutation.enumerated() { inverse[axis] = position }
        return [.whole(try step.cotangent.transposed(inverse))]
    }

    /// Sums over the repeats.
    static func broadcast(_ step: BackwardStep, along dimensions: [Int]) throws -> [Cotangent?] {
        let operand = step.operands[0]
        let kept = dimensions.indices.filter { operand.shape[$0] == step.result.shape[dimensions[$0]] }
        let keptPlaces = kept.map { dimensions[$0] }.sorted()
        let repeated = (0..<step.result.rank).filter { !keptPlaces.contains($0) }
        let summed = try step.cotangent.sumInWideType(over: repeated)
        let inOrder = try summed.transposed(kept.map { keptPlaces.firstIndex(of: dimensions[$0])! })
        return [.whole(try inOrder.reshaped(to: operand.shape))]
    }

    /// Undoes the padding: what was cut comes back as zeros, what was added is left out.
    static func pad(_ step: BackwardStep, _ amounts: PaddingAmounts) throws -> [Cotangent?] {
        var cotangent = step.cotangent
        if (amounts.low + amounts.high).contains(where: { $0 < 0 }) {
            cotangent = try cotangent.padded(
                low: amounts.low.map { max(-$0, 0) }, high: amounts.high.map { max(-$0, 0) })
        }
        let starts = amounts.low.map { max($0, 0) }
        let limits = zip(cotangent.shape.dimensions, amounts.high).map { $0 - max($1, 0) }
        return [
            .whole(try cotangent.sliced(from: starts, to: limits, by: amounts.interior.map { $0 + 1 })), nil,
        ]
    }

    static func concatenate(_ step: BackwardStep, along dimension: Int) throws -> [Cotangent?] {
        var start = 0
        return try step.operands.enumerated().map { position, operand in
            let range = start..<start + operand.shape[dimension]
            start = range.upperBound
            return step.wanted[position] ? .whole(try step.cotangent.sliced(dimension, range)) : nil
        }
    }
}

extension Value {
    /// Whether the type has so few bits that sums and products are formed in `f32`.
    var isNarrow: Bool { elementType == .bf16 || elementType == .f16 }

    /// The sum over `dimensions`, formed in `f32` where the type is narrower.
    func sumInWideType(over dimensions: [Int]) throws -> Value {
        guard isNarrow, !dimensions.isEmpty else { return try sum(over: dimensions) }
        return try converted(to: .f32).sum(over: dimensions).converted(to: elementType)
    }
}
