import StableHLO
import Tensors

/// Adam with decoupled weight decay, emitted into the training step's program.
///
/// Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019, algorithm 2.
public struct AdamW: Sendable, Hashable, Codable {
    /// How slowly the mean of gradients forgets.
    public var firstDecay = 0.9
    /// How slowly the mean of their squares forgets.
    public var secondDecay = 0.99
    /// What keeps the step from dividing by zero.
    public var epsilon = 1e-8
    /// How much a weight shrinks in a step, as a part of the learning rate. Vectors do not shrink.
    public var weightDecay = 0.01
    /// The largest length of all gradients together; longer ones are scaled down.
    public var largestGradientNorm = 1.0

    /// The usual numbers.
    public init() {}

    /// Numbers of one step that the host computes.
    struct Controls: Sendable {
        static let count = 4
        var learningRate: Double
        var firstCorrection: Double
        var secondCorrection: Double
        var averageDecay: Double

        /// `[4] f32`.
        var tensor: HostTensor {
            HostTensor(
                [learningRate, firstCorrection, secondCorrection, averageDecay].map(Float.init),
                shape: [Self.count])
        }
    }

    /// The controls of a step, counted from 0.
    /// - Parameter averageDecay: how slowly the averaged weights follow once training is under way.
    func controls(step: Int, learningRate: Double, averageDecay: Double) -> Controls {
        let count = Double(step + 1)
        return Controls(
            learningRate: learningRate,
            firstCorrection: 1 / (1 - power(firstDecay, step + 1)),
            secondCorrection: 1 / (1 - power(secondDecay, step + 1)),
            // Early averages must not remember the random start. Source: TensorFlow's ExponentialMovingAverage.
            averageDecay: min(averageDecay, (1 + count) / (10 + count)))
    }

    /// `base` to the power of a positive whole number, by squaring, so that no C library's rounding enters.
    private func power(_ base: Double, _ exponent: Int) -> Double {
        var (result, factor, rest) = (1.0, base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= factor }
            factor *= factor
            rest >>= 1
        }
        return result
    }

    /// One parameter's values before or after a step.
    struct Slot {
        var parameter: Value
        var first: Value
        var second: Value
        var average: Value
    }

    /// Emits one step of one parameter.
    /// - Parameters:
    ///   - gradientFactor: `[] f32`, what the gradient is multiplied with to keep to ``largestGradientNorm``.
    ///   - controls: `[4] f32`, see ``Controls``.
    ///   - rateFactor: what this parameter's learning rate is multiplied with.
    ///   - kernels: what works the step off in one pass, where there is such.
    func update(
        _ slot: Slot, gradient: Value, gradientFactor: Value, controls: Value, decays: Bool,
        rateFactor: Double, kernels: KernelLowering? = nil
    ) throws -> Slot {
        let settings = KernelLowering.AdamWSettings(
            firstDecay: firstDecay, secondDecay: secondDecay, epsilon: epsilon,
            weightDecay: decays ? weightDecay : 0, rateFactor: rateFactor)
        if let after = try kernels?.adamW(
            [slot.parameter, slot.first, slot.second, slot.average], gradient: gradient,
            gradientFactor: gradientFactor, controls: controls, settings)
        {
            return Slot(parameter: after[0], first: after[1], second: after[2], average: after[3])
        }
        let shape = slot.parameter.shape
        func control(_ index: Int) throws -> Value {
            try controls.sliced(0, index..<index + 1).reshaped(to: .scalar).broadcast(to: shape, along: [])
        }
        let gradient = try gradient * gradientFactor.broadcast(to: shape, along: [])
        let rate = try control(0) * rateFactor
        let first = try slot.first * firstDecay + gradient * (1 - firstDecay)
        let second = try slot.second * secondDecay + gradient * gradient * (1 - secondDecay)
        var direction = try first * control(1) / ((second * control(2)).squareRoot() + epsilon)
        if decays { direction = try direction + slot.parameter * weightDecay }
        let parameter = try slot.parameter - rate * direction
        let keep = try control(3)
        let average = try parameter + (slot.average - parameter) * keep
        return Slot(parameter: parameter, first: first, second: second, average: average)
    }
}
