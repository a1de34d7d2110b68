import FoundationEssentials
import Rights
import RightsSamples
import Serving
import Stores
import Testing

@testable import Server
@testable import Service

/// Claims over the store: what they stop, and what goes on.
@Suite struct ClaimServiceTests {
    private static func statement(_ style: String? = "kim-ink") throws -> ClaimStatement {
        try ClaimStatement(
            subject: style.map { .style(try Identifier($0)) } ?? .other, text: "mine", name: "이도윤",
            contact: "a@b.example", tongue: .korean)
    }

    private static func settings(_ suspension: ClaimRules.Suspension) -> ServiceSettings {
        var settings = ServiceSettings()
        settings.claims.suspension = suspension
        return settings
    }

    /// A house with a published style and a desk of claims.
    private static func run(
        _ suspension: ClaimRules.Suspension,
        _ body: (TestHouse, any ClaimService) async throws -> Void
    ) async throws {
        try await TestHouse.run(settings: settings(suspension)) { house in
            try await house.record(RightsSamples.events())
            let claims = try #require(try house.core.claims(addressKey: Array(repeating: 3, count: 32)))
            try await body(house, claims)
        }
    }

    private static func taken(_ outcome: ClaimOutcome) throws -> ClaimReceipt {
        guard case .taken(let found) = outcome else { throw ServiceError(.damaged, "\(outcome)") }
        return found.receipt
    }

    private static func stage(_ house: TestHouse) throws -> Style.Stage? {
        house.core.stored.rights.registry.styles[try Identifier("kim-ink")]?.stage
    }

    private static let operatorCaller = Caller(
        id: "key_operator", scopes: [.administer], plan: Plan(name: "p"))

    @Test(
        "A style stops when the rule says so, and goes on once no claim holds it",
        arguments: ClaimRules.Suspension.allCases)
    func suspension(_ rule: ClaimRules.Suspension) async throws {
        try await Self.run(rule) { house, claims in
            let first = try Self.taken(
                try await claims.submit(try Self.statement(), picture: nil, from: "1.2.3.4"))
            #expect(try Self.stage(house) == (rule == .atOnce ? .suspended : .published))
            let second = try Self.taken(
                try await claims.submit(try Self.statement(), picture: nil, from: nil))
            for receipt in [first, second] {
                _ = try await claims.step(receipt, to: .takenUp, reason: "", by: Self.operatorCaller)
            }
            #expect(try Self.stage(house) == (rule == .never ? .published : .suspended))
            let told = try await claims.step(
                first, to: .rejected, reason: "not this one", by: Self.operatorCaller)
            #expect(told?.claim.stage == .rejected)
            // The other one holds it still.
            #expect(try Self.stage(house) == (rule == .never ? .published : .suspended))
            _ = try await claims.step(second, to: .rejected, reason: "nor this", by: Self.operatorCaller)
            #expect(try Self.stage(house) == .published)
        }
    }

    @Test("What an operator stopped for another reason no answer starts again; what was upheld stays stopped")
    func others() async throws {
        try await Self.run(.whenTakenUp) { house, claims in
            try await house.record([.styleSuspended(try Identifier("kim-ink"))])
            let receipt = try Self.taken(
                try await claims.submit(try Self.statement(), picture: nil, from: nil))
            _ = try await claims.step(receipt, to: .rejected, reason: "no", by: Self.operatorCaller)
            #expect(try Self.stage(house) == .suspended)
            try await house.record([.suspensionLifted(try Identifier("kim-ink"))])
            let right = try Self.taken(try await claims.submit(try Self.statement(), picture: nil, from: nil))
            _ = try await claims.step(right, to: .upheld, reason: "yes", by: Self.operatorCaller)
            #expect(try Self.stage(house) == .suspended)
            let wrong = try Self.taken(try await claims.submit(try Self.statement(), picture: nil, from: nil))
            _ = try await claims.step(wrong, to: .rejected, reason: "no", by: Self.operatorCaller)
            #expect(try Self.stage(house) == .suspended)
        }
    }

    @Test(
        "A step that is refused stops nothing; unknown styles and floods are refused, and a refused picture is not kept"
    )
    func refusals() async throws {
        try await Self.run(.whenTakenUp) { house, claims in
            let receipt = try Self.taken(
                try await claims.submit(try Self.statement(), picture: nil, from: nil))
            await #expect(throws: RightsError.self) {
                try await claims.step(receipt, to: .upheld, reason: " ", by: Self.operatorCaller)
            }
            #expect(try Self.stage(house) == .published)
            #expect(
                try await claims.submit(try Self.statement("no-such"), picture: nil, from: nil)
                    == .unknownStyle)
            let picture = try #require(
                UploadedPicture(bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1]))
            var outcomes: [ClaimOutcome] = []
            for _ in 0...ClaimLimits.perNetworkAndDay {
                outcomes.append(
                    try await claims.submit(try Self.statement(nil), picture: picture, from: "1.2.3.4"))
            }
            #expect(outcomes.last == .tooMany)
            let kept = try Self.taken(outcomes[0])
            #expect(try await claims.picture(of: kept)?.bytes == picture.bytes)
            #expect(try await claims.picture(of: receipt) == nil)
            let files = FileManager.default.subpaths(atPath: house.store.folder + "/pictures") ?? []
            #expect(files.count { $0.contains("pic_") } == ClaimLimits.perNetworkAndDay)
            // What came with a claim is no picture to be had by a link.
            let record = try #require(
                try await house.store.claims(isOpen: true, after: nil, limit: 9).first { $0.picture != nil })
            let wanted: Server.PictureIdentifier? = record.picture.map { .init($0) }
            let name = try #require(wanted)
            #expect(try await house.core.pictures.picture(name) == nil)
            #expect(record.network?.contains("1.2.3.4") == false)
        }
    }

    @Test("Cards are those of the registry as it is now; a draft has none, and samples come from the folder")
    func cards() async throws {
        try await TestHouse.run { house in
            try await house.record(Array(RightsSamples.events().dropLast()))
            let folder = FileManager.default.temporaryDirectory.path + "/ondol-samples-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let cards = house.core.styleCards(
                publicAddress: "https://o.example", samples: SampleFolder(path: folder),
                baseModel: { .unknown(name: $0, weights: $1) })
            #expect(try await cards.cards().isEmpty)
            #expect(try await cards.dossier(of: "kim-ink") == nil)
            try await house.record([.stylePublished(try Identifier("kim-ink"))])
            #expect(try await cards.cards().map(\.style.text) == ["kim-ink"])
            #expect(try await cards.dossier(of: "kim-ink")?.sampleCount == 0)
            try FileManager.default.createDirectory(
                atPath: folder + "/kim-ink", withIntermediateDirectories: true)
            for (name, bytes) in [
                ("2.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
                ("1.jpg", [0xFF, 0xD8, 0xFF, 0xE0]),
                ("notes.txt", [1]), ("3.png", [1, 2]),
            ] as [(String, [UInt8])] {
                try Data(bytes).write(to: URL(filePath: "\(folder)/kim-ink/\(name)"))
            }
            #expect(try await cards.dossier(of: "kim-ink")?.sampleCount == 3)
            #expect(try await cards.sample(1, of: "kim-ink")?.format == .jpeg)
            #expect(try await cards.sample(2, of: "kim-ink")?.format == .png)
            // What only calls itself a picture is none.
            #expect(try await cards.sample(3, of: "kim-ink") == nil)
            for (number, style) in [(0, "kim-ink"), (4, "kim-ink"), (1, "../kim-ink"), (1, "none")] {
                #expect(try await cards.sample(number, of: style) == nil)
            }
        }
    }
}

extension TestHouse {
    /// Records changes of the registry, as the command line does, and lets the service see them.
    fileprivate func record(_ events: [RegistryEvent]) async throws {
        var registry = Registry()
        for event in events {
            registry = try await store.change(
                registry, by: try RightsSamples.name("operator"), at: RightsSamples.time
            ) { _ in event }
        }
        try await core.stored.rights.refresh()
    }
}
