import Rights

/// Knows what is public of styles: for everybody, without a key.
public protocol StyleCardService: Sendable {
    /// The cards of all styles that may be shown, by their names.
    func cards() async throws -> [StyleCard]

    /// All that is public of a style; nil where there is no such style, or none that may be shown yet.
    func dossier(of style: String) async throws -> StyleDossier?

    /// A picture drawn in a style; nil where there is none.
    /// - Parameter number: from 1 to the dossier's ``StyleDossier/sampleCount``.
    func sample(_ number: Int, of style: String) async throws -> StoredPicture?
}

/// All that is public of a style.
public struct StyleDossier: Sendable, Hashable {
    /// Whose, what from, under which terms, how trained, what for.
    public let card: StyleCard
    /// Its training works as a dataset description for programs.
    public let dataset: CroissantDataset
    /// The summary that European law asks for; nil before the style is trained.
    public let summary: TrainingSummary?
    /// How many sample pictures there are.
    public let sampleCount: Int

    /// A dossier from its parts.
    public init(card: StyleCard, dataset: CroissantDataset, summary: TrainingSummary?, sampleCount: Int) {
        self.card = card
        self.dataset = dataset
        self.summary = summary
        self.sampleCount = sampleCount
    }
}

extension Style.Stage {
    /// Whether a style's card is public: before it is published there is nothing to show, afterwards there always is.
    public var isShown: Bool {
        switch self {
        case .published, .suspended, .ended: true
        case .draft, .evidenceComplete, .trained, .checked: false
        }
    }
}
