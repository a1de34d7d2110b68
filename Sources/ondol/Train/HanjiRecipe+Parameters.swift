import DiffusionModels
import NeuralNetworks
import StableHLO
import Tensors

/// What the networks ask for.
extension HanjiRecipe {
    private func parameters(_ body: (FunctionBuilder, ModuleScope) throws -> Void) rethrows
        -> [ParameterSpecification]
    {
        let graph = ModelGraph(builder: FunctionBuilder(), policy: .reference)
        try body(graph.builder, graph.root)
        return graph.parameters
    }

    /// What the autoencoder is made of, in order.
    func autoencoderParameters() throws -> [ParameterSpecification] {
        try parameters { builder, scope in
            let network = Autoencoder(autoencoder)
            let size = pictureSize
            let latent = try network.encode(
                builder.argument("picture", TensorType(.f32, [1, size, size, 3])), in: scope)
            _ = try network.decode(latent.mean, in: scope)
        }
    }

    /// What the UNet is made of, in order.
    func unetParameters() throws -> [ParameterSpecification] {
        try parameters { builder, scope in
            let size = unet.sampleSize
            _ = try UNet(unet)(
                builder.argument("latent", TensorType(.f32, [1, size, size, unet.inputChannels])),
                timesteps: builder.argument("timesteps", TensorType(.f32, [1])),
                context: builder.argument("context", TensorType(.f32, [1, 1, textEncoder.width])),
                in: scope)
        }
    }

    /// What the text encoder is made of, in order.
    func textEncoderParameters() throws -> [ParameterSpecification] {
        try parameters { builder, scope in
            let tokens = builder.argument("tokens", TensorType(.i32, [1, textEncoder.maximumTokens]))
            _ = try TextEncoder(textEncoder)(tokens, in: scope)
        }
    }
}
