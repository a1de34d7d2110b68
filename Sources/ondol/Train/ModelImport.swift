import DiffusionModels
import FoundationEssentials
import NeuralNetworks
import Tensors
import Training

/// Makes a run's folder out of a model folder and its training record.
///
/// What an export does not hold is lost: the optimizer's moments, and whatever half precision rounded away.
struct ModelImport {
    /// What a run's log calls the step at which it was made out of a model folder.
    static let logName = "imported"

    let recipe: HanjiRecipe
    /// The model folder.
    let model: String

    /// Writes checkpoints, logs, tokenizer and scale.
    /// - Parameter run: the run's folder, which must hold no run yet.
    /// - Returns: the step at which UNet and text encoder stand.
    /// - Throws: ``CommandError`` where there is a run already, or the model is of another recipe; `ModelError`,
    ///   `TrainingError`.
    func write(run: String) throws -> Int {
        for part in ["autoencoder", "model"] where try Checkpoint.latest(in: "\(run)/\(part)") != nil {
            throw CommandError("\(run) holds a run already; choose another folder with --run")
        }
        let folder = try ModelFolder(path: model)
        let record = try Self.record(of: model)
        let trained = record.recipe ?? HanjiRecipe().name
        guard trained == recipe.name else {
            throw CommandError(
                "\(model) was trained to the recipe \(trained), not \(recipe.name); leave --recipe out")
        }
        let autoencoder = try weights(folder, .autoencoder, recipe.autoencoderParameters())
        var networks: [String: HostTensor] = [:]
        for (component, prefix, parameters) in [
            (ModelComponent.unet, DiffusionObjective.unetPrefix, try recipe.unetParameters()),
            (.textEncoder, DiffusionObjective.textEncoderPrefix, try recipe.textEncoderParameters()),
        ] {
            for (name, tensor) in try weights(folder, component, parameters) {
                networks["\(prefix).\(name)"] = tensor
            }
        }
        try RunRecipe.keep(recipe, run: run)
        try CaptionTokens.copy(from: folder.tokenizerFolder, to: "\(run)/tokenizer")
        try LatentScale.write(folder.autoencoder.scalingFactor, folder: run)
        // The decoder's own stage, where there was one, is part of the autoencoder now.
        try write(record.autoencoder, weights: autoencoder, to: "\(run)/autoencoder")
        try write(record.model, weights: networks, to: "\(run)/model")
        return record.model.steps
    }

    /// The recipe a model folder was trained to.
    /// - Throws: ``CommandError`` where its record cannot be read or names one that is not known.
    static func recipe(of model: String) throws -> HanjiRecipe {
        let name = try record(of: model).recipe ?? HanjiRecipe().name
        guard let recipe = HanjiRecipe.named(name) else {
            throw CommandError(
                "\(model) was trained to the recipe \(name), which this version does not know; it knows \(HanjiRecipe.names)"
            )
        }
        return recipe
    }

    private static func record(of model: String) throws -> TrainingRecord {
        let path = "\(model)/\(ModelCard.recordName)"
        guard let data = FileManager.default.contents(atPath: path),
            let record = try? JSONDecoder().decode(TrainingRecord.self, from: data)
        else {
            throw CommandError(
                "\(path) cannot be read; only a model that 'ondol train export' wrote can be imported")
        }
        return record
    }

    private func weights(
        _ folder: ModelFolder, _ component: ModelComponent, _ parameters: [ParameterSpecification]
    ) throws -> [String: HostTensor] {
        let store = try folder.weights(of: component)
        var tensors: [String: HostTensor] = [:]
        for parameter in parameters {
            tensors[parameter.name] = try store.tensor(for: parameter, as: .f32)
        }
        return tensors
    }

    private func write(_ run: TrainingRecord.Run, weights: [String: HostTensor], to folder: String) throws {
        let log = try TrainingLog(folder: folder, name: "log")
        for point in run.lossCurve where point.count == 2 {
            try log.keep(step: Int(point[0]), ["mean loss": point[1]])
        }
        // Where nothing was learned since the last import, this is the same one.
        for step in run.importedAtSteps ?? [] where step != run.steps {
            try log.keep(step: step, [Self.logName: 1])
        }
        try log.keep(step: run.steps, run.measured.merging([Self.logName: 1]) { $1 })
        try run.description?.write(to: folder)
        let progress = Checkpoint.Progress(
            step: run.steps, samples: run.samples, seconds: run.seconds, objective: run.objective)
        try Checkpoint.begin(with: weights, progress: progress, in: folder)
    }
}
