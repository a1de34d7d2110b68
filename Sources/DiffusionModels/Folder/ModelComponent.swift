/// The parts of a model that have weights, each in a folder of its own.
public enum ModelComponent: String, Sendable, CaseIterable {
    /// Reads the text.
    case textEncoder = "text_encoder"
    /// Predicts noise.
    case unet
    /// Turns latents into pictures and back.
    case autoencoder = "vae"

    /// The folder's name.
    public var folderName: String { rawValue }

    /// The name of its file of weights where one is written.
    public var weightsFileName: String {
        self == .textEncoder ? "model.safetensors" : "diffusion_pytorch_model.safetensors"
    }

    /// The reference's library and class, as `model_index.json` names them.
    var implementation: (library: String, className: String) {
        switch self {
        case .textEncoder: ("transformers", "CLIPTextModel")
        case .unet: ("diffusers", "UNet2DConditionModel")
        case .autoencoder: ("diffusers", "AutoencoderKL")
        }
    }
}
