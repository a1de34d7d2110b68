import Provenance

/// What finished pictures are to say about themselves.
public struct CredentialWishes: Sendable, Hashable, Codable {
    /// Whether the prompt is told.
    public var tellsPrompt = false
    /// Whether the seed is told.
    public var tellsSeed = false
    /// What the pictures may be used for; nil says nothing.
    public var usage: UsageGrant?
    /// What machines may do with them; nil says nothing.
    public var training: TrainingWish?
    /// Whose rules the visible label follows; nil draws none.
    public var label: LabelPreset?

    /// Tells nothing but what must be told.
    public init() {}

    /// Writes the wishes into an origin.
    func apply(to origin: inout PictureOrigin, prompt: String, seed: UInt64) {
        if tellsPrompt { origin.prompt = prompt }
        if tellsSeed { origin.seed = seed }
        origin.usage = usage
        origin.training = training
    }
}
