import DiffusionModels
import NeuralNetworks
import PJRT
import ProgramRunning
import Samplers
import StableHLO
import Tensors

@testable import Training

/// The smallest networks that have every part, and what they learn from.
enum TinyNetworks {
    /// One level of eight channels that attends to texts of width 8.
    static let unet = unet(channels: 8)

    /// One level that attends to texts of width 8.
    static func unet(channels: Int) -> UNet {
        var configuration = UNetConfiguration()
        configuration.sampleSize = 4
        configuration.blockChannels = [channels]
        configuration.downAttention = [true]
        configuration.upAttention = [false]
        configuration.middleAttention = nil
        configuration.layersPerBlock = [1]
        configuration.transformerLayers = [1]
        configuration.heads = [2]
        configuration.crossAttentionWidth = 8
        configuration.normGroups = 2
        configuration.usesLinearProjection = true
        configuration.pooledTextHeads = 2
        return UNet(configuration)
    }

    /// One layer over six tokens.
    static let textEncoder: TextEncoder = {
        var configuration = TextEncoderConfiguration()
        configuration.vocabularySize = 16
        configuration.maximumTokens = 6
        configuration.width = 8
        configuration.hiddenWidth = 16
        configuration.layers = 1
        configuration.heads = 2
        return TextEncoder(configuration)
    }()

    /// Pictures of 8 × 8 through latents of 4 × 4.
    static let autoencoder: Autoencoder = {
        var configuration = AutoencoderConfiguration()
        configuration.blockChannels = [4, 8]
        configuration.layersPerBlock = 1
        configuration.normGroups = 2
        configuration.middleAttends = false
        return Autoencoder(configuration)
    }()

    static func diffusion(batchSize: Int, channels: Int = 8) -> DiffusionObjective {
        DiffusionObjective(
            unet: unet(channels: channels), textEncoder: textEncoder, batchSize: batchSize, latentSize: 4)
    }

    /// Latents of four kinds in turn: the left, the right, the upper and the lower half is 1, the rest -1.
    static func latents(count: Int) -> Latents {
        let values = (0..<count).flatMap { picture in
            (0..<16).flatMap { place in
                let (row, column) = (place / 4, place % 4)
                let isBright = [column < 2, column >= 2, row < 2, row >= 2][picture % 4]
                return [Float16](repeating: isBright ? 1 : -1, count: 4)
            }
        }
        return Latents(values: values, shape: [4, 4, 4], count: count)
    }

    /// Batches of those latents, each with its kind as caption.
    static func source(
        batchSize: Int, captionDropout: Double = 0.1, captionOffset: Int = 0, seed: UInt64 = 5
    ) throws -> DiffusionBatchSource {
        try DiffusionBatchSource(
            latents: latents(count: 64), pictures: 0..<64, scaling: (0, 1), schedule: schedule(),
            captions: { picture, _ in [14, Int32(picture % 4), 15, 15, 15, 15] },
            emptyCaption: [14, 15, 15, 15, 15, 15], captionDropout: captionDropout, batchSize: batchSize,
            seed: seed, captionOffset: captionOffset)
    }

    static func schedule() throws -> NoiseSchedule {
        var configuration = SchedulerConfiguration()
        configuration.betaSchedule = .scaledLinear
        configuration.betaStart = 0.00085
        configuration.betaEnd = 0.012
        configuration.rescalesToZeroTerminalSNR = true
        return try NoiseSchedule(configuration)
    }
}

/// The least there is to learn: a line through points, so that a step compiles at once.
struct LineObjective: Objective {
    /// Makes the gradient no number while the loss still is one.
    var isSteepAtStart = false

    var inputs: [(name: String, type: TensorType)] {
        [("x", TensorType(.f32, [4, 3])), ("y", TensorType(.f32, [4, 2]))]
    }

    func loss(_ inputs: [Value], in graph: ModelGraph) throws -> Loss {
        if isSteepAtStart {
            let weight = try graph.root.parameter("weight", [4, 3], initialization: .zeros)
            let product = try weight * inputs[0]
            return Loss(total: try (product * product).sum(over: [0, 1]).squareRoot())
        }
        let difference = try graph.root["line"].linear(inputs[0], features: 2) - inputs[1]
        return Loss(total: try (difference * difference).mean(over: [0, 1]))
    }
}

/// Points on a line; in one step, where asked for, something that is no number.
struct PointSource: BatchSource {
    var brokenStep = -1

    func batch(step: Int) throws -> [HostTensor] {
        let x = NoiseGenerator(seed: UInt64(step)).normals(count: 12)
        var y: [Float] = []
        for row in 0..<4 {
            y.append(x[3 * row] - 2 * x[3 * row + 1])
            y.append(step == brokenStep ? Float.nan : x[3 * row + 2] + 1)
        }
        return [HostTensor(x, shape: [4, 3]), HostTensor(y, shape: [4, 2])]
    }
}

/// Makes runs with the tests' usual settings.
func makeRun<Goal: Objective, Source: BatchSource>(
    _ objective: Goal, _ source: Source, steps: Int, rate: Double = 0.01, folder: String,
    text: String = "a test",
    batchSize: Int = 4, compiler: ProgramCompiler? = nil, adapters: [String: ModelGraph.AdapterShape] = [:],
    policy: ComputePolicy = .reference,
    training isTrained: (ParameterSpecification) -> Bool = { _ in true }
) throws -> TrainingRun<Goal, Source> {
    let compiler = try compiler ?? ProgramRunner.compiler()
    var settings = TrainingSettings(
        schedule: .init(peak: rate, warmupSteps: 2, totalSteps: steps, decaySteps: steps / 4))
    settings.averageDecay = 0.9
    settings.checkpointSeconds = 1e9
    return try TrainingRun(
        objective: objective, source: source, settings: settings, policy: policy,
        client: compiler.client, compiler: compiler, folder: folder, objectiveText: text,
        batchSize: batchSize, adapters: adapters, training: isTrained,
        weights: ParameterInitializer(seed: 3).tensor)
}
