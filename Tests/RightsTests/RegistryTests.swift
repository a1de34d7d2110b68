import Testing

@testable import Rights

/// A style's life, the training gate, and what is refused.
@Suite struct RegistryTests {
    private static let hash = ContentHash(of: "adapter".utf8)

    private struct Fixture {
        var registry = Registry()
        let style: Identifier<Style>
        let agreement: Identifier<Agreement>
        let holder: Identifier<RightsHolder>
        let works: Set<Identifier<Work>>
        let day: CalendarDay

        init() throws {
            style = try Identifier("kim-ink")
            agreement = try Identifier("a-1")
            holder = try Identifier("kim")
            works = [try Identifier("w-1"), try Identifier("w-2")]
            day = try CalendarDay("2026-06-01")
        }

        mutating func record(_ event: RegistryEvent) throws {
            _ = try registry.record(
                event, by: try Identifier("operator"), at: try Timestamp(milliseconds: 1_780_000_000_000))
        }

        mutating func recordBasics(evidence: Bool = true, until: String? = nil) throws {
            try record(.holderRegistered(.init(identifier: holder, creditName: "김하나")))
            try record(
                .agreementMade(
                    Agreement(
                        identifier: agreement, holder: holder, document: RegistryTests.hash,
                        opensNames: [Identifier("kim-studio")], holderBasisPoints: 7_000,
                        feeMicros: 50_000_000,
                        currency: Currency("KRW"), from: CalendarDay("2026-01-01"),
                        until: try until.map { try CalendarDay($0) }, noticeDays: 30)))
            try record(.agreementLineAdded(agreement, .training(1)))
            try record(.agreementLineAdded(agreement, .drawing(isCommercial: true)))
            for work in works.sorted() {
                try record(
                    .workRegistered(
                        Work(
                            identifier: work, holder: holder, title: work.text,
                            fileHash: .init(of: work.text.utf8))))
                guard evidence else { continue }
                try record(
                    .evidenceRecorded(
                        LicenceEvidence(
                            work: work, document: RegistryTests.hash, title: "licence",
                            uses: [.styleTraining],
                            isCommercial: true, from: CalendarDay("2026-01-01"))))
            }
            try record(
                .styleDrafted(
                    style, holder: holder, agreement: agreement,
                    title: .init(korean: "김하나 먹", english: "Kim's ink")))
            try record(.styleWorksChosen(style, works))
        }

        var training: Style.Training {
            .init(
                adapter: RegistryTests.hash, baseModel: "hanji", baseModelHash: RegistryTests.hash,
                agreementLine: 1,
                works: works)
        }

        mutating func publish() throws {
            try record(.evidenceCompleted(style, on: day))
            try record(.styleTrained(style, training))
            try record(
                .styleChecked(
                    style, .init(adapter: RegistryTests.hash, report: RegistryTests.hash, nearCopyCount: 0)))
            try record(.stylePublished(style))
        }

        func availability(_ day: String) throws -> StyleAvailability {
            registry.availability(of: style, on: try CalendarDay(day))
        }
    }

    @Test("From draft to end, every change kept, and the fold gives the same again")
    func life() throws {
        var fixture = try Fixture()
        try fixture.recordBasics()
        #expect(try fixture.availability("2026-06-01") == .refused(.notPublished))
        try fixture.publish()
        guard case .usable(let terms) = try fixture.availability("2026-06-01") else {
            Issue.record("not usable")
            return
        }
        #expect(terms.use(weightMilli: 800).works.map(\.work.text) == ["w-1", "w-2"])
        #expect(
            fixture.registry.openings(on: fixture.day).mapValues { $0.map(\.text) } == [
                try Identifier("kim-studio"): ["kim-ink"]
            ])
        try fixture.record(.styleSuspended(fixture.style))
        #expect(try fixture.availability("2026-06-01") == .refused(.suspended))
        #expect(fixture.registry.openings(on: fixture.day).isEmpty)
        try fixture.record(.suspensionLifted(fixture.style))
        try fixture.record(.noticeGiven(fixture.agreement, on: fixture.day))
        #expect(try fixture.availability("2026-07-01") != .refused(.agreementNotInForce))
        #expect(try fixture.availability("2026-07-02") == .refused(.agreementNotInForce))
        try fixture.record(.agreementTerminated(fixture.agreement))
        #expect(try fixture.availability("2026-06-01") == .refused(.agreementNotInForce))
        try fixture.record(.styleEnded(fixture.style))
        #expect(try fixture.availability("2026-06-01") == .refused(.ended))

        let again = try Registry(records: fixture.registry.records)
        #expect(again.styles == fixture.registry.styles)
        #expect(again.agreements == fixture.registry.agreements)
        #expect(again.history(of: fixture.style).count == 9)
    }

    @Test("A work taken back stops its styles")
    func withdrawal() throws {
        var fixture = try Fixture()
        try fixture.recordBasics()
        try fixture.publish()
        try fixture.record(.workWithdrawn(try Identifier("w-2")))
        #expect(try fixture.availability("2026-06-01") == .refused(.workWithdrawn))
    }

    @Test("Changes that may not follow are refused and alter nothing")
    func refusals() throws {
        var fixture = try Fixture()
        try fixture.recordBasics()
        let style = fixture.style
        let before = fixture.registry
        let check = Style.CopyCheck(adapter: Self.hash, report: Self.hash, nearCopyCount: 0)
        let refused: [(RightsError.Code, RegistryEvent)] = [
            (.alreadyRecorded, .holderRegistered(.init(identifier: fixture.holder, creditName: "x"))),
            (.unknownReference, .workWithdrawn(try Identifier("w-9"))),
            (.unknownReference, .styleWorksChosen(style, [try Identifier("w-9")])),
            (.unknownReference, .stylePublished(try Identifier("no-style"))),
            (.alreadyRecorded, .agreementLineAdded(fixture.agreement, .training(1))),
            (.invalidTransition, .stylePublished(style)),
            (.invalidTransition, .styleTrained(style, fixture.training)),
            (.invalidTransition, .styleChecked(style, check)), (.invalidTransition, .suspensionLifted(style)),
            (.invalidTransition, .evidenceCompleted(style, on: try CalendarDay("2025-12-31"))),
        ]
        for (index, (code, event)) in refused.enumerated() {
            let error = #expect(throws: RightsError.self, "row \(index)") { try fixture.record(event) }
            #expect(error?.code == code, "row \(index): \(error?.message ?? "")")
        }
        #expect(fixture.registry.records == before.records)
        #expect(fixture.registry.styles == before.styles)
    }

    @Test("Near copies block publication, and training again takes a new line")
    func copiesAndRetraining() throws {
        var fixture = try Fixture()
        try fixture.recordBasics()
        try fixture.record(.evidenceCompleted(fixture.style, on: fixture.day))
        try fixture.record(.styleTrained(fixture.style, fixture.training))
        try fixture.record(
            .styleChecked(fixture.style, .init(adapter: Self.hash, report: Self.hash, nearCopyCount: 2)))
        #expect(throws: RightsError.self) { try fixture.record(.stylePublished(fixture.style)) }
        try fixture.record(.styleReopened(fixture.style))
        let error = #expect(throws: RightsError.self) {
            try fixture.record(.evidenceCompleted(fixture.style, on: fixture.day))
        }
        #expect(error?.message.contains("no training line left") == true)
        try fixture.record(.agreementLineAdded(fixture.agreement, .training(2)))
        try fixture.record(.evidenceCompleted(fixture.style, on: fixture.day))
        #expect(throws: RightsError.self) {
            try fixture.record(.styleTrained(fixture.style, fixture.training))
        }
    }

    @Test("The gate names everything that is missing at once")
    func gate() throws {
        var fixture = try Fixture()
        try fixture.recordBasics(evidence: false)
        let (first, second) = (try Identifier<Work>("w-1"), try Identifier<Work>("w-2"))
        try fixture.record(
            .evidenceRecorded(
                LicenceEvidence(
                    work: first, document: Self.hash, title: "licence", uses: [.display], isCommercial: false,
                    territories: ["KR"], from: CalendarDay("2026-01-01"), until: CalendarDay("2026-05-31"))))
        let third = try Identifier<Work>("w-3")
        try fixture.record(
            .workRegistered(
                Work(
                    identifier: third, holder: fixture.holder, title: "c", fileHash: .init(of: "w-1".utf8),
                    signals: [.credentialsForbidTraining, .miningReserved])))
        try fixture.record(
            .evidenceRecorded(
                LicenceEvidence(
                    work: third, document: Self.hash, title: "licence", uses: [.styleTraining],
                    isCommercial: true,
                    from: CalendarDay("2026-01-01"))))
        try fixture.record(.styleWorksChosen(fixture.style, [first, second, third]))
        let style = try #require(fixture.registry.styles[fixture.style])
        guard case .incomplete(let missing) = TrainingGate.check(style, in: fixture.registry, on: fixture.day)
        else {
            Issue.record("complete")
            return
        }
        #expect(
            missing == [
                .init(work: first, gap: .trainingNotGranted),
                .init(work: first, gap: .commercialUseNotGranted),
                .init(work: first, gap: .territoryNotCovered),
                .init(work: first, gap: .runOut(try CalendarDay("2026-05-31"))),
                .init(work: second, gap: .noDocument),
                .init(work: third, gap: .credentialsForbidTraining),
                .init(work: third, gap: .signal(.miningReserved)),
                .init(work: third, gap: .sameFile(as: first)),
            ])
        #expect(missing.allSatisfy { !$0.message.korean.isEmpty && !$0.message.english.isEmpty })
    }

    @Test("A style's card, dataset and training summary say what the registry knows")
    func cards() throws {
        var fixture = try Fixture()
        try fixture.recordBasics()
        try fixture.publish()
        let base = BaseModelFacts(
            name: "hanji", version: "1", weights: Self.hash, licence: "Apache-2.0",
            trainingHistory: .init(korean: "프로그램이 그린 그림", english: "Pictures painted by a program."),
            pictureCount: 500_000, isTrainedOnSyntheticPicturesOnly: true, isTrainedOnCrawledPictures: false,
            dataUntil: try CalendarDay("2026-05-01"))
        let card = try StyleCard(of: fixture.style, in: fixture.registry, baseModel: base, on: fixture.day)
        #expect(card.workCount == 2)
        #expect(card.terms.map(\.workCount) == [2])
        #expect(card.credit == "김하나")
        let dataset = try CroissantDataset(
            of: fixture.style, in: fixture.registry, url: "https://o.example/s/kim-ink", on: fixture.day)
        #expect(
            dataset.distribution.map(\.sha256) == ["w-1", "w-2"].map { ContentHash(of: $0.utf8).hexadecimal })
        let summary = try TrainingSummary(
            of: fixture.style, in: fixture.registry, baseModel: base, providerName: "Ondol",
            providerContact: "a@o.example")
        #expect(summary.dataSources.licensedWorkCount == 2)
        #expect(summary.dataSources.licensedHolderCount == 1)
        #expect(summary.dataSources.usesCrawledData == false)
        #expect(summary.generalInformation.imageSize == "less than 1 million images")
        // Of a model without a record nothing is claimed.
        let unknown = try TrainingSummary(
            of: fixture.style, in: fixture.registry,
            baseModel: .unknown(name: "other", weights: Self.hash), providerName: "Ondol",
            providerContact: "a@o.example")
        #expect(unknown.dataSources.usesCrawledData == nil && unknown.generalInformation.imageSize == nil)
        #expect(!unknown.dataSources.usesSyntheticData && unknown.dataSources.otherSources.count == 1)
        #expect(throws: RightsError.self) {
            try StyleCard(of: Identifier("none"), in: fixture.registry, baseModel: base, on: fixture.day)
        }
    }
}
