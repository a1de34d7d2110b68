/// What a caller wants its pictures to say about themselves. What is nil is as the operator has set it.
public struct CredentialRequest: Sendable, Hashable {
    /// Whose rules the visible label follows.
    public enum Label: String, Sendable, Hashable, CaseIterable {
        /// Nobody's: there is no label.
        case unlabelled = "none"
        /// Republic of Korea.
        case korea
        /// European Union.
        case europeanUnion = "european-union"
        /// California.
        case california
        /// China.
        case china
    }

    /// What machines may do with the pictures.
    public enum Training: String, Sendable, Hashable, CaseIterable {
        /// Nothing is said.
        case unsaid
        /// Everything.
        case allowed
        /// Mining, but no training.
        case noTraining = "no-training"
        /// Nothing.
        case notAllowed = "not-allowed"
    }

    /// Whether the prompt is told.
    public var tellsPrompt: Bool?
    /// Whether the seed is told.
    public var tellsSeed: Bool?
    /// The visible label.
    public var label: Label?
    /// The wish about training and mining.
    public var training: Training?

    /// Wishes nothing.
    public init() {}

    /// Whether all is left to the operator.
    public var isEmpty: Bool { self == CredentialRequest() }

    /// Takes the wishes out of the fields of `ondol`.
    init(_ own: inout FieldReader) throws(APIError) {
        tellsPrompt = try own.boolean("tell_prompt")
        tellsSeed = try own.boolean("tell_seed")
        label = try own.choice("label")
        training = try own.choice("training")
    }

    /// All of it, as requests are compared.
    var json: JSONValue {
        [
            "tell_prompt": tellsPrompt.map(JSONValue.bool) ?? .null,
            "tell_seed": tellsSeed.map(JSONValue.bool) ?? .null,
            "label": JSONValue(label?.rawValue), "training": JSONValue(training?.rawValue),
        ]
    }
}
