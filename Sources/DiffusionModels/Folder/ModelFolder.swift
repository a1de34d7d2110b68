/// A model as diffusers keeps it: a folder whose `model_index.json` says what it is made of.
///
/// Opening one reads and checks every configuration, and that the parts fit each other; weights are read later,
/// by ``weights(of:)``.
public struct ModelFolder: Sendable, Hashable {
    /// Where the folder is.
    public let path: String
    /// The text encoder's sizes and choices.
    public let textEncoder: TextEncoderConfiguration
    /// The UNet's.
    public let unet: UNetConfiguration
    /// The autoencoder's.
    public let autoencoder: AutoencoderConfiguration

    /// The folder with the tokenizer's vocabulary.
    public var tokenizerFolder: String { "\(path)/tokenizer" }
    /// The file with the noise schedule.
    public var schedulerConfigurationFile: String { "\(path)/scheduler/scheduler_config.json" }

    /// Reads and checks the configurations of a folder.
    /// - Throws: ``ModelError``, saying what is missing, malformed, not supported or does not fit.
    public init(path: String) throws(ModelError) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        try ModelIndex.check(folder: path)
        textEncoder = try TextEncoderConfiguration(Self.fields(.textEncoder, in: path))
        unet = try UNetConfiguration(Self.fields(.unet, in: path))
        autoencoder = try AutoencoderConfiguration(Self.fields(.autoencoder, in: path))
        try checkFit()
        for part in [tokenizerFolder, schedulerConfigurationFile] where !BoundedFile.exists(part) {
            throw ModelError(.missing, "\(part) is missing; a diffusers model folder has it")
        }
        try checkTokenizer()
    }

    /// The folder of a component.
    public func folder(of component: ModelComponent) -> String { "\(path)/\(component.folderName)" }

    /// Opens a component's weights.
    /// - Throws: ``ModelError`` where there are none that can be read.
    public func weights(of component: ModelComponent) throws(ModelError) -> WeightStore {
        try WeightStore(folder: folder(of: component))
    }

    private static func fields(
        _ component: ModelComponent, in path: String
    ) throws(ModelError) -> ConfigurationFields {
        let fields = try ConfigurationFields(file: "\(path)/\(component.folderName)/config.json")
        try fields.refuse("_class_name", unlessIn: [.string(component.implementation.className)])
        return fields
    }

    // MARK: whether the parts fit

    private func checkFit() throws(ModelError) {
        guard unet.crossAttentionWidth == textEncoder.width else {
            throw mismatch(
                "the UNet attends to texts of width \(unet.crossAttentionWidth) (\"cross_attention_dim\")",
                "the text encoder makes a width of \(textEncoder.width) (\"hidden_size\")")
        }
        for (channels, name) in [(unet.inputChannels, "in_channels"), (unet.outputChannels, "out_channels")] {
            guard channels == autoencoder.latentChannels else {
                throw mismatch(
                    "the UNet has \(channels) \"\(name)\"",
                    "the autoencoder's latents have \(autoencoder.latentChannels) (\"latent_channels\")")
            }
        }
    }

    private func checkTokenizer() throws(ModelError) {
        let file = "\(tokenizerFolder)/tokenizer_config.json"
        guard BoundedFile.exists(file) else { return }
        // Tokenizers that know no limit write 10^30.
        let length = try ConfigurationFields(file: file).number("model_max_length", default: 0)
        guard length >= 1e9 || length <= Double(textEncoder.maximumTokens) else {
            throw mismatch(
                "the tokenizer makes up to \(Int(length)) tokens (\"model_max_length\")",
                "the text encoder takes \(textEncoder.maximumTokens) (\"max_position_embeddings\")")
        }
    }

    private func mismatch(_ one: String, _ other: String) -> ModelError {
        ModelError(
            .mismatched,
            "\(path): \(one), but \(other); the folder was put together from parts of different models")
    }
}
