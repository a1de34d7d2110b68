import Rights
import Serving

/// Shows artists what is theirs: works, evidence, agreements, styles, and what they have earned.
public protocol ArtistDesk: Sendable {
    /// All that is recorded of a holder; nil where there is none of that name.
    func report(of holder: String) async throws -> ArtistReport?

    /// A month's statements of a holder, one for each currency that moved or is owed; empty where nothing did.
    func statements(of holder: String, month: CalendarMonth) async throws -> [MonthlyStatement]
}

/// All that is recorded of a holder.
public struct ArtistReport: Sendable {
    /// A work and what proves that it may be used.
    public struct WorkReport: Sendable, Hashable {
        /// The work.
        public let work: Work
        /// Its documents, in the order they were recorded.
        public let evidence: [LicenceEvidence]
        /// Whether the holder took it back.
        public let isWithdrawn: Bool

        /// A work's report.
        public init(work: Work, evidence: [LicenceEvidence], isWithdrawn: Bool) {
            self.work = work
            self.evidence = evidence
            self.isWithdrawn = isWithdrawn
        }
    }

    /// An agreement and whether it holds today.
    public struct AgreementReport: Sendable, Hashable {
        /// The agreement with what became of it.
        public let state: Registry.AgreementState
        /// Whether it is in force today.
        public let isInForce: Bool

        /// An agreement's report.
        public init(state: Registry.AgreementState, isInForce: Bool) {
            self.state = state
            self.isInForce = isInForce
        }
    }

    /// A style, whether it can be drawn in, and what stands in its way.
    public struct StyleReport: Sendable, Hashable {
        /// The style.
        public let style: Style
        /// Why nothing can be drawn in it now; nil where something can.
        public let obstacle: StyleAvailability.Obstacle?
        /// What is missing before it may be trained; empty where nothing is, or it was trained.
        public let missing: [MissingEvidence]
        /// The claims about it, without who made them.
        public let claims: [ClaimNotice]

        /// A style's report.
        public init(
            style: Style, obstacle: StyleAvailability.Obstacle?, missing: [MissingEvidence],
            claims: [ClaimNotice]
        ) {
            self.style = style
            self.obstacle = obstacle
            self.missing = missing
            self.claims = claims
        }
    }

    /// That somebody has made a claim.
    public struct ClaimNotice: Sendable, Hashable {
        /// When it came.
        public let made: Timestamp
        /// Where it stands.
        public let stage: Claim.Stage

        /// A notice.
        public init(made: Timestamp, stage: Claim.Stage) {
            self.made = made
            self.stage = stage
        }
    }

    /// Money owed, in millionths of the currency's unit.
    public struct Owed: Sendable, Hashable {
        /// The currency.
        public let currency: Currency
        /// The amount.
        public let micros: Int64

        /// An amount.
        public init(currency: Currency, micros: Int64) {
            self.currency = currency
            self.micros = micros
        }
    }

    /// Who it is.
    public let holder: RightsHolder
    /// Works, by their names.
    public let works: [WorkReport]
    /// Agreements, by their names.
    public let agreements: [AgreementReport]
    /// Styles, by their names.
    public let styles: [StyleReport]
    /// What is owed now, by currencies.
    public let owed: [Owed]
    /// Months in which something moved, the newest first; at most 120.
    public let months: [CalendarMonth]

    /// A report from its parts.
    public init(
        holder: RightsHolder, works: [WorkReport], agreements: [AgreementReport], styles: [StyleReport],
        owed: [Owed], months: [CalendarMonth]
    ) {
        self.holder = holder
        self.works = works
        self.agreements = agreements
        self.styles = styles
        self.owed = owed
        self.months = months
    }
}
