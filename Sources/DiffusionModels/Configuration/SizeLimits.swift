/// The largest sizes a configuration may ask for.
///
/// All are far above any model that is known. They keep shapes from overflowing, and a file from asking for a
/// program of millions of operations before anybody looks at its weights.
enum SizeLimits {
    /// Channels, widths and heads.
    static let width = 16_384
    /// Transformer blocks of a whole UNet.
    static let transformerBlocks = 512
    /// A latent's side; its pixels attend to each other.
    static let sampleSize = 4_096
    /// Tokens of a text.
    static let tokens = 4_096
}

/// The checks that configurations share; messages name the document and the field.
struct ConfigurationChecks {
    /// What errors call the document.
    let file: String

    func require(
        _ condition: Bool, _ message: @autoclosure () -> String
    ) throws(ModelError) {
        guard condition else { throw ModelError(.malformed, "\(file): \(message())") }
    }

    /// Refuses a size outside `1...limit`.
    func size(_ name: String, _ value: Int, limit: Int = SizeLimits.width) throws(ModelError) {
        try require(
            (1...limit).contains(value),
            "\"\(name)\" is \(value), it must be from 1 to \(limit)")
    }

    /// Refuses channels that `groups` do not divide.
    func groups(_ channels: [Int], _ groups: Int) throws(ModelError) {
        try size("norm_num_groups", groups)
        for count in channels {
            try require(
                count % groups == 0,
                "\(count) of \"block_out_channels\" cannot be cut into \(groups) groups (\"norm_num_groups\")"
            )
        }
    }

    /// Refuses what would keep no division from going wrong.
    func epsilon(_ name: String, _ value: Double) throws(ModelError) {
        try require(
            value > 0 && value <= 1, "\"\(name)\" is \(value), it must be above 0 and at most 1")
    }
}
