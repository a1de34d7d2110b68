extension TextEncoderConfiguration {
    /// Refuses sizes that no network can be built of.
    /// - Parameter file: what errors call the configuration.
    /// - Throws: ``ModelError`` naming the field.
    public func validate(as file: String = "the text encoder's configuration") throws(ModelError) {
        let checks = ConfigurationChecks(file: file)
        try checks.size("vocab_size", vocabularySize, limit: 1_000_000)
        try checks.size("max_position_embeddings", maximumTokens, limit: SizeLimits.tokens)
        try checks.size("hidden_size", width)
        try checks.size("intermediate_size", hiddenWidth, limit: 4 * SizeLimits.width)
        try checks.size("num_hidden_layers", layers, limit: 256)
        try checks.size("num_attention_heads", heads)
        try checks.require(
            width % heads == 0,
            "\(width) (\"hidden_size\") cannot be cut into \(heads) heads (\"num_attention_heads\")")
        try checks.epsilon("layer_norm_eps", normEpsilon)
    }
}
