import DiffusionModels
import NeuralNetworks
import StableHLO
import Tensors

/// Teaches an autoencoder to give pictures back through small, well-behaved latents.
///
/// The loss is the mean absolute difference of pixels, that of neighbouring pixels' steps at three sizes (so that
/// lines stay lines), and a small pull of the latents towards a normal distribution. Pixels beside lines can weigh
/// more than others: a face is a few of them. The logarithm of each picture's mean squared error, which is what
/// decibels count, can weigh in as well.
public struct AutoencoderObjective: Objective {
    /// The network.
    public let autoencoder: Autoencoder
    /// Pictures in a batch.
    public let batchSize: Int
    /// Height and width of a picture.
    public let pictureSize: Int
    /// The weight of the differences between neighbours.
    public let edgeWeight: Double
    /// The weight of the pull towards a normal distribution.
    public let divergenceWeight: Double
    /// How much more a pixel weighs for each 1 that it differs from a neighbour in the picture; 0 for all alike.
    public let lineWeight: Double
    /// The weight of the mean, over pictures, of the natural logarithm of a picture's mean squared error.
    public let ratioWeight: Double

    /// Describes the objective.
    public init(
        autoencoder: Autoencoder, batchSize: Int, pictureSize: Int, edgeWeight: Double = 0.35,
        divergenceWeight: Double = 1e-4, lineWeight: Double = 0, ratioWeight: Double = 0
    ) {
        self.autoencoder = autoencoder
        self.batchSize = batchSize
        self.pictureSize = pictureSize
        self.edgeWeight = edgeWeight
        self.divergenceWeight = divergenceWeight
        self.lineWeight = lineWeight
        self.ratioWeight = ratioWeight
    }

    /// Pictures in -1…1, and the noise of their latents.
    public var inputs: [(name: String, type: TensorType)] {
        let latentSize = pictureSize / autoencoder.configuration.downsamplingFactor
        return [
            ("pictures", TensorType(.f32, [batchSize, pictureSize, pictureSize, 3])),
            (
                "noise",
                TensorType(
                    .f32, [batchSize, latentSize, latentSize, autoencoder.configuration.latentChannels])
            ),
        ]
    }

    /// The loss; reported beside it: mean squared error of pixels, divergence and the latents' variance.
    public func loss(_ inputs: [Value], in graph: ModelGraph) throws -> Loss {
        let pictures = inputs[0]
        let distribution = try autoencoder.encode(pictures, in: graph.root)
        let deviation = try (distribution.logVariance * 0.5).exponential()
        let restored = try autoencoder.decode(distribution.mean + deviation * inputs[1], in: graph.root)
        let difference = try restored - pictures
        let all = [0, 1, 2, 3]
        let squares = try (distribution.mean * distribution.mean).mean(over: all)
        let divergence =
            try
            (distribution.mean * distribution.mean + distribution.logVariance.exponential()
            - distribution.logVariance - 1).mean(over: all) * 0.5
        let edges = try edgeDifference(difference)
        let pixels = try weighted(difference.absolute(), by: pictures).mean(over: all)
        var total = try pixels + edges * edgeWeight + divergence * divergenceWeight
        if ratioWeight > 0 {
            // A picture given back exactly must not outweigh all others.
            let ratios = try ((difference * difference).mean(over: [1, 2, 3]) + 1e-6).log()
            total = try total + ratios.mean(over: [0]) * ratioWeight
        }
        return Loss(
            total: total,
            reported: [
                ("squared error", try (difference * difference).mean(over: all)), ("divergence", divergence),
                ("latent square", squares),
            ])
    }

    /// How much neighbours differ otherwise than in the picture, at full, half and quarter size.
    ///
    /// Differences and means are linear, so both are taken of the difference of the pictures.
    private func edgeDifference(_ difference: Value) throws -> Value {
        var level = difference
        var sum = try steps(level)
        for _ in 0..<2 {
            level = try halved(level)
            sum = try sum + steps(level)
        }
        return sum
    }

    /// Weighs every pixel's difference by how much the pixel differs from its four neighbours in the picture.
    private func weighted(_ difference: Value, by pictures: Value) throws -> Value {
        guard lineWeight > 0 else { return difference }
        var contrast = try pictures * 0
        for dimension in [1, 2] {
            let size = pictures.shape[dimension]
            let step = try (pictures.sliced(dimension, 1..<size) - pictures.sliced(dimension, 0..<size - 1))
                .absolute()
            var outside = [0, 0, 0, 0]
            outside[dimension] = 1
            contrast =
                try contrast + step.padded(low: outside, high: [0, 0, 0, 0])
                + step.padded(low: [0, 0, 0, 0], high: outside)
        }
        return try difference * (contrast * lineWeight + 1)
    }

    private func steps(_ value: Value) throws -> Value {
        let (height, width) = (value.shape[1], value.shape[2])
        let vertical = try value.sliced(1, 1..<height) - value.sliced(1, 0..<height - 1)
        let horizontal = try value.sliced(2, 1..<width) - value.sliced(2, 0..<width - 1)
        return try vertical.absolute().mean(over: [0, 1, 2, 3])
            + horizontal.absolute().mean(over: [0, 1, 2, 3])
    }

    private func halved(_ value: Value) throws -> Value {
        let (batch, height, width, channels) = (
            value.shape[0], value.shape[1], value.shape[2], value.shape[3]
        )
        return try value.reshaped(to: [batch, height / 2, 2, width / 2, 2, channels]).mean(over: [2, 4])
    }
}
