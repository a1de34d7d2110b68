import ArgumentParser
import Bars
import DiffusionModels
import NeuralNetworks
import PJRT
import Samplers
import StableHLO
import Tensors

/// A UNet's answer to one batch.
struct UNetWorker: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unet")

    @Option var folder: String
    @Option var batch = 2
    @Option var size = 64
    @Option var tokens = 77

    func run() throws {
        let device = try Device(cache: BenchFolders.cache)
        let configuration = try UNetConfiguration(ConfigurationFields(file: "\(folder)/config.json"))
        let store = try WeightStore(folder: folder)
        let builder = FunctionBuilder()
        let graph = ModelGraph(builder: builder, policy: device.policy)
        let latent = TensorType(.f32, [batch, size, size, configuration.inputChannels])
        let context = TensorType(.f32, [batch, tokens, configuration.crossAttentionWidth])
        let result = try UNet(configuration)(
            builder.argument("latent", latent),
            timesteps: builder.argument("timesteps", TensorType(.f32, [batch])),
            context: builder.argument("context", context), in: graph.root)
        let executable = try device.compiler.compile(graph.finish(returning: [result]))
        let weights = try graph.parameters.map {
            try device.client.buffer(from: store.tensor(for: $0, as: .f32), transfer: .sharing)
        }
        func random(_ type: TensorType, seed: UInt64) throws -> Buffer {
            let numbers = NoiseGenerator(seed: seed).normals(count: type.shape.elementCount)
            return try device.client.buffer(from: HostTensor(numbers, shape: type.shape))
        }
        let inputs = try [
            random(latent, seed: 1),
            device.client.buffer(from: HostTensor(repeating: Float(500), shape: [batch])),
            random(context, seed: 2),
        ]
        func step() throws {
            _ = try executable.execute(inputs + weights)[0].waitForHostTensor()
        }
        try step()
        try Turns.take { try Turns.seconds(step) }
    }
}
