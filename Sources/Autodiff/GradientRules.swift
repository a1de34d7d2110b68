import StableHLO

/// One operation as its gradient rule sees it.
struct BackwardStep {
    /// The function the rule emits into.
    let builder: FunctionBuilder
    /// What the operation read.
    let operands: [Value]
    /// What it made.
    let result: Value
    /// The cotangent of `result`, of the same type.
    let cotangent: Value
    /// For each operand, whether its cotangent is of use; a rule emits nothing for the others.
    let wanted: [Bool]

    /// Zeros of an operand's type.
    func zeros(like value: Value) throws -> Value { try builder.constant(0, value.type) }
}

/// The table of gradient rules: one row for each kind of operation.
///
/// A rule is given the operation's operands, its result and the result's cotangent, and returns a cotangent for
/// each operand that wants one.
///
/// **Precision.** The cotangent of a value has the value's element type. Where the operands of a product are
/// `bf16` or `f16`, its gradient products read 16-bit operands too (the cotangent is converted) and make an
/// `f32`, which is then converted to the operand's type: on a CPU `bf16 × bf16 → f32` runs at twice the speed
/// of `f32`, and `bf16 → bf16` is the slowest of all. Sums that undo a broadcast, and rows added into a table,
/// are formed in `f32` as well.
enum GradientRules {
    /// A row of the table.
    typealias Rule = (BackwardStep) throws -> [Cotangent?]

    /// The rule of an operation, or a ``ProgramError`` that says why there is none.
    static func rule(for kind: OperationKind) throws -> Rule {
        switch kind {
        case .constant, .iota, .compare: { step in step.operands.map { _ in nil } }
        case .unary(let operation): try unary(operation)
        case .binary(let operation): try binary(operation)
        case .select: select
        case .convert: convert
        case .dotGeneral(let dimensions): { try dotGeneral($0, dimensions) }
        case .convolution(let dimensions): { try convolution($0, dimensions) }
        case .reduce(.add, let dimensions): { try sum($0, over: dimensions) }
        case .reduce(.maximum, let dimensions), .reduce(.minimum, let dimensions):
            { try extremum($0, over: dimensions) }
        case .broadcastInDimensions(let dimensions): { try broadcast($0, along: dimensions) }
        case .reshape: reshape
        case .transpose(let permutation): { try transpose($0, permutation) }
        case .slice(let bounds): { [.box($0.cotangent, bounds)] }
        case .pad(let amounts): { try pad($0, amounts) }
        case .concatenate(let dimension): { try concatenate($0, along: dimension) }
        case .reverse(let dimensions): { [.whole(try $0.cotangent.reversed(dimensions))] }
        case .dynamicSlice: dynamicSlice
        case .dynamicUpdateSlice: dynamicUpdateSlice
        case .takeRows: takeRows
        case .addRows: addRows
        case .optimizationBarrier: { [.whole($0.cotangent)] }
        case .detach: { _ in [nil] }
        case .countedLoop:
            throw ProgramError(
                "while", "a loop has no gradient; use the unrolled form, which repeats the body, for training"
            )
        case .customCall(let call): try customCall(call)
        }
    }

    /// A call that names its gradient's call, which sees the same operands and hands back a cotangent for each.
    private static func customCall(_ call: CustomCall) throws -> Rule {
        guard let target = call.gradientTarget else {
            throw ProgramError(
                "custom_call",
                "\(call.target) has no gradient; use the form made of plain operations for training")
        }
        return { step in
            try step.builder.call(
                CustomCall(target: target, configuration: call.configuration),
                step.operands + [step.cotangent], results: step.operands.map(\.type)
            ).map { .whole($0) }
        }
    }
}
