import Bars
import DiffusionModels
import FoundationEssentials
import NeuralNetworks
import Painter
import Samplers
import StableHLO
import Tensors
import Tokenizers

/// A model folder with random weights: it draws nothing, and takes as long over it as a real one.
struct SyntheticModel {
    var textEncoder = TextEncoderConfiguration()
    var unet = UNetConfiguration()
    var autoencoder = AutoencoderConfiguration()

    /// Stable Diffusion 1.5's sizes, all at their defaults.
    static let stableDiffusion = SyntheticModel()

    /// The smallest model that has every part.
    static let tiny = {
        var model = SyntheticModel()
        model.textEncoder.vocabularySize = 600
        model.textEncoder.maximumTokens = 16
        model.textEncoder.width = 32
        model.textEncoder.hiddenWidth = 64
        model.textEncoder.layers = 1
        model.textEncoder.heads = 2
        model.unet.sampleSize = 16
        model.unet.blockChannels = [32, 64]
        model.unet.downAttention = [true, false]
        model.unet.upAttention = [false, true]
        model.unet.layersPerBlock = [1, 1]
        model.unet.transformerLayers = [1, 1]
        model.unet.heads = [2, 2]
        model.unet.crossAttentionWidth = 32
        model.unet.normGroups = 8
        model.autoencoder.blockChannels = [16, 16, 32, 32]
        model.autoencoder.layersPerBlock = 1
        model.autoencoder.normGroups = 8
        return model
    }()

    /// Writes the folder unless it is there.
    func write(to path: String) throws {
        guard !FileManager.default.fileExists(atPath: "\(path)/model_index.json") else { return }
        note("writing \(path)")
        let writer = try ModelFolderWriter(path: path)
        try writer.write(textEncoder)
        try writer.write(unet)
        try writer.write(autoencoder)
        var scheduler = SchedulerConfiguration()
        scheduler.solver = .ddim
        scheduler.betaStart = 0.00085
        scheduler.betaEnd = 0.012
        scheduler.betaSchedule = .scaledLinear
        try writer.write(schedulerConfiguration: scheduler.json())
        let captions = (0..<200).map { Scene(seed: $0).caption(language: .english, seed: $0) }
        try BytePairTrainer(vocabularySize: 600).train(on: captions)
            .write(toFolder: writer.tokenizerFolder, maximumLength: textEncoder.maximumTokens)
        for component in ModelComponent.allCases {
            let weights = try parameters(of: component).map { ($0, Self.random($0)) }
            try writer.write(weights, of: component, as: .f32)
        }
        try writer.finish()
    }

    /// The parameters of a component, found by building it.
    private func parameters(of component: ModelComponent) throws -> [ParameterSpecification] {
        let builder = FunctionBuilder()
        let scope = ModelGraph(builder: builder, policy: .reference).root
        let tokens = textEncoder.maximumTokens
        let side = autoencoder.downsamplingFactor
        switch component {
        case .textEncoder:
            let ids = builder.argument("tokens", TensorType(.i32, [1, tokens]))
            _ = try TextEncoder(textEncoder)(ids, in: scope)
        case .unet:
            let size = 1 << unet.blockChannels.count
            _ = try UNet(unet)(
                builder.argument("latent", TensorType(.f32, [1, size, size, unet.inputChannels])),
                timesteps: builder.argument("timesteps", TensorType(.f32, [1])),
                context: builder.argument(
                    "context", TensorType(.f32, [1, tokens, unet.crossAttentionWidth])),
                in: scope)
        case .autoencoder:
            let picture = builder.argument("picture", TensorType(.f32, [1, side, side, 3]))
            _ = try Autoencoder(autoencoder).decode(
                Autoencoder(autoencoder).encode(picture, in: scope).mean, in: scope)
        }
        return scope.graph.parameters
    }

    /// Numbers that keep activations of the same size from layer to layer, nowhere zero: a peer may be quicker with
    /// zeros. A short row of them is repeated, since a thousand million would take a minute.
    private static func random(_ specification: ParameterSpecification) -> HostTensor {
        let shape = specification.deviceShape
        guard specification.storedShape.rank > 1 else {
            return HostTensor(
                repeating: specification.initialization == .ones ? Float(1) : 0.01, shape: shape)
        }
        let inputs = specification.storedShape.dimensions.dropFirst().reduce(1, *)
        let scale = 1 / (3 * Float(inputs)).squareRoot()
        let row = NoiseGenerator(seed: UInt64(shape.elementCount)).normals(count: 65_521)
        return HostTensor((0..<shape.elementCount).map { row[$0 % 65_521] * scale }, shape: shape)
    }
}
