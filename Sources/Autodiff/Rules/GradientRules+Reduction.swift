import StableHLO

extension GradientRules {
    static func sum(_ step: BackwardStep, over dimensions: [Int]) throws -> [Cotangent?] {
        [.whole(try spread(step.cotangent, over: step.operands[0], dimensions)), nil]
    }

    /// The elements equal to the maximum or minimum share the cotangent equally.
    static func extremum(_ step: BackwardStep, over dimensions: [Int]) throws -> [Cotangent?] {
        let operand = step.operands[0]
        let zero = try step.zeros(like: operand)
        let one = try step.builder.constant(1, operand.type)
        let chosen = try operand.compared(.equal, to: spread(step.result, over: operand, dimensions))
        let winners = try chosen.select(one, zero).sumInWideType(over: dimensions)
        let share = try spread(step.cotangent / winners, over: operand, dimensions)
        return [.whole(try chosen.select(share, zero)), nil]
    }

    /// Repeats a reduced value along the dimensions that were folded away.
    private static func spread(_ value: Value, over operand: Value, _ dimensions: [Int]) throws -> Value {
        try value.broadcast(
            to: operand.shape, along: (0..<operand.rank).filter { !dimensions.contains($0) })
    }
}
