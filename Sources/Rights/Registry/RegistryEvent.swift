/// A change to the registry. Nothing is overwritten: what is true now follows from all changes in their order.
public enum RegistryEvent: Sendable, Hashable, Codable {
    /// Somebody who owns works.
    case holderRegistered(RightsHolder)
    /// A work.
    case workRegistered(Work)
    /// A document for a work.
    case evidenceRecorded(LicenceEvidence)
    /// A holder takes a work back: nothing is trained on it any more, and styles trained on it stop.
    case workWithdrawn(Identifier<Work>)
    /// An agreement, without lines yet.
    case agreementMade(Agreement)
    /// A right added to an agreement.
    case agreementLineAdded(Identifier<Agreement>, Agreement.Line)
    /// Notice given: the agreement ends after its notice days, counted from this day.
    case noticeGiven(Identifier<Agreement>, on: CalendarDay)
    /// An agreement ended at once, whatever its term.
    case agreementTerminated(Identifier<Agreement>)
    /// A style begun.
    case styleDrafted(
        Identifier<Style>, holder: Identifier<RightsHolder>, agreement: Identifier<Agreement>,
        title: LocalizedText)
    /// Which works a draft is about.
    case styleWorksChosen(Identifier<Style>, Set<Identifier<Work>>)
    /// The training gate found all evidence there, as of this day.
    case evidenceCompleted(Identifier<Style>, on: CalendarDay)
    /// An adapter was trained.
    case styleTrained(Identifier<Style>, Style.Training)
    /// The adapter's pictures were compared with the works.
    case styleChecked(Identifier<Style>, Style.CopyCheck)
    /// The style may be used.
    case stylePublished(Identifier<Style>)
    /// The style may not be used for now, as while a claim is looked into.
    case styleSuspended(Identifier<Style>)
    /// The suspension is over.
    case suspensionLifted(Identifier<Style>)
    /// A style goes back to draft, to be trained on other works or anew.
    case styleReopened(Identifier<Style>)
    /// The style's end.
    case styleEnded(Identifier<Style>)
}

/// A change in its place: who made it, when and why.
public struct RegistryRecord: Sendable, Hashable, Codable {
    /// Its place, counted from 1.
    public let sequence: Int
    /// When it was recorded. Clocks may disagree: the order is the sequence.
    public let time: Timestamp
    /// Who: the operator's or the artist's account.
    public let actor: Identifier<RegistryActor>
    /// Why, for a reader. At most 1,000 bytes.
    public let note: String
    /// What changed.
    public let event: RegistryEvent

    /// A change in its place.
    public init(
        sequence: Int, time: Timestamp, actor: Identifier<RegistryActor>, note: String = "",
        event: RegistryEvent
    ) {
        self.sequence = sequence
        self.time = time
        self.actor = actor
        self.note = note
        self.event = event
    }
}

/// Somebody who may change the registry.
public enum RegistryActor {}
