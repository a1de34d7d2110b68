import Autodiff
import DiffusionModels
import NeuralNetworks
import ProgramRunning
import StableHLO
import Tensors
import Testing

@testable import Training

/// Losses, gradients and whole steps of tiny diffusion models against PyTorch; see ``TrainingCase``.
@Suite(.enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"))
struct TrainingStepParityTests {
    @Test("loss and the gradients of all parameters are PyTorch's", arguments: ["pooled", "plain"])
    func gradients(name: String) throws {
        let reference = try TrainingCase(name)
        let objective = try objective(reference)
        let builder = FunctionBuilder()
        let inputs = objective.inputs.map { builder.argument($0.name, $0.type) }
        let graph = ModelGraph(builder: builder, policy: .reference)
        let loss = try objective.loss(inputs, in: graph).total
        let gradients = try builder.gradients(of: loss, withRespectTo: graph.parameterValues)
        let program = try ProgramRunner.compile(builder.finish(returning: [loss] + gradients))
        let weights = try graph.parameters.map { try reference.tensor("before", $0) }
        let results = try program(batch(reference) + weights)

        #expect(try distance(results[0].reshaped(to: [1]), reference.tensor("loss")) < 1e-5)
        // A key's bias shifts a whole row of scores, which changes nothing: its gradient is rounding alone.
        let floor = try 1e-3 * graph.parameters.map { largest(try reference.tensor("gradient", $0)) }.max()!
        for (parameter, gradient) in zip(graph.parameters, results.dropFirst()) {
            let error = try distance(gradient, reference.tensor("gradient", parameter), scale: floor)
            #expect(error < 1e-4, "\(parameter.name)")
        }
    }

    @Test("three steps with clipping, decay and a slower text encoder end at PyTorch's weights and averages")
    func steps() throws {
        let reference = try TrainingCase("pooled")
        let settings = try reference.settings()
        var optimizer = AdamW()
        optimizer.firstDecay = settings.betas[0]
        optimizer.secondDecay = settings.betas[1]
        optimizer.epsilon = settings.eps
        optimizer.weightDecay = settings.weightDecay
        optimizer.largestGradientNorm = try #require(settings.norm)
        let program = try TrainingProgram(
            objective: objective(reference), optimizer: optimizer, policy: .reference)
        let compiled = try ProgramRunner.compile(program.function)
        let weights = try program.parameters.map { try reference.tensor("before", $0) }
        let zeros = weights.map { HostTensor(repeating: Float(0), shape: $0.shape) }
        var state = weights + zeros + zeros + weights
        let batch = try batch(reference)
        for step in 0..<(try #require(settings.steps)) {
            let controls = optimizer.controls(
                step: step, learningRate: settings.lr, averageDecay: try #require(settings.average))
            let results = try compiled(batch + [controls.tensor] + state)
            if step == 0 {
                let report = results[0].elements(as: Float.self)
                let norm = try reference.tensor("norm").elements(as: Float.self)[0]
                #expect(norm > Float(optimizer.largestGradientNorm), "the case must clip")
                #expect(abs(report.last! / norm - 1) < 1e-5)
            }
            state = Array(results.dropFirst())
        }
        let count = program.parameters.count
        // Where a gradient is rounding alone, so is the step that Adam makes of it.
        for (index, parameter) in program.parameters.enumerated()
        where !parameter.name.hasSuffix("k_proj.bias") {
            let (after, average) = (state[index], state[3 * count + index])
            #expect(try distance(after, reference.tensor("after", parameter)) < 1e-4, "\(parameter.name)")
            #expect(try distance(average, reference.tensor("average", parameter)) < 1e-4, "\(parameter.name)")
        }
    }

    private func objective(_ reference: TrainingCase) throws -> DiffusionObjective {
        let (unet, textEncoder) = try reference.networks()
        return DiffusionObjective(
            unet: unet, textEncoder: textEncoder, batchSize: 2, latentSize: 8,
            textRateFactor: try reference.settings().textRate ?? 1)
    }

    private func batch(_ reference: TrainingCase) throws -> [HostTensor] {
        let tokens = try reference.tensor("input/tokens")
        return [
            try reference.picture("input/noisy"), try reference.tensor("input/timesteps"),
            HostTensor(tokens.elements(as: Int64.self).map { Int32($0) }, shape: tokens.shape),
            try reference.picture("input/target"), try reference.tensor("input/weights"),
        ]
    }
}
