import FoundationEssentials
import ImagePipelines
import Logging
import Rights
import Synchronization
import TestSupport
import Testing

@testable import Worker

/// A shelf that is followed while it serves: what is added, replaced and taken away.
@Suite(.enabled(if: TinyPipeline.hasDevice, "needs the CPU plugin: make setup"), .serialized)
struct ShelfRefreshTests {
    /// The shelf of a folder, and the models whose programs it had prepared.
    private final class Followed: Sendable {
        struct Broken: Error {}

        let shelf: StyleShelf
        let prepared = Mutex<[String]>([])
        let fails = Mutex(false)

        init(_ folder: String) throws {
            shelf = StyleShelf(folder: folder, pipelines: ["hanji": try TinyPipeline.pipeline.get()])
        }

        func refresh() async throws -> ShelfChanges {
            try await shelf.refresh { [self] model, _ in
                if fails.withLock({ $0 }) { throw Broken() }
                prepared.withLock { $0.append(model) }
            }
        }

        func refusal(_ name: String) async -> String {
            do {
                _ = try await shelf.style(name, for: "hanji")
                return ""
            } catch {
                return "\(error)"
            }
        }
    }

    private func run(_ body: (String, Followed) async throws -> Void) async throws {
        try await withDataFolder { folder in
            let styles = "\(folder)/styles"
            try FileManager.default.createDirectory(atPath: styles, withIntermediateDirectories: true)
            try await body(styles, Followed(styles))
        }
    }

    @Test("A style that is put there is drawn with, and its programs are prepared before it is offered")
    func added() async throws {
        try await run { folder, followed in
            #expect(try await followed.refresh().isEmpty)
            try SampleStyles.write("maru", seed: 1, in: folder)
            #expect(await followed.refusal("maru").contains("no style"))
            followed.fails.withLock { $0 = true }
            await #expect(throws: Followed.Broken.self) { try await followed.refresh() }
            #expect(followed.shelf.entries.isEmpty)
            followed.fails.withLock { $0 = false }
            #expect(try await followed.refresh().read.map(\.manifest.identifier.text) == ["maru"])
            #expect(followed.prepared.withLock { $0 } == ["hanji"])
            #expect(await followed.refusal("maru") == "")
            // Another of the same form needs no other program, and a look without news changes nothing.
            try SampleStyles.write("dal", seed: 2, in: folder)
            #expect(try await followed.refresh().read.map(\.manifest.identifier.text) == ["dal"])
            #expect(followed.prepared.withLock { $0.count } == 1)
            #expect(try await followed.refresh().isEmpty)
            try SampleStyles.write("wide", seed: 3, rank: 16, in: folder)
            _ = try await followed.refresh()
            #expect(followed.prepared.withLock { $0.count } == 2)
        }
    }

    @Test(
        "A replaced adapter is loaded anew and checked; pictures begun with the former one are credited for it"
    )
    func replaced() async throws {
        try await run { folder, followed in
            try SampleStyles.write("maru", seed: 1, in: folder) { $0.agreement = try Identifier("first") }
            _ = try await followed.refresh()
            let former = try await followed.shelf.style("maru", for: "hanji")
            try SampleStyles.write("maru", seed: 2, in: folder) { $0.agreement = try Identifier("second") }
            #expect(try await followed.refresh().read.count == 1)
            #expect(!followed.shelf.hasLoaded("maru", for: "hanji"))
            let later = try await followed.shelf.style("maru", for: "hanji")
            #expect(former !== later && former.name != later.name)
            let uses = [StyleUse("maru")]
            #expect(followed.shelf.credit(for: uses, drawnAs: [former.name])?.agreement == "first")
            #expect(followed.shelf.credit(for: uses, drawnAs: [later.name])?.agreement == "second")
            let hashes = [former, later].map {
                followed.shelf.credit(for: uses, drawnAs: [$0.name])?.identifier
            }
            #expect(hashes[0] != hashes[1])
            // The file alone, without a manifest that knows of it.
            let adapter = readBytes("\(folder)/maru/adapter.safetensors")
            try SampleStyles.write("maru", seed: 3, in: folder)
            let third = readBytes("\(folder)/maru/adapter.safetensors")
            try SampleStyles.write("maru", seed: 4, in: folder)
            _ = try await followed.refresh()
            writeBytes(third, to: "\(folder)/maru/adapter.safetensors")
            _ = try await followed.refresh()
            #expect(await followed.refusal("maru").contains("changed after"))
            #expect(adapter != third)
            try SampleStyles.write("maru", seed: 5, in: folder, deviation: .nan)
            _ = try await followed.refresh()
            #expect(await followed.refusal("maru").contains("none"))
        }
    }

    @Test("An adapter that is not the one agreed on is not drawn with, loaded or not")
    func permission() async throws {
        try await run { folder, followed in
            try SampleStyles.write("maru", seed: 1, in: folder)
            _ = try await followed.refresh()
            let agreed = try #require(followed.shelf.entry("maru")).manifest.adapterHash
            followed.shelf.permit { $0.adapterHash == agreed ? nil : "another was agreed on" }
            #expect(await followed.refusal("maru") == "")
            try SampleStyles.write("maru", seed: 2, in: folder)
            _ = try await followed.refresh()
            #expect(await followed.refusal("maru").contains("another was agreed on"))
        }
    }

    @Test("What is taken away is refused, what is broken is told once, and what is mended comes back")
    func removed() async throws {
        try await run { folder, followed in
            try SampleStyles.write("maru", seed: 1, in: folder)
            try SampleStyles.write("dal", seed: 2, in: folder)
            _ = try await followed.refresh()
            let drawn = try await followed.shelf.style("maru", for: "hanji")
            try FileManager.default.removeItem(atPath: "\(folder)/maru")
            writeBytes(Array("{".utf8), to: "\(folder)/dal/style.json")
            let changes = try await followed.refresh()
            #expect(changes.removed == ["dal", "maru"] && changes.faults.count == 1 && changes.read.isEmpty)
            #expect(await followed.refusal("maru").contains("no style"))
            #expect(
                followed.shelf.credit(for: [StyleUse("maru")], drawnAs: [drawn.name])?.holder == "Maru Kim")
            #expect(try await followed.refresh().isEmpty)
            try SampleStyles.write("dal", seed: 2, in: folder)
            #expect(try await followed.refresh().read.count == 1)
            #expect(followed.shelf.faults.isEmpty)
        }
    }

    @Test("The folder is looked at again and again until it is told to end")
    func watch() async throws {
        try await run { folder, followed in
            try SampleStyles.write("maru", seed: 1, in: folder)
            let looks = Mutex(0)
            let watch = ShelfWatch(
                followed.shelf, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                sleep: { seconds in
                    #expect(seconds == ShelfWatch.intervalSeconds)
                    if looks.withLock({ looks in
                        looks += 1
                        return looks
                    }) > 2 {
                        throw CancellationError()
                    }
                }, prepare: { _, _ in })
            await watch.run()
            #expect(followed.shelf.entries.count == 1)
            #expect(looks.withLock { $0 } == 3)
        }
    }
}
