/// Holders, works, agreements and styles as all recorded changes make them.
///
/// A fold over ``RegistryRecord``s, and a value: the store keeps the records, and whoever needs the state folds them. A
/// change that may not follow is refused before anything is altered.
public struct Registry: Sendable {
    /// An agreement and what became of it.
    public struct AgreementState: Sendable, Hashable {
        /// As it was made.
        public let agreement: Agreement
        /// Rights added since, in their order.
        public internal(set) var lines: [Agreement.Line] = []
        /// The last day, where notice was given.
        public internal(set) var endsOn: CalendarDay?
        /// Whether it was ended at once.
        public internal(set) var isTerminated = false

        /// Whether it is in force on a day.
        public func isInForce(on day: CalendarDay) -> Bool {
            guard !isTerminated, agreement.from <= day else { return false }
            return [agreement.until, endsOn].allSatisfy { $0.map { day <= $0 } ?? true }
        }
    }

    /// All changes, in their order.
    public private(set) var records: [RegistryRecord] = []
    /// Holders by name.
    public internal(set) var holders: [Identifier<RightsHolder>: RightsHolder] = [:]
    /// Works by name.
    public internal(set) var works: [Identifier<Work>: Work] = [:]
    /// Works taken back.
    public internal(set) var withdrawnWorks: Set<Identifier<Work>> = []
    /// Each work's documents, in the order they were recorded.
    public internal(set) var evidence: [Identifier<Work>: [LicenceEvidence]] = [:]
    /// Agreements by name.
    public internal(set) var agreements: [Identifier<Agreement>: AgreementState] = [:]
    /// Styles by name.
    public internal(set) var styles: [Identifier<Style>: Style] = [:]

    /// A registry without changes.
    public init() {}

    /// The registry that stored changes make up.
    /// - Throws: ``RightsError`` at the first change that may not follow.
    public init(records: some Sequence<RegistryRecord>) throws {
        for record in records { try apply(record) }
    }

    /// Applies the next change. Nothing is altered where it throws.
    /// - Throws: ``RightsError``: `invalidTransition` where it is out of its place or may not follow, `unknownReference`,
    ///   `alreadyRecorded` or `invalidValue`.
    public mutating func apply(_ record: RegistryRecord) throws {
        guard record.sequence == records.count + 1 else {
            throw RightsError(
                .invalidTransition,
                "change \(record.sequence) does not follow on change \(records.count); read the newer ones first"
            )
        }
        guard record.note.utf8.count <= 1_000 else {
            throw RightsError(
                .invalidValue, "a note has 1,000 bytes at most; this one has \(record.note.utf8.count)")
        }
        // Every change is checked in full before the first thing is altered, so there is nothing to roll back.
        try take(record.event)
        records.append(record)
    }

    /// Records a change behind all others, and gives back what the store must keep.
    /// - Throws: as ``apply(_:)``.
    public mutating func record(
        _ event: RegistryEvent, by actor: Identifier<RegistryActor>, at time: Timestamp, note: String = ""
    ) throws -> RegistryRecord {
        let record = RegistryRecord(
            sequence: records.count + 1, time: time, actor: actor, note: note, event: event)
        try apply(record)
        return record
    }

    /// The changes that concern a style, in their order.
    public func history(of style: Identifier<Style>) -> [RegistryRecord] {
        records.filter { $0.event.style == style }
    }
}

extension RegistryEvent {
    /// The style that a change is about, or nil.
    public var style: Identifier<Style>? {
        switch self {
        case .styleDrafted(let style, _, _, _), .styleWorksChosen(let style, _),
            .evidenceCompleted(let style, _),
            .styleTrained(let style, _), .styleChecked(let style, _), .stylePublished(let style),
            .styleSuspended(let style), .suspensionLifted(let style), .styleReopened(let style),
            .styleEnded(let style):
            style
        case .holderRegistered, .workRegistered, .evidenceRecorded, .workWithdrawn, .agreementMade,
            .agreementLineAdded, .noticeGiven, .agreementTerminated:
            nil
        }
    }
}
