extension AutoencoderConfiguration {
    /// Refuses sizes that no network can be built of.
    /// - Parameter file: what errors call the configuration.
    /// - Throws: ``ModelError`` naming the field.
    public func validate(as file: String = "the autoencoder's configuration") throws(ModelError) {
        let checks = ConfigurationChecks(file: file)
        try checks.require(
            (1...8).contains(blockChannels.count),
            "an autoencoder has 1 to 8 levels, not \(blockChannels.count)")
        try checks.size("latent_channels", latentChannels)
        try checks.size("layers_per_block", layersPerBlock, limit: 16)
        for channels in blockChannels { try checks.size("block_out_channels", channels) }
        try checks.groups(blockChannels, normGroups)
        try checks.require(
            scalingFactor > 0 && scalingFactor < 1e6,
            "\"scaling_factor\" is \(scalingFactor), it must be above 0 and below a million")
        try checks.require(
            abs(shiftFactor) < 1e6, "\"shift_factor\" is \(shiftFactor), it must be within a million of 0")
    }
}
