import DiffusionModels
import NeuralNetworks
import Painter
import Samplers
import Tensors
import Training

/// What the built-in model is made of and learns from. Everything here goes into the training record.
struct HanjiRecipe {
    /// Height and width of a picture in pixels.
    var pictureSize = 128
    /// The seed of everything random in training.
    let seed: UInt64 = 20_251_121
    /// The pictures that are trained on: numbers of painted scenes.
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
    let unet = {
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
    let textEncoder = {
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

    /// A painted picture as the model sees it: pixels in -1…1.
    static func pixels(ofPicture number: Int, size: Int) throws -> [Float] {
        try Scene(seed: UInt64(number)).paint(size: size).pixels.map { Float($0) / 127.5 - 1 }
    }

    /// A square out of a painted picture, its place decided by the picture's number.
    static func pixels(ofPicture number: Int, size: Int, crop: Int) throws -> [Float] {
        guard crop < size else { return try pixels(ofPicture: number, size: size) }
        let painting = try Scene(seed: UInt64(number)).paint(size: size)
        let places = UInt64(size - crop + 1)
        let scattered = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
        let (left, top) = (Int((scattered >> 40) % places), Int((scattered >> 16) % places))
        var pixels: [Float] = []
        pixels.reserveCapacity(crop * crop * 3)
        for row in top..<top + crop {
            let start = (row * size + left) * 3
            for byte in painting.pixels[start..<start + crop * 3] { pixels.append(Float(byte) / 127.5 - 1) }
        }
        return pixels
    }

    /// A caption of a picture, in Korean or English, one of many.
    static func caption(ofPicture number: Int, variation: UInt64) -> String {
        let language: CaptionLanguage = variation & 1 == 0 ? .korean : .english
        return Scene(seed: UInt64(number)).caption(language: language, seed: variation >> 1)
    }
}
