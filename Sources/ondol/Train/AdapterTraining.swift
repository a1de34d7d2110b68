import DiffusionModels
import NeuralNetworks
import PJRT
import Samplers
import StableHLO
import Tensors
import Tokenizers
import Training

/// A model whose attention gets low-rank adapters to train; the model itself stays as it is.
struct AdapterTraining {
    let model: ModelFolder
    let rank: Int
    let alpha: Double
    /// The components that get adapters.
    let components: [ModelComponent]
    /// Height and width of a picture in pixels.
    let size: Int

    /// Height and width of a latent.
    var latentSize: Int { size / model.autoencoder.downsamplingFactor }

    /// What is made smaller.
    func objective(batchSize: Int) -> DiffusionObjective {
        DiffusionObjective(
            unet: UNet(model.unet), textEncoder: TextEncoder(model.textEncoder), batchSize: batchSize,
            latentSize: latentSize, textRateFactor: 1)
    }

    /// The adapters by the path of the layer they change, as the objective's graph has it.
    func shapes() throws -> [String: ModelGraph.AdapterShape] {
        let builder = FunctionBuilder()
        let objective = objective(batchSize: 1)
        let graph = ModelGraph(builder: builder, policy: .reference)
        _ = try objective.loss(objective.inputs.map { builder.argument($0.name, $0.type) }, in: graph)
        let layers = components.flatMap {
            AdapterTarget.layers(of: $0, among: graph.parameters, prefix: "\($0.rawValue).")
        }
        guard !layers.isEmpty else {
            throw CommandError("\(model.path) has no attention to adapt; choose another model")
        }
        let shape = ModelGraph.AdapterShape(rank: rank, scale: alpha / Double(rank))
        return Dictionary(layers.map { ($0, shape) }) { $1 }
    }

    /// Whether a parameter belongs to an adapter.
    static func isTrained(_ parameter: ParameterSpecification) -> Bool {
        parameter.name.hasSuffix(".lora_A.weight") || parameter.name.hasSuffix(".lora_B.weight")
    }

    /// Where every parameter starts: the model's own as they are, adapters so that they change nothing yet.
    func weights(seed: UInt64) throws -> (ParameterSpecification) throws -> HostTensor {
        let initializer = ParameterInitializer(seed: seed)
        let stores = try [ModelComponent.unet, .textEncoder].map {
            ("\($0.rawValue).", try model.weights(of: $0))
        }
        return { parameter in
            if Self.isTrained(parameter) { return initializer.tensor(for: parameter) }
            for (prefix, store) in stores where parameter.name.hasPrefix(prefix) {
                let stored = ParameterSpecification(
                    name: String(parameter.name.dropFirst(prefix.count)), storedShape: parameter.storedShape,
                    role: parameter.role, initialization: parameter.initialization)
                return try store.tensor(for: stored, as: .f32)
            }
            throw CommandError("\(model.path) has no weights for \(parameter.name)")
        }
    }

    // MARK: what it learns from

    /// Pictures as latents, one after the other; those of the mirrored pictures follow where `flips`.
    /// - Throws: `CancellationError` where `shouldStop` says so before the last; ``CommandError`` where a picture cannot be read.
    func latents(
        of pictures: CaptionedPictures, flips: Bool, runtime: DeviceRuntime, shouldStop: () -> Bool
    ) throws -> (latents: Latents, digest: String) {
        let network = Autoencoder(model.autoencoder)
        let program = try NetworkProgram(
            inputs: [TensorType(.f32, [1, size, size, 3])], policy: .reference, compiler: runtime.compiler
        ) { inputs, graph in [try network.encode(inputs[0], in: graph.root).mean] }
        let store = try model.weights(of: .autoencoder)
        var weights: NetworkProgram.Weights = [:]
        for parameter in program.parameters {
            weights[parameter.name] = try runtime.client.buffer(from: store.tensor(for: parameter, as: .f32))
        }
        func encode(_ tensor: HostTensor) throws -> [Float16] {
            try program.run([tensor], weights: weights)[0].converted(to: .f16).elements()
        }
        var (values, mirrored): ([Float16], [Float16]) = ([], [])
        let digest = try pictures.forEach(size: size) { picture in
            if shouldStop() { throw CancellationError() }
            let tensor = picture.tensor()
            values += try encode(tensor)
            if flips { mirrored += try encode(Self.mirrored(tensor)) }
        }
        let latents = Latents(
            values: values + mirrored, shape: [latentSize, latentSize, model.autoencoder.latentChannels],
            count: pictures.entries.count * (flips ? 2 : 1))
        return (latents, digest)
    }

    private static func mirrored(_ picture: HostTensor) -> HostTensor {
        let (width, values) = (picture.shape[2], picture.elements(as: Float.self))
        let pixels = (0..<values.count / 3).flatMap { place in
            let source = place / width * width + (width - 1 - place % width)
            return values[3 * source..<3 * source + 3]
        }
        return HostTensor(pixels, shape: picture.shape)
    }

    /// Batches of latents with their captions.
    func source(
        _ latents: Latents, of pictures: CaptionedPictures, captionDropout: Double, batchSize: Int,
        seed: UInt64
    ) throws -> DiffusionBatchSource {
        let tokenizer = try Tokenizer(
            folder: model.tokenizerFolder, maximumLength: model.textEncoder.maximumTokens)
        guard tokenizer.vocabularySize <= model.textEncoder.vocabularySize else {
            throw CommandError("\(model.path): tokenizer and text encoder are of different models")
        }
        let scheduler = try SchedulerConfiguration(file: model.schedulerConfigurationFile)
        let tokens = try pictures.entries.map { try tokenizer.encode($0.caption) }
        return try DiffusionBatchSource(
            latents: latents, pictures: 0..<latents.count,
            scaling: (model.autoencoder.shiftFactor, model.autoencoder.scalingFactor),
            schedule: NoiseSchedule(scheduler), prediction: scheduler.predictionType,
            captions: { picture, _ in tokens[picture % tokens.count] }, emptyCaption: tokenizer.encode(""),
            captionDropout: captionDropout, batchSize: batchSize, seed: seed)
    }
}
