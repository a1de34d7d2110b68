import Tensors

// What passes over all parameters in every step: one pass each, where plain operations take several.

extension KernelLowering {
    /// The name of the call for a step of AdamW.
    public static let adamWCall = "ondol.adamw"
    /// The name of the call for the sum of all operands' squares.
    public static let sumOfSquaresCall = "ondol.sum_of_squares"

    /// The sum of the squares of all elements of all values, `[] f32`; nil where one of them is not `f32`.
    public func sumOfSquares(_ values: [Value]) throws -> Value? {
        guard let builder = values.first?.builder, values.allSatisfy({ $0.elementType == .f32 }) else {
            return nil
        }
        return try builder.call(
            CustomCall(target: Self.sumOfSquaresCall), values, results: [TensorType(.f32, .scalar)])[0]
    }

    /// What a step of AdamW needs to know when the program is built.
    public struct AdamWSettings: Sendable, Hashable {
        /// How slowly the means of gradients, and of their squares, forget.
        public var firstDecay, secondDecay: Double
        /// What keeps the step from dividing by zero.
        public var epsilon: Double
        /// How much a weight shrinks, as a part of the learning rate.
        public var weightDecay: Double
        /// What the learning rate is multiplied with.
        public var rateFactor: Double

        /// Names every number.
        public init(
            firstDecay: Double, secondDecay: Double, epsilon: Double, weightDecay: Double, rateFactor: Double
        ) {
            self.firstDecay = firstDecay
            self.secondDecay = secondDecay
            self.epsilon = epsilon
            self.weightDecay = weightDecay
            self.rateFactor = rateFactor
        }
    }

    /// One step of AdamW and of the average that follows, in the operands' memory; nil where they are not `f32`.
    /// - Parameters:
    ///   - state: the parameter, the means of its gradients and of their squares, and its average, of one type.
    ///   - gradient: of the same type.
    ///   - gradientFactor: what the gradient is multiplied with, `[]`.
    ///   - controls: `[4]`: learning rate, corrections of the first and the second mean, decay of the average.
    /// - Returns: the state after the step.
    public func adamW(
        _ state: [Value], gradient: Value, gradientFactor: Value, controls: Value, _ settings: AdamWSettings
    ) throws -> [Value]? {
        guard state.count == 4, (state + [gradient]).allSatisfy({ $0.type == state[0].type }),
            state[0].elementType == .f32, gradientFactor.type == TensorType(.f32, .scalar),
            controls.type == TensorType(.f32, [4])
        else { return nil }
        let numbers = [
            ("first_decay", settings.firstDecay), ("second_decay", settings.secondDecay),
            ("epsilon", settings.epsilon), ("weight_decay", settings.weightDecay),
            ("rate_factor", settings.rateFactor),
        ].map { "\($0) = \(Literal.splat($1).text(as: .f64)) : f64" }
        let call = CustomCall(
            target: Self.adamWCall, configuration: "{\(numbers.joined(separator: ", "))}",
            resultAliases: [0: 0, 1: 1, 2: 2, 3: 3])
        return try gradient.builder.call(
            call, state + [gradient, gradientFactor, controls], results: state.map(\.type))
    }
}
