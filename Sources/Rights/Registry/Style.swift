/// A style: an adapter, the works it was trained on, and the agreement that lets it be used.
public struct Style: Sendable, Hashable, Codable {
    /// Where a style is in its life.
    public enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        /// Works are being collected.
        case draft
        /// Every work's evidence covers training.
        case evidenceComplete = "evidence-complete"
        /// An adapter exists.
        case trained
        /// Its pictures were compared with the works, and none is a copy.
        case checked
        /// It may be used.
        case published
        /// It may not be used for now.
        case suspended
        /// It may not be used again.
        case ended
    }

    /// An adapter as it was trained.
    public struct Training: Sendable, Hashable, Codable {
        /// The hash of the adapter's file.
        public let adapter: ContentHash
        /// The base model's name and the hash of its weights.
        public let baseModel: String
        /// The hash of the base model's weights.
        public let baseModelHash: ContentHash
        /// The agreement's line that allowed it.
        public let agreementLine: Int
        /// The works it saw.
        public let works: Set<Identifier<Work>>

        /// A training.
        public init(
            adapter: ContentHash, baseModel: String, baseModelHash: ContentHash, agreementLine: Int,
            works: Set<Identifier<Work>>
        ) {
            self.adapter = adapter
            self.baseModel = baseModel
            self.baseModelHash = baseModelHash
            self.agreementLine = agreementLine
            self.works = works
        }
    }

    /// A comparison of the adapter's pictures with the works.
    public struct CopyCheck: Sendable, Hashable, Codable {
        /// The adapter compared.
        public let adapter: ContentHash
        /// The hash of the report.
        public let report: ContentHash
        /// How many pairs were near copies; publication takes 0.
        public let nearCopyCount: Int

        /// A comparison.
        public init(adapter: ContentHash, report: ContentHash, nearCopyCount: Int) {
            self.adapter = adapter
            self.report = report
            self.nearCopyCount = nearCopyCount
        }
    }

    /// What everything else calls it.
    public let identifier: Identifier<Style>
    /// Whose it is.
    public let holder: Identifier<RightsHolder>
    /// The agreement it is used under.
    public let agreement: Identifier<Agreement>
    /// Its title in both languages.
    public let title: LocalizedText
    /// The works it is trained on, or will be.
    public internal(set) var works: Set<Identifier<Work>> = []
    /// Where it is in its life.
    public internal(set) var stage: Stage = .draft
    /// Where it goes when a suspension is lifted; nil where it is not suspended.
    public internal(set) var stageBeforeSuspension: Stage?
    /// All its trainings, the last one in use.
    public internal(set) var trainings: [Training] = []
    /// The last comparison.
    public internal(set) var copyCheck: CopyCheck?

    init(
        identifier: Identifier<Style>, holder: Identifier<RightsHolder>, agreement: Identifier<Agreement>,
        title: LocalizedText
    ) {
        self.identifier = identifier
        self.holder = holder
        self.agreement = agreement
        self.title = title
    }
}
