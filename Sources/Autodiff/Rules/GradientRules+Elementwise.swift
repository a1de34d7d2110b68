import StableHLO

// Source: any table of derivatives; where a function has a kink, the comment at its row says what is chosen.
extension GradientRules {
    /// From operand `x`, result `y` and cotangent `g` to the operand's cotangent.
    private typealias UnaryRule = @Sendable (_ x: Value, _ y: Value, _ g: Value) throws -> Value

    private static let unaryRules: [UnaryOperation: UnaryRule] = [
        .negate: { _, _, g in try -g },
        .exponential: { _, y, g in try g * y },
        .log: { x, _, g in try g / x },
        .logistic: { _, y, g in try g * (y - y * y) },
        .sqrt: { _, y, g in try g * 0.5 / y },
        .rsqrt: { _, y, g in try g * (y * y * y) * -0.5 },
        .tanh: { _, y, g in try g - g * (y * y) },
        .sine: { x, _, g in try g * x.cosine() },
        .cosine: { x, _, g in try -(g * x.sine()) },
        // 0 at 0.
        .abs: { x, _, g in
            let zero = try x.builder.constant(0, x.type)
            return try x.compared(.greater, to: zero).select(g, x.compared(.less, to: zero).select(-g, zero))
        },
        // 2/√π · exp(-x²)
        .errorFunction: { x, _, g in try g * (-(x * x)).exponential() * 1.128_379_167_095_512_6 },
    ]

    static func unary(_ operation: UnaryOperation) throws -> Rule {
        guard let rule = unaryRules[operation] else {
            throw ProgramError(
                operation.rawValue,
                "has no gradient; detach its operand where it is to be taken as a constant")
        }
        return { step in [.whole(try rule(step.operands[0], step.result, step.cotangent))] }
    }

    /// From operands `x` and `y`, result `z` and cotangent `g` to one operand's cotangent.
    private typealias BinaryRule = @Sendable (_ x: Value, _ y: Value, _ z: Value, _ g: Value) throws -> Value

    private static let binaryRules: [BinaryOperation: (left: BinaryRule, right: BinaryRule)] = [
        .add: ({ _, _, _, g in g }, { _, _, _, g in g }),
        .subtract: ({ _, _, _, g in g }, { _, _, _, g in try -g }),
        .multiply: ({ _, y, _, g in try g * y }, { x, _, _, g in try g * x }),
        .divide: ({ _, y, _, g in try g / y }, { _, y, z, g in try -(g * z / y) }),
        .maximum: (
            { x, y, _, g in try share(g, of: x, over: y, .greater) },
            { x, y, _, g in try share(g, of: y, over: x, .greater) }
        ),
        .minimum: (
            { x, y, _, g in try share(g, of: x, over: y, .less) },
            { x, y, _, g in try share(g, of: y, over: x, .less) }
        ),
        .power: (powerBase, powerExponent),
        // The quotient is constant between jumps: (x - z) / y is x / y without its fraction.
        .remainder: ({ _, _, _, g in g }, { x, y, z, g in try -(g * ((x - z) / y)) }),
    ]

    static func binary(_ operation: BinaryOperation) throws -> Rule {
        guard let rule = binaryRules[operation] else {
            throw ProgramError(operation.rawValue, "has no gradient")
        }
        return { step in
            let (x, y) = (step.operands[0], step.operands[1])
            return [
                step.wanted[0] ? .whole(try rule.left(x, y, step.result, step.cotangent)) : nil,
                step.wanted[1] ? .whole(try rule.right(x, y, step.result, step.cotangent)) : nil,
            ]
        }
    }

    /// `g` where `x` wins over `y`, half of it where they tie.
    private static func share(
        _ g: Value, of x: Value, over y: Value, _ wins: ComparisonDirection
    ) throws -> Value {
        let zero = try g.builder.constant(0, g.type)
        let tied = try x.compared(.equal, to: y).select(g * 0.5, zero)
        return try x.compared(wins, to: y).select(g, tied)
    }

    /// `y · xʸ⁻¹`, and 0 where `y` is 0, whatever `x` is.
    @Sendable private static func powerBase(_ x: Value, _ y: Value, _ z: Value, _ g: Value) throws -> Value {
        let zero = try y.builder.constant(0, y.type)
        let slope = try y * x.binary(.power, y - 1)
        return try g * y.compared(.equal, to: zero).select(zero, slope)
    }

    /// `xʸ · log x`, and 0 where `x` is 0: the limit for every positive `y`.
    @Sendable private static func powerExponent(_ x: Value, _ y: Value, _ z: Value, _ g: Value) throws
        -> Value
    {
        let zero = try x.builder.constant(0, x.type)
        let one = try x.builder.constant(1, x.type)
        let logarithm = try x.compared(.equal, to: zero).select(one, x).log()
        return try g * (x.compared(.equal, to: zero).select(zero, z * logarithm))
    }

    static func select(_ step: BackwardStep) throws -> [Cotangent?] {
        let zero = try step.zeros(like: step.result)
        let choice = step.operands[0]
        return [
            nil,
            step.wanted[1] ? .whole(try choice.select(step.cotangent, zero)) : nil,
            step.wanted[2] ? .whole(try choice.select(zero, step.cotangent)) : nil,
        ]
    }

    static func convert(_ step: BackwardStep) throws -> [Cotangent?] {
        [.whole(try step.cotangent.converted(to: step.operands[0].elementType))]
    }
}
