import DiffusionModels
import NeuralNetworks
import Painter
import Samplers
import Tensors
import Training

/// What the built-in model is made of and learns from. Everything here goes into the training record.
///
/// As it stands it is the recipe `hanji`; `HanjiRecipe+Editions.swift` has the others.
struct HanjiRecipe {
    /// What a run's folder and a training record call it.
    var name = "hanji"
    /// The painter's edition whose pictures are learned from.
    var edition = PainterEdition.first
    /// Height and width of a picture in pixels.
    var pictureSize = 128
    /// The seed of everything random in training.
    let seed: UInt64 = 20_251_121
    /// The pictures that are trained on: numbers of the edition's pictures.
    let trainingPictures = 0..<1_000_000
    /// Pictures that are never trained on, to measure with.
    let unseenPictures = 10_000_000..<10_001_000
    /// Captions the tokenizer's vocabulary is made from.
    var tokenizerCaptions = 60_000
    /// Entries of the tokenizer's vocabulary.
    var vocabularySize = 2048

    /// 16 × 16 pixels become one place of the latent, 24 numbers deep.
    ///
    /// Few places keep the UNet fast on processors; thin layers at full size keep the autoencoder fast.
    var autoencoder = {
        var configuration = AutoencoderConfiguration()
        configuration.latentChannels = 24
        configuration.blockChannels = [32, 48, 64, 96, 96]
        configuration.layersPerBlock = 1
        configuration.normGroups = 8
        configuration.scalingFactor = 1
        return configuration
    }()

    /// Two levels that both attend, and the pooled text added to the timestep.
    var unet = {
        var configuration = UNetConfiguration()
        configuration.inputChannels = 24
        configuration.outputChannels = 24
        configuration.sampleSize = 8
        configuration.blockChannels = [144, 224]
        configuration.downAttention = [true, true]
        configuration.upAttention = [true, true]
        configuration.layersPerBlock = [1, 1]
        configuration.transformerLayers = [1, 1]
        configuration.heads = [3, 7]
        configuration.crossAttentionWidth = 192
        configuration.normGroups = 16
        configuration.usesLinearProjection = true
        configuration.pooledTextHeads = 4
        return configuration
    }()

    /// Three layers over 48 tokens.
    var textEncoder = {
        var configuration = TextEncoderConfiguration()
        configuration.vocabularySize = 2048
        configuration.maximumTokens = 48
        configuration.width = 192
        configuration.hiddenWidth = 768
        configuration.layers = 3
        configuration.heads = 4
        configuration.activation = .gelu
        return configuration
    }()

    /// The velocity of latents whose last timestep is all noise.
    ///
    /// Source: Lin et al., "Common Diffusion Noise Schedules and Sample Steps are Flawed", 2024.
    let scheduler = {
        var configuration = SchedulerConfiguration()
        configuration.solver = .dpmSolverPlusPlus
        configuration.betaStart = 0.00085
        configuration.betaEnd = 0.012
        configuration.betaSchedule = .scaledLinear
        configuration.rescalesToZeroTerminalSNR = true
        configuration.predictionType = .velocity
        configuration.timestepSpacing = .trailing
        return configuration
    }()

    /// `[height, width, channels]` of a latent.
    var latentShape: Shape {
        let side = pictureSize / autoencoder.downsamplingFactor
        return [side, side, autoencoder.latentChannels]
    }
}
