import AttributeClassifier
import Bars
import DiffusionModels
import Foundation
import ImagePipelines
import Images
import NeuralNetworks
import PJRT
import Painter
import StableHLO
import Tensors
import Training

extension Measurement {
    /// What pictures are like, not how fast they come.
    static let quality = [restoration, classifier, accuracy]

    /// The mean over unseen painted pictures of the decibels by which an autoencoder gives them back.
    private static let restoration = Measurement("autoencoder", .atLeast(27)) { settings in
        guard let model = try settings.openedModel() else { return nil }
        let device = try Device(cache: BenchFolders.cache)
        return try Restoration(model: model, device: device).meanDecibels(count: settings.restoredPictures)
    }

    /// How often the classifier is right about painted pictures, where it is worst of what it is asked.
    private static let classifier = Measurement("classifier", .atLeast(0.95)) { settings in
        let device = try Device(cache: BenchFolders.cache)
        let classifier = try Classifier(
            path: "\(BenchFolders.classifier)/classifier.safetensors", compiler: device.compiler)
        let accuracy = try classifier.accuracyOnPaintedPictures(count: settings.judgedPictures)
        return judged.map { accuracy.untouched[$0.attribute] ?? 0 }.min() ?? 0
    }

    /// What is asked about drawn pictures, and how often the answer must be what the caption said.
    private static let judged: [(attribute: PictureAttribute, bar: Double)] = [
        (.place, 0.75), (.timeOfDay, 0.75), (.weather, 0.75), (.subject, 0.6),
    ]

    /// How often drawn pictures show what their captions say, by language and attribute.
    private static let accuracy = Measurement(
        CaptionLanguage.allCases.flatMap { language in
            judged.map { Row("accuracy-\(language.rawValue)-\($0.attribute.rawValue)", .atLeast($0.bar)) }
        }
    ) { settings in
        guard let model = try settings.openedModel() else { return nil }
        let device = try Device(cache: BenchFolders.cache)
        let classifier = try Classifier(
            path: "\(BenchFolders.classifier)/classifier.safetensors", compiler: device.compiler)
        let judgement = try DrawnPictures(model: model, device: device)
        var values: [Double] = []
        for language in CaptionLanguage.allCases {
            let shares = try await judgement.accuracy(
                language: language, count: settings.judgedPictures / 2, classifier: classifier)
            values += judged.map { shares[$0.attribute] ?? 0 }
        }
        return values
    }
}

/// Painted pictures that nobody trained on, through an autoencoder and back.
struct Restoration {
    private static let batchSize = 8
    /// Pictures no part of the built-in model has seen.
    private static let firstPicture: UInt64 = 10_000_000

    private let size: Int
    private let program: NetworkProgram
    private let weights: NetworkProgram.Weights

    init(model: ModelFolder, device: Device) throws {
        let autoencoder = Autoencoder(model.autoencoder)
        let size = model.unet.sampleSize * model.autoencoder.downsamplingFactor
        let store = try model.weights(of: .autoencoder)
        program = try NetworkProgram(
            inputs: [TensorType(.f32, [Self.batchSize, size, size, 3])], policy: device.policy,
            compiler: device.compiler
        ) { inputs, graph in
            [try autoencoder.decode(autoencoder.encode(inputs[0], in: graph.root).mean, in: graph.root)]
        }
        var weights: NetworkProgram.Weights = [:]
        for parameter in program.parameters {
            weights[parameter.name] = try device.client.buffer(from: store.tensor(for: parameter, as: .f32))
        }
        self.weights = weights
        self.size = size
    }

    /// The mean over pictures of 10·log₁₀(range² / mean squared error).
    func meanDecibels(count: Int) throws -> Double {
        var decibels: [Double] = []
        for first in stride(from: 0, to: count, by: Self.batchSize) {
            let pixels = try (0..<Self.batchSize).flatMap { place in
                try Scene(seed: Self.firstPicture + UInt64(first + place)).paint(size: size).pixels
                    .map { Float($0) / 127.5 - 1 }
            }
            let restored = try program.run(
                [HostTensor(pixels, shape: [Self.batchSize, size, size, 3])], weights: weights)[0]
                .elements(as: Float.self)
            let elements = size * size * 3
            for place in 0..<Self.batchSize {
                let squares = (place * elements..<(place + 1) * elements).reduce(0.0) { sum, index in
                    let difference = Double(pixels[index] - min(max(restored[index], -1), 1))
                    return sum + difference * difference
                }
                decibels.append(10 * log10(4 * Double(elements) / max(squares, 1e-12)))
            }
        }
        return decibels.reduce(0, +) / Double(decibels.count)
    }
}

/// Pictures drawn by captions of scenes, judged by whether they show those scenes.
struct DrawnPictures {
    /// Scenes nobody trained on.
    private static let firstScene: UInt64 = 10_100_000
    /// What `ondol generate` draws with.
    private static let guidanceScale = 5.0
    /// Pictures drawn at once.
    private static let capacity = 8

    private let pipeline: TextToImagePipeline

    init(model: ModelFolder, device: Device) throws {
        pipeline = try TextToImagePipeline(folder: model, compiler: device.compiler, policy: device.policy)
    }

    /// How often pictures show what their captions say, by attribute, at the model's usual settings, before the
    /// medium's grain is laid over them: the classifier learned from bare pictures.
    nonisolated(nonsending) func accuracy(
        language: CaptionLanguage, count: Int, classifier: Classifier
    ) async throws -> [PictureAttribute: Double] {
        let scenes = (0..<count).map { Scene(seed: Self.firstScene + UInt64($0)) }
        let plans = try scenes.enumerated().map { number, scene in
            var request = PictureRequest(
                prompt: scene.fullCaption(language: language), seed: UInt64(number))
            request.guidanceScale = Self.guidanceScale
            return try pipeline.plan(request)
        }
        let side = ClassifierNetwork.pictureSize
        var pictures = [[Float]](repeating: [], count: count)
        try await pipeline.draw(plans, size: pipeline.usualSize, capacity: min(count, Self.capacity)) {
            index, picture in
            pictures[index] = try picture.resized(width: side, height: side).tensor().elements(as: Float.self)
        }
        var right: [PictureAttribute: Int] = [:]
        for (scene, found) in zip(scenes, try classifier.attributes(of: pictures)) {
            for (attribute, value) in found where attribute.value(of: scene) == value {
                right[attribute, default: 0] += 1
            }
        }
        return right.mapValues { Double($0) / Double(count) }
    }
}
