import Rights
import Server

/// The desk of the scripted styles' artists; one of them has earned something.
public struct ScriptedArtists: ArtistDesk {
    private let registry: Registry
    private let ledger: [LedgerRecord]

    /// Makes the desk.
    public init() throws {
        registry = try ScriptedStyles.registry()
        var ledger = Ledger()
        var records: [LedgerRecord] = []
        for index in 0..<7 {
            let entry = try RoyaltySplit.entry(
                picture: Identifier("picture-\(index)"), payer: Identifier("somebody"),
                priceMicros: 120_000_000,
                currency: Currency("KRW"),
                styles: [
                    .init(
                        style: Identifier("kim-ink"), weightMilli: 800, holderBasisPoints: 7_050,
                        works: (1...12).map {
                            .init(work: try Identifier("kim-ink-\($0)"), holder: try Identifier("kim-hana"))
                        })
                ], time: Timestamp(milliseconds: 1_792_000_000_000 + Int64(index) * 1_000_000_000))
            records.append(try ledger.record(entry))
        }
        self.ledger = records
    }

    /// See ``ArtistDesk``.
    public func report(of holder: String) async throws -> ArtistReport? {
        guard let name = try? Identifier<RightsHolder>(holder), let holder = registry.holders[name] else {
            return nil
        }
        let day = try CalendarDay("2026-11-28")
        let works = registry.works.values.filter { $0.holder == name }.sorted {
            $0.identifier < $1.identifier
        }
        let styles = registry.styles.values.filter { $0.holder == name }
        let owed = ledger.reduce(into: Int64(0)) { sum, record in
            for posting in record.entry.postings where posting.account.holder == name {
                sum -= posting.debitMicros
            }
        }
        return ArtistReport(
            holder: holder,
            works: works.map {
                .init(work: $0, evidence: registry.evidence[$0.identifier] ?? [], isWithdrawn: false)
            },
            agreements: registry.agreements.values.filter { $0.agreement.holder == name }.map {
                .init(state: $0, isInForce: $0.isInForce(on: day))
            },
            styles: styles.map { style in
                var obstacle: StyleAvailability.Obstacle?
                if case .refused(let found) = registry.availability(of: style.identifier, on: day) {
                    obstacle = found
                }
                let isInk = style.identifier.text == "kim-ink"
                return .init(
                    style: style, obstacle: obstacle, missing: [],
                    claims: isInk
                        ? [.init(made: ledger[0].entry.time, stage: .takenUp)] : [])
            }, owed: owed == 0 ? [] : [.init(currency: try Currency("KRW"), micros: owed)],
            months: owed == 0
                ? [] : Set(ledger.map { $0.entry.time.day().month }).sorted().reversed())
    }

    /// See ``ArtistDesk``.
    public func statements(of holder: String, month: CalendarMonth) async throws -> [MonthlyStatement] {
        var builder = MonthlyStatementBuilder(
            holder: try Identifier(holder), month: month, currency: try Currency("KRW"))
        ledger.forEach { builder.add($0) }
        let statement = builder.finished()
        return statement.lines.isEmpty && statement.openingMicros == 0 ? [] : [statement]
    }
}
