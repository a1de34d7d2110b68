import Rights
import Server
import Serving
import Stores

/// Shows artists what the store has of theirs.
struct StoredArtistDesk: ArtistDesk {
    typealias Store = LedgerStore & ClaimStore

    let store: any Store
    let desk: RightsDesk
    let utcOffsetMinutes: Int
    let environment: ServiceEnvironment

    /// Records that are read at once.
    private static let pageSize = 10_000
    /// Months that are shown: ten years.
    private static let monthLimit = 120

    func report(of holder: String) async throws -> ArtistReport? {
        let registry = desk.registry
        guard let name = try? Identifier<RightsHolder>(holder), let holder = registry.holders[name] else {
            return nil
        }
        let day = desk.day(at: environment.now())
        let works = registry.works.values.filter { $0.holder == name }.sorted {
            $0.identifier < $1.identifier
        }
        let agreements = registry.agreements.values.filter { $0.agreement.holder == name }
            .sorted { $0.agreement.identifier < $1.agreement.identifier }
        var styles: [ArtistReport.StyleReport] = []
        for style in registry.styles.values.filter({ $0.holder == name })
            .sorted(by: { $0.identifier < $1.identifier })
        {
            let claims = try await withStore { try await store.claims(about: style.identifier) }
            styles.append(Self.report(style, registry, on: day, claims: claims))
        }
        let (owed, months) = try await earnings(of: name)
        return ArtistReport(
            holder: holder,
            works: works.map {
                .init(
                    work: $0, evidence: registry.evidence[$0.identifier] ?? [],
                    isWithdrawn: registry.withdrawnWorks.contains($0.identifier))
            },
            agreements: agreements.map { .init(state: $0, isInForce: $0.isInForce(on: day)) },
            styles: styles, owed: owed, months: months)
    }

    private static func report(
        _ style: Style, _ registry: Registry, on day: CalendarDay, claims: [ClaimRecord]
    ) -> ArtistReport.StyleReport {
        var obstacle: StyleAvailability.Obstacle?
        if case .refused(let found) = registry.availability(of: style.identifier, on: day) {
            obstacle = found
        }
        var missing: [MissingEvidence] = []
        if style.stage == .draft,
            case .incomplete(let found) = TrainingGate.check(style, in: registry, on: day)
        {
            missing = found
        }
        return ArtistReport.StyleReport(
            style: style, obstacle: obstacle, missing: missing,
            claims: claims.map { .init(made: $0.claim.made, stage: $0.claim.stage) })
    }

    /// What is owed, and the months in which something moved.
    private func earnings(of holder: Identifier<RightsHolder>) async throws -> (
        owed: [ArtistReport.Owed], months: [CalendarMonth]
    ) {
        var sums: [Currency: Int64] = [:]
        var months: Set<CalendarMonth> = []
        try await records(of: holder) { record in
            months.insert(record.entry.time.day(utcOffsetMinutes: utcOffsetMinutes).month)
            for posting in record.entry.postings where posting.account.holder == holder {
                sums[record.entry.currency, default: 0] &-= posting.debitMicros
            }
        }
        let owed = sums.sorted { $0.key < $1.key }.map {
            ArtistReport.Owed(currency: $0.key, micros: $0.value)
        }
        return (owed, Array(months.sorted().reversed().prefix(Self.monthLimit)))
    }

    private func records(
        of holder: Identifier<RightsHolder>, _ body: (LedgerRecord) -> Void
    ) async throws {
        var last = 0
        while true {
            let page = try await withStore {
                try await store.ledgerRecords(of: holder, after: last, limit: Self.pageSize)
            }
            page.forEach(body)
            guard page.count == Self.pageSize, let end = page.last else { return }
            last = end.sequence
        }
    }

    func statements(of holder: String, month: CalendarMonth) async throws -> [MonthlyStatement] {
        guard let name = try? Identifier<RightsHolder>(holder) else { return [] }
        var builders: [Currency: MonthlyStatementBuilder] = [:]
        try await records(of: name) { record in
            let currency = record.entry.currency
            builders[
                currency,
                default: MonthlyStatementBuilder(
                    holder: name, month: month, currency: currency, utcOffsetMinutes: utcOffsetMinutes)
            ].add(record)
        }
        return builders.sorted { $0.key < $1.key }.map { $0.value.finished() }.filter {
            !$0.lines.isEmpty || $0.openingMicros != 0 || $0.paidMicros != 0
        }
    }
}
