import FoundationEssentials
import ImagePipelines
import Images
import Rights
import Serving
import Stores
import TestSupport
import Testing

@testable import Worker

/// Styles in folders: which can be drawn with, what is loaded, and what the worker makes of them.
@Suite(.enabled(if: TinyPipeline.hasDevice, "needs the CPU plugin: make setup"), .serialized)
struct StyleShelfTests {
    private static let shape = PictureShape(model: "hanji", width: 64, height: 64)

    private func shelf(
        _ folder: String, identifiers: [String: String] = [:], byteLimit: Int = StyleShelf.usualByteLimit
    ) throws -> StyleShelf {
        StyleShelf(
            folder: folder, pipelines: ["hanji": try TinyPipeline.pipeline.get()],
            identifiers: { identifiers }, byteLimit: byteLimit)
    }

    private func refusal(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test("A style is listed with what its manifest says, and loaded once")
    func loading() async throws {
        try await withDataFolder { folder in
            try SampleStyles.write("maru-ink", seed: 1, in: folder) { manifest in
                manifest.triggerWords = ["먹"]
                manifest.agreement = try Identifier("agreement-1")
            }
            try SampleStyles.write("dal", seed: 2, rank: 8, in: folder)
            let shelf = try shelf(folder)
            #expect(shelf.faults.isEmpty)
            #expect(shelf.entries.map(\.manifest.identifier.text) == ["dal", "maru-ink"])
            #expect(shelf.entries.allSatisfy { $0.obstacle == nil })
            #expect(!shelf.hasLoaded("maru-ink", for: "hanji") && shelf.loadedByteCount == 0)
            async let first = shelf.style("maru-ink", for: "hanji")
            async let second = shelf.style("maru-ink", for: "hanji")
            let styles = try await (first, second)
            #expect(styles.0 === styles.1)
            #expect(shelf.hasLoaded("maru-ink", for: "hanji") && shelf.loadedByteCount == styles.0.byteCount)
            let credit = try #require(
                shelf.credit(for: [StyleUse("dal", strengthMilli: 500), StyleUse("maru-ink")]))
            #expect(credit.name == "maru-ink, dal:0.5" && credit.holder == "Maru Kim")
            #expect(credit.agreement == "agreement-1, none")
            #expect(shelf.credit(for: []) == nil)
        }
    }

    @Test("What cannot be drawn with is listed with the reason, and refused with it")
    func obstacles() async throws {
        try await withDataFolder { folder in
            try SampleStyles.write("copies", seed: 1, in: folder) { $0.nearCopyCount = 2 }
            try SampleStyles.write("checked", seed: 1, in: folder) { $0.nearCopyCount = 0 }
            try SampleStyles.write("elsewhere", seed: 1, in: folder) { $0.baseModel = "other" }
            try SampleStyles.write("stranger", seed: 1, in: folder) { $0.baseModelIdentifier = "sha256:ab" }
            try SampleStyles.write("changed", seed: 1, in: folder) {
                $0.adapterHash = ContentHash(of: [1, 2, 3])
            }
            try SampleStyles.write("poisoned", seed: 1, in: folder, deviation: .nan)
            try SampleStyles.write("empty", seed: 1, in: folder)
            writeBytes(Array("nothing".utf8), to: "\(folder)/empty/adapter.safetensors")
            let shelf = try shelf(folder, identifiers: ["hanji": "sha256:cd"])
            let expected = [
                "checked": "", "copies": "near copies", "elsewhere": "not served",
                "stranger": "another model",
                "changed": "changed after", "poisoned": "none", "empty": "safetensors", "missing": "no style",
            ]
            for (name, reason) in expected {
                let found = await refusal { _ = try await shelf.style(name, for: "hanji") }
                #expect(reason.isEmpty ? found.isEmpty : found.contains(reason), "\(name): \(found)")
            }
            #expect(
                await refusal { _ = try await shelf.style("checked", for: "other") }.contains("was made for"))
        }
    }

    @Test(
        "A manifest that breaks a rule is a fault of its own, and the others are still there",
        arguments: [
            ("{", "not JSON"), ("[]", "no style's manifest"), (#"{"id": "a"}"#, "title"),
            (#"{"id": "A B", "title": {"ko": "a", "en": "a"}}"#, "breaks its form"),
        ])
    func faults(text: String, reason: String) async throws {
        try await withDataFolder { folder in
            try SampleStyles.write("good", seed: 1, in: folder)
            for name in ["broken", "without"] {
                try FileManager.default.createDirectory(
                    atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
            }
            writeBytes(Array(text.utf8), to: "\(folder)/broken/style.json")
            try SampleStyles.write("twin", seed: 1, in: folder) { manifest in
                manifest = StyleManifest(
                    identifier: try Identifier("good"), title: manifest.title, artist: "Other",
                    adapter: manifest.adapter, adapterHash: manifest.adapterHash, baseModel: "hanji")
            }
            let shelf = try shelf(folder)
            #expect(shelf.entries.map(\.manifest.artist) == ["Maru Kim"])
            #expect(shelf.faults.count == 3)
            #expect(shelf.faults.contains { $0.contains(reason) }, "\(shelf.faults)")
        }
    }

    @Test("The styles used longest ago go where there is no more room, and come back")
    func eviction() async throws {
        try await withDataFolder { folder in
            for index in 1...3 { try SampleStyles.write("style-\(index)", seed: UInt64(index), in: folder) }
            let one = try await shelf(folder).style("style-1", for: "hanji").byteCount
            let shelf = try shelf(folder, byteLimit: 2 * one)
            for name in ["style-1", "style-2", "style-1", "style-3"] {
                _ = try await shelf.style(name, for: "hanji")
            }
            #expect(
                ["style-1", "style-2", "style-3"].map { shelf.hasLoaded($0, for: "hanji") } == [
                    true, false, true,
                ])
            #expect(shelf.loadedByteCount == 2 * one)
            _ = try await shelf.style("style-2", for: "hanji")
            #expect(shelf.loadedByteCount == 2 * one)
        }
    }

    @Test("What is kept follows from uses and sizes alone")
    func recency() {
        var recent = RecentStyles<Int, String>(byteLimit: 10)
        func keep(_ style: String, byteCount: Int, for key: Int, expecting gone: [Int]) {
            let found = recent.keep(style, byteCount: byteCount, for: key)
            #expect(found == gone)
        }
        func find(_ key: Int, _ style: String?) {
            let found = recent.style(for: key)
            #expect(found == style)
        }
        keep("a", byteCount: 4, for: 1, expecting: [])
        keep("b", byteCount: 4, for: 2, expecting: [])
        find(1, "a")
        keep("c", byteCount: 4, for: 3, expecting: [2])
        find(2, nil)
        #expect(recent.byteCount == 8)
        keep("d", byteCount: 20, for: 4, expecting: [1, 3])
        find(4, "d")
        #expect(recent.byteCount == 20)
        keep("d", byteCount: 5, for: 4, expecting: [])
        #expect(recent.byteCount == 5)
    }

    // MARK: in the worker

    private func order(_ index: Int, _ styles: [StyleUse]) -> DrawingOrder {
        var order = DrawingOrder(prompt: "노을 속 바닷가의 소녀", shape: Self.shape, seeds: [UInt64(40 + index)])
        order.guidanceScale = 4
        order.ownRecipe = TierRecipe(steps: 6, solver: .ddim)
        order.styles = styles
        return order
    }

    @Test(
        "Jobs with styles of their own share a batch and are drawn as if alone; an unknown style fails its job"
    )
    func worker() async throws {
        try await withDataFolder { folder in
            for index in 1...5 {
                try SampleStyles.write("style-\(index)", seed: UInt64(index), in: "\(folder)/styles")
            }
            let shelf = try shelf("\(folder)/styles")
            let pipeline = try TinyPipeline.pipeline.get()
            let floor = try Floor(
                "\(folder)/data", ManualClock(), PipelineEngine(["hanji": pipeline], styles: shelf),
                settings: WorkerSettings(name: "worker", usualShape: Self.shape), store: StoreSettings())
            // Five styles, of which a batch takes four: the fifth waits for a place.
            let orders =
                (1...5).map { order($0, [StyleUse("style-\($0)", strengthMilli: 400 * $0)]) } + [order(6, [])]
            var requests: [NewRequest] = []
            for order in orders { requests.append(try await floor.accept(order)) }
            let unknown = try await floor.accept(order(7, [StyleUse("style-9")]))
            try await floor.running(floor.worker()) {
                for request in requests {
                    try await eventually("done") { try await floor.jobs(request)[0].state == .done }
                }
                try await eventually("failed") { try await floor.jobs(unknown)[0].state == .failed }
            }
            #expect(try await floor.jobs(unknown)[0].failure?.code == "style_unavailable")
            for (order, request) in zip(orders, requests) {
                var alone = PictureRequest(prompt: order.prompt, seed: order.seeds[0])
                (alone.stepCount, alone.solver, alone.guidanceScale) = (6, .ddim, 4)
                for use in order.styles {
                    alone.styles.append(
                        PictureStyle(try await shelf.style(use.style, for: "hanji"), strength: use.strength))
                }
                var drawn: Picture?
                try await pipeline.draw(
                    [pipeline.plan(alone)], size: pipeline.sizes.size(width: 64, height: 64)
                ) { drawn = $1 }
                let found = try await floor.picture(floor.jobs(request)[0].picture)
                let expected = try #require(drawn)
                let distance = zip(found.bytes, expected.bytes).map { abs(Int($0) - Int($1)) }.max() ?? .max
                #expect(distance <= 1)
            }
            try floor.store.close()
        }
    }

    @Test("A style beyond a batch's slots waits, and whoever comes after it does not pass it by a style")
    func seats() {
        var seats = StyleSeats([HeldJob<PipelinePlan>]())
        var taken: [Bool] = []
        for styles in [["a", "b"], ["b", "c", "d"], [], ["e"], ["a"], []] {
            let isSeated = seats.seats(styles)
            taken.append(isSeated)
        }
        #expect(taken == [true, true, true, false, false, true])
    }
}
