import DiffusionModels
import NeuralNetworks
import Tensors
import Training

/// What a run of the autoencoder starts from, and what of it learns.
///
/// First the whole of it learns. Afterwards the decoder can learn on alone: whatever made latents stays as it is bit
/// for bit, so that those on disk, and the UNet that learned from them, stay right.
struct AutoencoderStage {
    /// The schedule that suits the stage.
    struct Defaults {
        let steps: Int
        let decaySteps: Int
        let learningRate: Double
    }

    let recipe: HanjiRecipe
    /// The stage's own folder.
    let folder: String
    /// What the stage is known by: its checkpoints are resumed under the same text only.
    let objectiveText: String
    /// The seed of everything random in the stage.
    let seed: UInt64
    /// How much more pixels beside lines weigh.
    var lineWeight: Double
    /// How much each picture's error in decibels weighs in.
    var ratioWeight: Double
    let defaults: Defaults
    let isTrained: (ParameterSpecification) -> Bool
    /// Where every parameter starts, as it lies on the device.
    let weights: (ParameterSpecification) throws -> HostTensor

    /// The whole autoencoder, from random weights.
    /// - Parameter run: the folder of the run.
    static func whole(_ recipe: HanjiRecipe, run: String) -> AutoencoderStage {
        AutoencoderStage(
            recipe: recipe, folder: "\(run)/autoencoder",
            objectiveText:
                "autoencoder \(recipe.autoencoder.blockChannels) \(recipe.autoencoder.latentChannels)",
            seed: recipe.seed, lineWeight: 0, ratioWeight: 0,
            defaults: Defaults(steps: 20_000, decaySteps: 4000, learningRate: 1e-3),
            isTrained: { _ in true }, weights: ParameterInitializer(seed: recipe.seed).tensor)
    }

    /// The decoder alone, from the averaged weights of the run's autoencoder.
    /// - Throws: ``CommandError`` where the run has none.
    static func decoder(_ recipe: HanjiRecipe, run: String) throws -> AutoencoderStage {
        let autoencoder = try TrainedAutoencoder(run: run, withPolishedDecoder: false)
        return AutoencoderStage(
            recipe: recipe, folder: decoderFolder(run: run),
            objectiveText: decoderText(autoencoder: autoencoder.digest),
            // Other pictures than the autoencoder began with.
            seed: recipe.seed ^ 2, lineWeight: 1, ratioWeight: 0.05,
            defaults: Defaults(steps: 4000, decaySteps: 3000, learningRate: 4e-4),
            isTrained: { $0.name.hasPrefix("decoder.") },
            weights: { parameter in
                guard let tensor = autoencoder.weights[parameter.name],
                    tensor.shape == parameter.deviceShape
                else {
                    throw CommandError(
                        "the autoencoder in \(run) has no \(parameter.name) of \(parameter.deviceShape); was it trained to another recipe?"
                    )
                }
                return tensor
            })
    }

    /// Where the decoder's stage is kept.
    static func decoderFolder(run: String) -> String { "\(run)/decoder" }

    /// What a decoder's stage is known by.
    /// - Parameter autoencoder: the digest of the autoencoder whose latents it decodes.
    static func decoderText(autoencoder: String) -> String { "decoder of autoencoder \(autoencoder)" }

    /// What is made smaller.
    /// - Parameter crop: height and width of the pixels that are trained on.
    func objective(batchSize: Int, crop: Int) -> AutoencoderObjective {
        AutoencoderObjective(
            autoencoder: Autoencoder(recipe.autoencoder), batchSize: batchSize,
            pictureSize: min(crop, recipe.pictureSize), divergenceWeight: 3e-4, lineWeight: lineWeight,
            ratioWeight: ratioWeight)
    }

    /// Batches for the objective.
    func source(for objective: AutoencoderObjective) throws -> PictureBatchSource {
        let crop = objective.pictureSize
        let side = crop / recipe.autoencoder.downsamplingFactor
        return try PictureBatchSource(
            range: recipe.trainingPictures, pictureSize: crop,
            latentShape: [side, side, recipe.autoencoder.latentChannels], batchSize: objective.batchSize,
            seed: seed
        ) { [recipe] in try recipe.pixels(ofPicture: $0, crop: crop) }
    }
}
