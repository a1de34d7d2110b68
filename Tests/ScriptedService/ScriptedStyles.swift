import Rights
import Server

/// Two styles of artists, one of them suspended, out of a registry of their own.
public struct ScriptedStyles: StyleCardService {
    private let registry: Registry
    private let base: BaseModelFacts
    private let day: CalendarDay

    /// Makes the styles.
    public init() throws {
        day = try CalendarDay("2026-11-28")
        base = BaseModelFacts(
            name: "hanji", version: "0.1.0", weights: ContentHash(of: "weights".utf8), licence: "Apache-2.0",
            trainingHistory: .init(
                korean: "이 프로그램이 그린 그림만으로 배웠습니다. 누구의 작품도 들어 있지 않습니다.",
                english: "Only pictures that this program painted. Nobody's work is in it."),
            pictureCount: 1_000_000, isTrainedOnSyntheticPicturesOnly: true,
            isTrainedOnCrawledPictures: false,
            dataUntil: try CalendarDay("2026-11-20"))
        registry = try Self.registry()
    }

    /// The registry that they come from.
    public static func registry() throws -> Registry {
        var registry = Registry()
        var hours: Int64 = 0
        func record(_ event: RegistryEvent) throws {
            hours += 1
            _ = try registry.record(
                event, by: try Identifier("operator"),
                at: try Timestamp(milliseconds: 1_790_000_000_000 + hours * 3_600_000))
        }
        let styles = [
            (
                holder: "kim-hana", credit: "김하나", style: "kim-ink", korean: "하나의 먹", english: "Hana's ink",
                works: 12
            ),
            (
                holder: "moss", credit: "Ida Moss <3", style: "moss-gouache", korean: "이끼빛 과슈",
                english: "Moss gouache", works: 1
            ),
        ]
        for (index, row) in styles.enumerated() {
            let (holder, agreement): (Identifier<RightsHolder>, Identifier<Agreement>) =
                (try Identifier(row.holder), try Identifier("a-\(index + 1)"))
            let style: Identifier<Style> = try Identifier(row.style)
            let hash = ContentHash(of: row.style.utf8)
            try record(.holderRegistered(.init(identifier: holder, creditName: row.credit)))
            try record(
                .agreementMade(
                    Agreement(
                        identifier: agreement, holder: holder, document: hash, holderBasisPoints: 7_050,
                        feeMicros: index == 0 ? 50_000_000 : 40_000,
                        currency: Currency(index == 0 ? "KRW" : "EUR"),
                        from: CalendarDay("2026-01-01"),
                        until: index == 0 ? nil : try CalendarDay("2027-12-31"), noticeDays: 30)))
            try record(.agreementLineAdded(agreement, .training(1)))
            try record(.agreementLineAdded(agreement, .drawing(isCommercial: index == 0)))
            let works: [Identifier<Work>] = try (1...row.works).map { try Identifier("\(row.style)-\($0)") }
            for (number, work) in works.enumerated() {
                try record(
                    .workRegistered(
                        Work(
                            identifier: work, holder: holder, title: "작품 \(number + 1)",
                            fileHash: ContentHash(of: work.text.utf8))))
                try record(
                    .evidenceRecorded(
                        LicenceEvidence(
                            work: work, document: hash, title: "licence", uses: [.styleTraining],
                            isCommercial: true, territories: number < 9 ? [] : ["JP", "KR"],
                            from: CalendarDay("2026-01-01"),
                            until: number < 9 ? nil : try CalendarDay("2028-06-30"))))
            }
            try record(
                .styleDrafted(
                    style, holder: holder, agreement: agreement,
                    title: .init(korean: row.korean, english: row.english)))
            try record(.styleWorksChosen(style, Set(works)))
            // The gate asks for rights in the whole world; the narrower papers stand beside wide ones.
            for work in works.dropFirst(9) {
                try record(
                    .evidenceRecorded(
                        LicenceEvidence(
                            work: work, document: ContentHash(of: "wide".utf8), title: "wide licence",
                            uses: [.styleTraining], isCommercial: true, from: CalendarDay("2026-02-01"),
                            until: try CalendarDay("2030-12-31"))))
            }
            try record(.evidenceCompleted(style, on: CalendarDay("2026-06-01")))
            try record(
                .styleTrained(
                    style,
                    .init(
                        adapter: hash, baseModel: "hanji", baseModelHash: ContentHash(of: "weights".utf8),
                        agreementLine: 1, works: Set(works))))
            try record(.styleChecked(style, .init(adapter: hash, report: hash, nearCopyCount: 0)))
            try record(.stylePublished(style))
            if index == 1 { try record(.styleSuspended(style)) }
        }
        return registry
    }

    private var shown: [Identifier<Style>] {
        registry.styles.values.filter { $0.stage.isShown }.map(\.identifier).sorted()
    }

    /// See ``StyleCardService``.
    public func cards() async throws -> [StyleCard] {
        try shown.map { try StyleCard(of: $0, in: registry, baseModel: base, on: day) }
    }

    /// See ``StyleCardService``.
    public func dossier(of style: String) async throws -> StyleDossier? {
        guard let style = try? Identifier<Style>(style), shown.contains(style) else { return nil }
        return StyleDossier(
            card: try StyleCard(of: style, in: registry, baseModel: base, on: day),
            dataset: try CroissantDataset(
                of: style, in: registry, url: "https://o.example/styles/\(style)", on: day),
            summary: try TrainingSummary(
                of: style, in: registry, baseModel: base, providerName: "Ondol",
                providerContact: "o@o.example"),
            sampleCount: style.text == "kim-ink" ? 4 : 0)
    }

    /// See ``StyleCardService``.
    public func sample(_ number: Int, of style: String) async throws -> StoredPicture? {
        guard style == "kim-ink", (1...4).contains(number) else { return nil }
        return StoredPicture(format: .png, bytes: ScriptedPictures.signature(.png) + [UInt8(number)])
    }
}
