import Serving

/// A model as callers see it.
public struct ModelDescription: Sendable, Hashable {
    /// The model's name.
    public let name: String
    /// When it was made or installed.
    public let created: Moment
    /// Who made it.
    public let owner: String
    /// The sizes it draws.
    public let sizes: SizeRule
    /// The size drawn where the caller leaves it open.
    public let defaultSize: PictureSize
    /// Sizes that clients have written into them, each with the size that is drawn instead; the answer says which.
    public let substituteSizes: [PictureSize: PictureSize]
    /// Whether pictures can have a transparent background.
    public let drawsTransparency: Bool
    /// How many photos an edit may have; 0 where the model edits none.
    public let photoLimit: Int
    /// Whether an edit may have a mask.
    public let takesMask: Bool

    /// Makes a description from its parts.
    public init(
        name: String, created: Moment, owner: String = "ondol", sizes: SizeRule, defaultSize: PictureSize,
        substituteSizes: [PictureSize: PictureSize] = [:], drawsTransparency: Bool = false,
        photoLimit: Int = 1,
        takesMask: Bool = true
    ) {
        self.name = name
        self.created = created
        self.owner = owner
        self.sizes = sizes
        self.defaultSize = defaultSize
        self.substituteSizes = substituteSizes
        self.drawsTransparency = drawsTransparency
        self.photoLimit = photoLimit
        self.takesMask = takesMask
    }

    /// The size drawn for one that was asked for; nil where it is not drawn.
    func size(for asked: PictureSize) -> PictureSize? {
        if sizes.allows(asked) { return asked }
        return substituteSizes[asked]
    }
}

/// The models that can be asked for, and the other names they go by.
public struct ModelCatalogue: Sendable, Hashable {
    /// The models, in the order they are listed.
    public let models: [ModelDescription]
    /// Names that clients have written into them, each with the model that is meant.
    public let aliases: [String: String]
    /// The model drawn with where the caller names none.
    public let defaultModel: ModelDescription

    /// Names that clients of OpenAI's API send.
    ///
    /// Source: the type `ImageModel` of OpenAI's Python client 3.54.
    public static let wellKnownNames = [
        "gpt-image-1", "gpt-image-1-mini", "gpt-image-1.5", "gpt-image-2", "chatgpt-image-latest", "dall-e-2",
        "dall-e-3",
    ]

    /// Makes a catalogue.
    ///
    /// - Parameters:
    ///   - defaultModel: the name of one of the models; nil for the first.
    ///   - aliases: other names; nil gives ``wellKnownNames`` to the default model.
    /// - Throws: ``ServerError`` where there is no model, a name appears twice, or a name means no model.
    public init(
        models: [ModelDescription], defaultModel: String? = nil, aliases: [String: String]? = nil
    ) throws(ServerError) {
        guard let first = models.first else {
            throw ServerError(.invalidSetting, "There is no model to serve; install one.")
        }
        let name = defaultModel ?? first.name
        guard let standard = models.first(where: { $0.name == name }) else {
            throw ServerError(
                .invalidSetting, "The default model \(name) is not installed; name one that is.")
        }
        let names = Set(models.map(\.name))
        guard names.count == models.count else {
            throw ServerError(.invalidSetting, "Two models have the same name; rename one.")
        }
        let known = Self.wellKnownNames.filter { !names.contains($0) }
        let aliases = aliases ?? Dictionary(uniqueKeysWithValues: known.map { ($0, name) })
        for (alias, model) in aliases.sorted(by: { $0.key < $1.key }) where !names.contains(model) {
            throw ServerError(
                .invalidSetting, "The alias \(alias) stands for \(model), which is not installed.")
        }
        for alias in aliases.keys.sorted() where names.contains(alias) {
            throw ServerError(.invalidSetting, "The alias \(alias) is the name of a model; remove the alias.")
        }
        for model in models where !model.sizes.allows(model.defaultSize) {
            throw ServerError(.invalidSetting, "The model \(model.name) does not draw its own default size.")
        }
        self.models = models
        self.aliases = aliases
        self.defaultModel = standard
    }

    /// The model of a name or an alias.
    public func model(named name: String) -> ModelDescription? {
        let name = aliases[name] ?? name
        return models.first { $0.name == name }
    }
}
