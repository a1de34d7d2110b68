extension UNetConfiguration {
    /// Refuses sizes that no network can be built of.
    /// - Parameter file: what errors call the configuration.
    /// - Throws: ``ModelError`` naming the field.
    public func validate(as file: String = "the UNet's configuration") throws(ModelError) {
        let checks = ConfigurationChecks(file: file)
        let levels = blockChannels.count
        try checks.require((1...8).contains(levels), "a UNet has 1 to 8 levels, not \(levels)")
        try checks.require(
            [
                downAttention.count, upAttention.count, layersPerBlock.count, transformerLayers.count,
                heads.count,
            ]
            .allSatisfy { $0 == levels }, "every list by level must have \(levels) entries")
        try checks.size("in_channels", inputChannels)
        try checks.size("out_channels", outputChannels)
        try checks.size("sample_size", sampleSize, limit: SizeLimits.sampleSize)
        try checks.size("cross_attention_dim", crossAttentionWidth)
        for channels in blockChannels { try checks.size("block_out_channels", channels) }
        for layers in layersPerBlock { try checks.size("layers_per_block", layers, limit: 16) }
        for layers in transformerLayers { try checks.size("transformer_layers_per_block", layers, limit: 32) }
        try checks.groups(blockChannels, normGroups)
        try checks.epsilon("norm_eps", normEpsilon)
        try validateTimeEmbedding(checks)
        try validateAttention(checks)
    }

    private func validateTimeEmbedding(_ checks: ConfigurationChecks) throws(ModelError) {
        try checks.require(
            blockChannels[0] % 2 == 0,
            "\(blockChannels[0]), the first of \"block_out_channels\", must be even: half are sines, half cosines"
        )
        let half = Double(blockChannels[0] / 2)
        try checks.require(
            frequencyShift >= 0 && frequencyShift < half,
            "\"freq_shift\" is \(frequencyShift), it must be from 0 to less than \(half)")
    }

    private func validateAttention(_ checks: ConfigurationChecks) throws(ModelError) {
        var blocks = 0
        for level in blockChannels.indices {
            let isMiddle = level == blockChannels.count - 1 && middleAttention == true
            let attendsUp = upAttention[blockChannels.count - 1 - level]
            guard downAttention[level] || attendsUp || isMiddle else { continue }
            try checks.size("attention_head_dim", heads[level])
            try checks.require(
                blockChannels[level] % heads[level] == 0,
                """
                \(blockChannels[level]) of "block_out_channels" cannot be cut into \(heads[level]) heads \
                ("attention_head_dim")
                """)
            let layers = layersPerBlock[level]
            let places =
                (downAttention[level] ? layers : 0) + (attendsUp ? layers + 1 : 0) + (isMiddle ? 1 : 0)
            blocks += places * transformerLayers[level]
        }
        try checks.require(
            blocks <= SizeLimits.transformerBlocks,
            "it asks for \(blocks) transformer blocks, the limit is \(SizeLimits.transformerBlocks)")
        guard let heads = pooledTextHeads else { return }
        try checks.size("addition_embed_type_num_heads", heads)
        try checks.require(
            crossAttentionWidth % heads == 0,
            """
            \(crossAttentionWidth) ("cross_attention_dim") cannot be cut into \(heads) heads \
            ("addition_embed_type_num_heads")
            """)
    }
}
