import ProgramRunning
import StableHLO
import Tensors
import Testing

@testable import Training

/// The optimizer against `torch.optim.AdamW`, as plain operations and as a kernel; see ``TrainingCase``.
@Suite(.enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"))
struct AdamWTests {
    @Test(
        "eight steps with growing rates and shrinking gradients are PyTorch's",
        arguments: ["matrix", "vector"], ProgramRunner.kernelChoices)
    func numbers(name: String, kernels: KernelLowering?) throws {
        let reference = try TrainingCase("adamw")
        let settings = try reference.settings()
        var optimizer = AdamW()
        optimizer.firstDecay = settings.betas[0]
        optimizer.secondDecay = settings.betas[1]
        optimizer.epsilon = settings.eps
        optimizer.weightDecay = settings.weightDecay
        let start = try reference.tensor("before/\(name)")
        let program = try step(optimizer, type: start.type, decays: name == "matrix", kernels: kernels)
        let zeros = HostTensor(repeating: Float(0), shape: start.shape)
        var slot = [start, zeros, zeros, start]
        for (index, rate) in try reference.rates().enumerated() {
            let controls = optimizer.controls(step: index, learningRate: rate, averageDecay: 0.5).tensor
            slot = try program([controls, reference.tensor("gradient/\(index)/\(name)")] + slot)
            let error = try distance(slot[0], reference.tensor("after/\(index)/\(name)"))
            #expect(error < 1e-6, "step \(index)")
        }
    }

    @Test("averages follow: half of the way at a decay of a half")
    func averages() throws {
        let type = TensorType(.f32, [3])
        let program = try step(AdamW(), type: type, decays: false)
        let values: [Float] = [1, -2, 0.5]
        let (weights, average) = (
            HostTensor(values, shape: [3]), HostTensor([Float](repeating: 0, count: 3), shape: [3])
        )
        let controls = HostTensor([Float(0), 1, 1, 0.5], shape: [4])
        let after = try program([controls, average, weights, average, average, average])
        #expect(after[3].elements(as: Float.self) == values.map { $0 / 2 })
    }

    @Test("early averages forget faster than late ones")
    func averageDecay() {
        let decays = [0, 1, 89, 100_000].map {
            AdamW().controls(step: $0, learningRate: 1, averageDecay: 0.9995).averageDecay
        }
        let expected: [Double] = [2.0 / 11, 0.25, 0.91, 0.9995]
        #expect(decays == expected)
    }

    /// One step as a program: controls, gradient, weights, moments and average in; the last four out.
    private func step(
        _ optimizer: AdamW, type: TensorType, decays: Bool, kernels: KernelLowering? = nil
    ) throws -> CompiledProgram {
        let builder = FunctionBuilder()
        let controls = builder.argument("controls", TensorType(.f32, [AdamW.Controls.count]))
        let arguments = ["gradient", "weights", "first", "second", "average"].map {
            builder.argument($0, type)
        }
        let slot = AdamW.Slot(
            parameter: arguments[1], first: arguments[2], second: arguments[3], average: arguments[4])
        let after = try optimizer.update(
            slot, gradient: arguments[0], gradientFactor: builder.constant(1, TensorType(.f32, .scalar)),
            controls: controls, decays: decays, rateFactor: 1, kernels: kernels)
        return try ProgramRunner.compile(
            builder.finish(returning: [after.parameter, after.first, after.second, after.average]))
    }
}
