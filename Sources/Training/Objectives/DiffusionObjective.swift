import DiffusionModels
import NeuralNetworks
import StableHLO
import Tensors

/// Teaches a UNet and its text encoder to predict the velocity, or the noise, of noisy latents, as the batch has it.
///
/// Source: Salimans and Ho, "Progressive Distillation", 2022 (velocity); Hang et al., "Efficient Diffusion
/// Training via Min-SNR Weighting Strategy", 2023 (weights, which come in with the batch).
public struct DiffusionObjective: Objective {
    /// The prefix of the UNet's parameters in a training run.
    public static let unetPrefix = "unet"
    /// The prefix of the text encoder's parameters in a training run.
    public static let textEncoderPrefix = "text_encoder"

    /// The network that predicts.
    public let unet: UNet
    /// The network that reads captions.
    public let textEncoder: TextEncoder
    /// Pictures in a batch.
    public let batchSize: Int
    /// Height and width of a latent.
    public let latentSize: Int
    /// What the text encoder's learning rate is multiplied with; at the full rate it forgets faster than it learns.
    public let textRateFactor: Double

    /// Describes the objective.
    public init(
        unet: UNet, textEncoder: TextEncoder, batchSize: Int, latentSize: Int, textRateFactor: Double = 0.4
    ) {
        self.unet = unet
        self.textEncoder = textEncoder
        self.batchSize = batchSize
        self.latentSize = latentSize
        self.textRateFactor = textRateFactor
    }

    /// Noisy latents, timesteps, captions, what is to be predicted, and each row's weight.
    public var inputs: [(name: String, type: TensorType)] {
        let latent = TensorType(
            .f32, [batchSize, latentSize, latentSize, unet.configuration.inputChannels])
        let perRow = TensorType(.f32, [batchSize])
        return [
            ("noisy", latent), ("timesteps", perRow),
            ("tokens", TensorType(.i32, [batchSize, textEncoder.configuration.maximumTokens])),
            ("target", latent), ("weights", perRow),
        ]
    }

    /// The weighted mean squared error; reported beside it, unweighted.
    public func loss(_ inputs: [Value], in graph: ModelGraph) throws -> Loss {
        let context = try textEncoder(inputs[2], in: graph.root[Self.textEncoderPrefix])
        let predicted = try unet(
            inputs[0], timesteps: inputs[1], context: context, in: graph.root[Self.unetPrefix])
        let difference = try predicted - inputs[3]
        let perRow = try (difference * difference).mean(over: [1, 2, 3])
        return Loss(
            total: try (perRow * inputs[4]).mean(over: [0]),
            reported: [("error", try perRow.mean(over: [0]))])
    }

    /// The text encoder learns more slowly than the UNet.
    public func rateFactor(of parameter: String) -> Double {
        parameter.hasPrefix(Self.textEncoderPrefix + ".") ? textRateFactor : 1
    }
}
