import Rights

/// What tests of several rooms record: a published style, and entry sets of the ledger.
public enum RightsSamples {
    /// When all of it happens.
    public static let time = Timestamp(nearestTo: 1_800_000_000_000)
    /// The hash of every file.
    public static let hash = ContentHash(of: "adapter".utf8)

    /// A name of whatever kind is asked for.
    public static func name<Kind>(_ text: String) throws -> Identifier<Kind> { try Identifier(text) }

    /// The changes that lead to a published style of two works.
    public static func events(style: String = "kim-ink") throws -> [RegistryEvent] {
        let (holder, agreement): (Identifier<RightsHolder>, Identifier<Agreement>) =
            (try name("kim-\(style)"), try name("a-\(style)"))
        let works: [Identifier<Work>] = [try name("w-1-\(style)"), try name("w-2-\(style)")]
        let day = try CalendarDay("2026-01-01")
        let style: Identifier<Style> = try name(style)
        let recorded = works.flatMap { work in
            [
                RegistryEvent.workRegistered(
                    Work(
                        identifier: work, holder: holder, title: "먹 1", fileHash: .init(of: work.text.utf8),
                        signals: [.miningReserved])),
                .evidenceRecorded(
                    LicenceEvidence(
                        work: work, document: hash, title: "licence", uses: [.styleTraining, .display],
                        isCommercial: true, from: day, overridesSignals: true)),
            ]
        }
        return [
            .holderRegistered(.init(identifier: holder, creditName: "김하나")),
            .agreementMade(
                try Agreement(
                    identifier: agreement, holder: holder, document: hash, holderBasisPoints: 7_000,
                    feeMicros: 50_000_000, currency: Currency("KRW"), from: day, noticeDays: 30)),
            .agreementLineAdded(agreement, .training(1)),
            .agreementLineAdded(agreement, .drawing(isCommercial: true)),
        ] + recorded + [
            .styleDrafted(
                style, holder: holder, agreement: agreement,
                title: .init(korean: "김하나 먹", english: "Kim's ink")),
            .styleWorksChosen(style, Set(works)), .evidenceCompleted(style, on: day),
            .styleTrained(
                style,
                .init(
                    adapter: hash, baseModel: "hanji", baseModelHash: hash, agreementLine: 1,
                    works: Set(works))),
            .styleChecked(style, .init(adapter: hash, report: hash, nearCopyCount: 0)),
            .stylePublished(style),
        ]
    }

    /// What a picture in a style of two works owes.
    public static func delivery(_ picture: String, micros: Int64 = 1_000_001) throws -> LedgerEntry {
        try RoyaltySplit.entry(
            picture: name(picture), payer: name("somebody"), priceMicros: micros, currency: Currency("KRW"),
            styles: [
                .init(
                    style: name("kim-ink"), weightMilli: 800, holderBasisPoints: 7_000,
                    works: [
                        .init(work: name("w-1"), holder: name("kim")),
                        .init(work: name("w-2"), holder: name("lee")),
                    ])
            ], time: time)
    }
}
