import DiffusionModels
import FoundationEssentials
import NeuralNetworks
import StableHLO
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
            select(autoencoder, prefix: "", parameters: autoencoderParameters()), of: .autoencoder, as: .f16)
        try writer.write(
            select(model, prefix: DiffusionObjective.unetPrefix + ".", parameters: unetParameters()),
            of: .unet, as: .f16)
        try writer.write(
            select(
                model, prefix: DiffusionObjective.textEncoderPrefix + ".", parameters: textEncoderParameters()
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

    // MARK: what the networks ask for

    private func parameters(_ body: (FunctionBuilder, ModuleScope) throws -> Void) rethrows
        -> [ParameterSpecification]
    {
        let graph = ModelGraph(builder: FunctionBuilder(), policy: .reference)
        try body(graph.builder, graph.root)
        return graph.parameters
    }

    private func autoencoderParameters() throws -> [ParameterSpecification] {
        try parameters { builder, scope in
            let network = Autoencoder(recipe.autoencoder)
            let size = recipe.pictureSize
            let latent = try network.encode(
                builder.argument("picture", TensorType(.f32, [1, size, size, 3])), in: scope)
            _ = try network.decode(latent.mean, in: scope)
        }
    }

    private func unetParameters() throws -> [ParameterSpecification] {
        try parameters { builder, scope in
            let size = recipe.unet.sampleSize
            _ = try UNet(recipe.unet)(
                builder.argument("latent", TensorType(.f32, [1, size, size, recipe.unet.inputChannels])),
                timesteps: builder.argument("timesteps", TensorType(.f32, [1])),
                context: builder.argument("context", TensorType(.f32, [1, 1, recipe.textEncoder.width])),
                in: scope)
        }
    }

    private func textEncoderParameters() throws -> [ParameterSpecification] {
        try parameters { builder, scope in
            let tokens = builder.argument("tokens", TensorType(.i32, [1, recipe.textEncoder.maximumTokens]))
            _ = try TextEncoder(recipe.textEncoder)(tokens, in: scope)
        }
    }
}
