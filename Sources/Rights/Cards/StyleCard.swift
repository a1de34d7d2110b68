/// The public facts of a style: whose, from what, under which terms, how trained and what for. Pages show it, nothing in
/// it is secret: neither titles of documents nor their text, only how many there are and until when they hold.
public struct StyleCard: Sendable, Hashable, Codable {
    /// Works under the same terms.
    public struct TermsGroup: Sendable, Hashable, Codable {
        /// How many works.
        public let workCount: Int
        /// Whether for pay.
        public let isCommercial: Bool
        /// Where, ISO 3166-1; empty for the whole world.
        public let territories: [String]
        /// The last day, or nil without end.
        public let until: CalendarDay?
    }

    /// The style.
    public let style: Identifier<Style>
    /// Its title.
    public let title: LocalizedText
    /// Who is credited.
    public let credit: String
    /// Where it is in its life.
    public let stage: Style.Stage
    /// How many works it was trained on.
    public let workCount: Int
    /// The works by terms, the largest group first.
    public let terms: [TermsGroup]
    /// How many times it was trained.
    public let trainingCount: Int
    /// The adapter in use.
    public let adapter: ContentHash?
    /// The comparison with the works: its report, or nil where there is none yet.
    public let copyCheckReport: ContentHash?
    /// The holders' share of a picture's price, in hundredths of a percent.
    public let holderBasisPoints: Int
    /// The fee in micro-units.
    public let feeMicros: Int64
    /// The fee's currency.
    public let currency: String
    /// Whether pictures may be sold.
    public let isCommercial: Bool
    /// The agreement's days.
    public let agreementFrom: CalendarDay
    /// The agreement's last day, by its term or by notice; nil where it runs on.
    public let agreementUntil: CalendarDay?
    /// The base model beneath.
    public let baseModel: BaseModelFacts
    /// What owning a style means here, said plainly.
    public let statement: LocalizedText

    /// Draws up a style's card as of a day.
    /// - Throws: ``RightsError`` with code `unknownReference` where the registry has no such style.
    public init(
        of identifier: Identifier<Style>, in registry: Registry, baseModel: BaseModelFacts,
        on day: CalendarDay
    ) throws {
        guard let style = registry.styles[identifier], let state = registry.agreements[style.agreement],
            let holder = registry.holders[style.holder]
        else {
            throw RightsError(
                .unknownReference, "there is no style \(identifier); look at the list of styles")
        }
        let works = style.trainings.last?.works ?? style.works
        self.style = identifier
        title = style.title
        credit = holder.creditName
        stage = style.stage
        workCount = works.count
        terms = Self.terms(of: works, in: registry, on: day)
        trainingCount = style.trainings.count
        adapter = style.trainings.last?.adapter
        copyCheckReport = style.copyCheck?.report
        holderBasisPoints = state.agreement.holderBasisPoints
        feeMicros = state.agreement.feeMicros
        currency = state.agreement.currency
        isCommercial = state.lines.contains(.drawing(isCommercial: true))
        agreementFrom = state.agreement.from
        agreementUntil = [state.agreement.until, state.endsOn].compactMap { $0 }.min()
        self.baseModel = baseModel
        statement = Self.statement
    }

    private static func terms(
        of works: Set<Identifier<Work>>, in registry: Registry, on day: CalendarDay
    ) -> [TermsGroup] {
        var counts: [TermsGroup: Int] = [:]
        for work in works {
            let documents = (registry.evidence[work] ?? []).filter {
                $0.uses.contains(.styleTraining) && $0.from <= day
            }
            // The document recorded last is the one that stands.
            guard let document = documents.last else { continue }
            let group = TermsGroup(
                workCount: 0, isCommercial: document.isCommercial, territories: document.territories.sorted(),
                until: document.until)
            counts[group, default: 0] += 1
        }
        return counts.map { group, count in
            TermsGroup(
                workCount: count, isCommercial: group.isCommercial, territories: group.territories,
                until: group.until)
        }.sorted {
            if $0.workCount != $1.workCount { return $0.workCount > $1.workCount }
            return ($0.territories.joined(), $0.until?.daysSinceEpoch ?? .max, $0.isCommercial ? 0 : 1)
                < ($1.territories.joined(), $1.until?.daysSinceEpoch ?? .max, $1.isCommercial ? 0 : 1)
        }
    }

    private static let statement = LocalizedText(
        korean: "화풍 자체는 법으로 거의 보호되지 않습니다. 여기서 화풍에 주인이 있다는 것은 약정에 따른 약속이며, 법이 요구하는 것보다 강합니다.",
        english:
            "The law hardly protects a style as such. That styles have owners here is a promise by agreement, and "
            + "stronger than the law asks.")
}
