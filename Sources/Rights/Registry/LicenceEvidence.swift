/// What proves that a work may be used: a document and what it grants. Recorded once and never changed; a new document is
/// new evidence, and any one of a work's documents that covers a use is enough.
public struct LicenceEvidence: Sendable, Hashable, Codable {
    /// What a licence can grant. Owning a copy grants none of it, and each is granted by name.
    public enum Use: String, Sendable, Hashable, Codable, CaseIterable {
        /// To train an adapter that draws in the work's style.
        case styleTraining = "style-training"
        /// To train a base model.
        case baseTraining = "base-training"
        /// To show the work itself, as on the style's card.
        case display
    }

    /// The work.
    public let work: Identifier<Work>
    /// The hash of the licence document.
    public let document: ContentHash
    /// What the document is, for a reader: "signed licence of 2026-03-02".
    public let title: String
    /// What is granted.
    public let uses: Set<Use>
    /// Whether for pay.
    public let isCommercial: Bool
    /// Where: ISO 3166-1 codes of two letters, or empty for the whole world.
    public let territories: Set<String>
    /// From this day on.
    public let from: CalendarDay
    /// Up to and including this day; nil without end.
    public let until: CalendarDay?
    /// Whether the holder says in it that it goes before signals found in the file.
    public let overridesSignals: Bool

    /// Evidence.
    public init(
        work: Identifier<Work>, document: ContentHash, title: String, uses: Set<Use>, isCommercial: Bool,
        territories: Set<String> = [], from: CalendarDay, until: CalendarDay? = nil,
        overridesSignals: Bool = false
    ) {
        self.work = work
        self.document = document
        self.title = title
        self.uses = uses
        self.isCommercial = isCommercial
        self.territories = territories
        self.from = from
        self.until = until
        self.overridesSignals = overridesSignals
    }

    /// Whether the document holds on a day.
    public func holds(on day: CalendarDay) -> Bool { from <= day && (until.map { day <= $0 } ?? true) }

    /// Whether it holds in a territory, or in the whole world where that is asked.
    func covers(territory: String?) -> Bool {
        territories.isEmpty || (territory.map(territories.contains) ?? false)
    }
}
