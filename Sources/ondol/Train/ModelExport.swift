import DiffusionModels
import FoundationEssentials
import NeuralNetworks
import Tensors
import Training

/// Writes trained weights as a model folder.
struct ModelExport {
    let recipe: HanjiRecipe
    /// The model folder.
    let folder: String

    /// Writes every part, weights as `f16`.
    /// - Parameters:
    ///   - autoencoder: its weights by name, as they lie on the device.
    ///   - model: those of the UNet and the text encoder, with their prefixes.
    ///   - latentScale: what latents were multiplied with in training.
    func write(
        autoencoder: [String: HostTensor], model: [String: HostTensor], latentScale: Double,
        tokens: CaptionTokens
    ) throws {
        let writer = try ModelFolderWriter(path: folder)
        var autoencoderConfiguration = recipe.autoencoder
        autoencoderConfiguration.scalingFactor = latentScale
        try writer.write(recipe.unet)
        try writer.write(autoencoderConfiguration)
        try writer.write(recipe.textEncoder)
        try writer.write(schedulerConfiguration: recipe.scheduler.json())
        try tokens.copy(to: writer.tokenizerFolder)
        try writer.write(
            select(autoencoder, prefix: "", parameters: recipe.autoencoderParameters()), of: .autoencoder,
            as: .f16)
        try writer.write(
            select(model, prefix: DiffusionObjective.unetPrefix + ".", parameters: recipe.unetParameters()),
            of: .unet, as: .f16)
        try writer.write(
            select(
                model, prefix: DiffusionObjective.textEncoderPrefix + ".",
                parameters: recipe.textEncoderParameters()
            ),
            of: .textEncoder, as: .f16)
        try writer.finish()
    }

    private func select(
        _ tensors: [String: HostTensor], prefix: String, parameters: [ParameterSpecification]
    ) throws -> [(ParameterSpecification, HostTensor)] {
        try parameters.map { parameter in
            guard let tensor = tensors[prefix + parameter.name] else {
                throw CommandError(
                    "the run has no weights for \(prefix)\(parameter.name); was it trained to another recipe?"
                )
            }
            return (parameter, tensor)
        }
    }
}
