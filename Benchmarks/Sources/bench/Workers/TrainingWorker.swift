import ArgumentParser
import Bars
import DiffusionModels
import Foundation
import Kernels
import NeuralNetworks
import PJRT
import Samplers
import StableHLO
import Tensors
import Training

/// Training steps of a model's UNet, with everything a real run does in a step.
struct TrainingWorker: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "training")

    @Option var folder: String
    @Option var batch = 16
    @Option var size: Int
    @Option var tokens = 77

    func run() throws {
        let device = try Device(cache: BenchFolders.cache)
        let unet = UNet(try UNetConfiguration(ConfigurationFields(file: "\(folder)/config.json")))
        let objective = UNetObjective(unet: unet, batchSize: batch, latentSize: size, tokens: tokens)
        let checkpoints = FileManager.default.temporaryDirectory.path + "/ondol-bench-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: checkpoints) }
        try FileManager.default.createDirectory(atPath: checkpoints, withIntermediateDirectories: true)
        let initializer = ParameterInitializer(seed: 1)
        let hasKernels = try ProcessorKernels.register(on: device.client.plugin)
        let run = try TrainingRun(
            objective: objective, source: RepeatedBatch(objective),
            settings: TrainingSettings(
                schedule: .init(peak: 1e-4, warmupSteps: 0, totalSteps: 1_000_000, decaySteps: 0)),
            policy: .training(on: device.client.plugin.kind, hasKernels: hasKernels),
            client: device.client, compiler: device.compiler, folder: checkpoints,
            objectiveText: "bench", batchSize: batch, weights: initializer.tensor)
        // The run calls back after every step; the first two only warm up.
        var (steps, hasEnded) = (0, false)
        try run.run(shouldStop: { hasEnded }) { event in
            guard case .step(let report) = event else { return }
            steps += 1
            if steps == 2 { Turns.say(["ready": "ondol"]) }
            if steps > 2 { Turns.say(["seconds": report.duration / .seconds(1)]) }
            if steps >= 2 { hasEnded = readLine() == nil }
        }
    }
}

/// The mean squared error of what a UNet predicts: the objective that the peer trains on too.
struct UNetObjective: Objective {
    let unet: UNet
    let batchSize: Int
    let latentSize: Int
    let tokens: Int

    var inputs: [(name: String, type: TensorType)] {
        let configuration = unet.configuration
        let latent = TensorType(.f32, [batchSize, latentSize, latentSize, configuration.inputChannels])
        return [
            ("noisy", latent), ("timesteps", TensorType(.f32, [batchSize])),
            ("context", TensorType(.f32, [batchSize, tokens, configuration.crossAttentionWidth])),
            ("target", latent),
        ]
    }

    func loss(_ inputs: [Value], in graph: ModelGraph) throws -> Loss {
        let difference =
            try unet(inputs[0], timesteps: inputs[1], context: inputs[2], in: graph.root) - inputs[3]
        return Loss(total: try (difference * difference).mean(over: [0, 1, 2, 3]))
    }
}

/// The same random batch again and again.
struct RepeatedBatch: BatchSource {
    private let tensors: [HostTensor]

    init(_ objective: UNetObjective) {
        tensors = objective.inputs.enumerated().map { number, input in
            let count = input.type.shape.elementCount
            let normals = NoiseGenerator(seed: UInt64(number)).normals(count: count)
            let isTimestep = input.name == "timesteps"
            return HostTensor(
                isTimestep ? normals.indices.map { Float($0 * 997 % 1000) } : normals, shape: input.type.shape
            )
        }
    }

    func batch(step: Int) -> [HostTensor] { tensors }
}
