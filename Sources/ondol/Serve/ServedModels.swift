import DiffusionModels
import FoundationEssentials
import ImagePipelines
import Images
import PJRT
import Provenance
import Server
import Service
import Serving
import Tokenizers
import Worker

/// The models that a service draws with, opened on its device.
struct ServedModels {
    private let pipelines: [(name: String, pipeline: TextToImagePipeline)]
    /// What the device is.
    let deviceKind: PluginKind
    /// What the device is, for people.
    let deviceName: String

    /// Opens models by name on the shelf or by folder.
    /// - Throws: where there is no such model, or it cannot be used.
    init(_ models: [String], plugin: String?) throws {
        let shelf = ModelShelf()
        let folders = try models.map { try ModelFolder(path: shelf.path(of: $0)) }
        let runtime = try DeviceRuntime(plugin: plugin)
        deviceKind = runtime.client.plugin.kind
        deviceName = runtime.client.platformName
        pipelines = try folders.map { folder in
            (
                ModelShelf.name(of: folder.path),
                try TextToImagePipeline(
                    folder: folder, compiler: runtime.compiler, policy: runtime.inferencePolicy)
            )
        }
    }

    /// The models by name.
    private var byName: [String: TextToImagePipeline] {
        Dictionary(pipelines.map { ($0.name, $0.pipeline) }) { first, _ in first }
    }

    /// The styles for them.
    func shelf(_ settings: ServiceSettings.Styles) -> StyleShelf {
        StyleFolders().shelf(for: byName, folder: settings.folder, byteLimit: settings.keptMegabytes << 20)
    }

    /// Draws with them, by recipes as these.
    func engine(for recipes: TierRecipes, styles: StyleShelf) -> PipelineEngine {
        PipelineEngine(
            byName, reusesFeatures: Tier.allCases.contains { recipes[$0].featureInterval > 1 }, styles: styles
        )
    }

    /// What is known of them.
    var baseModels: BaseModelShelf {
        BaseModelShelf(
            folders: Dictionary(pipelines.map { ($0.name, $0.pipeline.folder.path) }) { first, _ in first })
    }

    /// The first model at its usual size.
    var usualShape: PictureShape {
        let (name, pipeline) = pipelines[0]
        return PictureShape(
            model: name, width: pipeline.usualSize.width, height: pipeline.usualSize.height)
    }

    /// The models as callers see them.
    func catalogue() throws -> ModelCatalogue {
        try ModelCatalogue(models: pipelines.map { try Self.description($0.name, $0.pipeline) })
    }

    /// Tokens of a prompt.
    var tokenCount: @Sendable (_ model: String, _ prompt: String) -> Int {
        let pipelines = Dictionary(pipelines.map { ($0.name, $0.pipeline) }) { first, _ in first }
        return { model, prompt in (try? pipelines[model]?.tokenCount(of: prompt)) ?? 0 }
    }

    /// Lays the built-in model's grain over its pictures, writes into PNGs how they were made, and signs; the prompt is left
    /// to the caller, who may not want it to travel with the picture.
    func finisher(
        _ finishing: CredentialFinishing, styles: StyleShelf
    ) -> PictureWorker<PipelineEngine>.Finisher {
        var finishing = finishing
        finishing.credit = { styles.credit(for: $0, drawnAs: $1) }
        for (name, pipeline) in pipelines {
            finishing.models[name] = PictureOrigin.Model(name: name, folder: pipeline.folder.path)
        }
        return { [finishing] picture, context in
            let shape = context.order.shape
            var picture = picture
            if shape.model == ModelShelf.builtIn, !context.isPreview,
                let grain = MediumGrain(prompt: context.order.prompt)
            {
                picture = try grain.laid(over: picture, seed: context.seed, inside: context.drawnArea)
            }
            var texts = [
                PNGText(keyword: "Software", text: "Ondol \(Ondol.configuration.version)"),
                PNGText(keyword: "seed", text: "\(context.seed)"),
                PNGText(keyword: "model", text: shape.model),
                PNGText(keyword: "steps", text: "\(context.recipe.steps)"),
                PNGText(keyword: "features every", text: "\(context.recipe.featureInterval)"),
                PNGText(keyword: "sampler", text: context.recipe.solver.rawValue),
                PNGText(keyword: "size", text: "\(shape.width)x\(shape.height)"),
            ]
            if !context.order.styles.isEmpty {
                texts.append(
                    PNGText(keyword: "style", text: context.order.styles.map(\.text).joined(separator: ", ")))
            }
            let bytes = try finishing.file(
                picture, for: context, texts: texts, at: Machine.now().microseconds / 1000)
            return FinishedPicture(bytes: bytes, looks: context.isPreview ? nil : picture)
        }
    }

    private static func description(
        _ name: String, _ pipeline: TextToImagePipeline
    ) throws -> ModelDescription {
        let side = pipeline.usualSize.width
        let sizes = try [(side, side), (side * 3 / 2, side), (side, side * 3 / 2)].map { width, height in
            guard let size = Server.PictureSize(width: width, height: height) else {
                throw CommandError("the model \(name) draws no size that can be asked for")
            }
            return size
        }
        // What clients have written into them, by its proportions.
        let known = [
            ["256x256", "512x512", "1024x1024"], ["1536x1024", "1792x1024"], ["1024x1536", "1024x1792"],
        ]
        var substitutes: [Server.PictureSize: Server.PictureSize] = [:]
        for (texts, size) in zip(known, sizes) {
            for text in texts {
                if let asked = Server.PictureSize(text), !sizes.contains(asked) { substitutes[asked] = size }
            }
        }
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: pipeline.folder.path + "/model_index.json")
        let made = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return ModelDescription(
            name: name, created: Moment(secondsSinceEpoch: made), sizes: .listed(sizes),
            defaultSize: sizes[0], substituteSizes: substitutes)
    }
}
