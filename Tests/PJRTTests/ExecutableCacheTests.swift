import FoundationEssentials
import Synchronization
import Tensors
import Testing

@testable import PJRT

/// Collects a cache's warnings.
private final class Warnings: Sendable {
    private let texts = Mutex<[String]>([])
    var all: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
}

@Suite struct ExecutableCacheTests {
    private let folder: TemporaryFolder
    private let warnings = Warnings()
    private let client: Client
    private let sample = SampleProgram.loop

    init() throws {
        folder = try TemporaryFolder()
        client = try TestPlugin.client()
    }

    private func cache(byteLimit: Int = ExecutableCache.standardByteLimit) -> ExecutableCache {
        ExecutableCache(folder: folder.path + "/cache", byteLimit: byteLimit) { [warnings] in warnings.add($0)
        }
    }

    private func compile(
        _ sample: SampleProgram, cache: ExecutableCache, flags: [String: CompilerOptions.Value] = [:]
    ) throws -> LoadedExecutable.Origin {
        let executable = try client.compile(
            sample.text, signature: sample.signature, options: CompilerOptions(flags: flags), cache: cache)
        let buffers = try sample.arguments.map { try client.buffer(from: $0) }
        let results = try executable.execute(buffers).map {
            try $0.waitForHostTensor().elements(as: Float.self)
        }
        #expect(results == sample.results)
        return executable.origin
    }

    private var entryPaths: [String] {
        folder.names(in: "cache/executables").map { folder.path + "/cache/executables/" + $0 }
    }

    @Test("The second compilation is read from disk and computes the same")
    func secondIsRead() throws {
        #expect(try compile(sample, cache: cache()) == .compiled)
        #expect(try compile(sample, cache: cache()) == .cached)
        #expect(cache().usage().entryCount == 1)
        #expect(cache().usage().byteCount > 1000)
        #expect(warnings.all.isEmpty)
        #expect(folder.names(in: "cache/plugins").count == 1)
    }

    @Test("Other options and other programs are other entries")
    func otherEntries() throws {
        _ = try compile(sample, cache: cache())
        let flags = ["xla_backend_optimization_level": CompilerOptions.Value.integer(0)]
        #expect(try compile(sample, cache: cache(), flags: flags) == .compiled)
        #expect(try compile(.add, cache: cache()) == .compiled)
        #expect(entryPaths.count == 3)
    }

    /// Ways to spoil an entry.
    enum Damage: CaseIterable {
        case empty, halved, bitFlippedInPayload, bitFlippedInHeader, longer, noise
        /// A whole entry whose checksum is right and whose payload means nothing to the plugin.
        case rightHeaderWrongPayload
    }

    @Test("A spoilt entry is noticed, compiled again and replaced", arguments: Damage.allCases)
    func spoilt(_ damage: Damage) throws {
        _ = try compile(sample, cache: cache())
        let path = try #require(entryPaths.first)
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        switch damage {
        case .empty: bytes = []
        case .halved: bytes.removeLast(bytes.count / 2)
        case .bitFlippedInPayload: bytes[bytes.count - 100] ^= 1
        case .bitFlippedInHeader: bytes[20] ^= 1
        case .longer: bytes.append(0)
        case .noise: bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }
        case .rightHeaderWrongPayload:
            let name = try #require(path.split(separator: "/").last)
            let key = try #require(ExecutableKey(fileName: String(name)))
            bytes = CacheEntry.encode(payload: Array("not an executable".utf8), key: key)
        }
        try Data(bytes).write(to: URL(filePath: path))
        #expect(try compile(sample, cache: cache()) == .compiled)
        #expect(warnings.all.count == 1, "\(warnings.all)")
        #expect(try compile(sample, cache: cache()) == .cached)
    }

    @Test("An entry under another entry's name is not taken for it")
    func renamed() throws {
        _ = try compile(sample, cache: cache())
        let first = try #require(entryPaths.first)
        _ = try compile(.add, cache: cache())
        let second = try #require(entryPaths.first { $0 != first })
        try Data(contentsOf: URL(filePath: first)).write(to: URL(filePath: second))
        #expect(try compile(.add, cache: cache()) == .compiled)
        #expect(warnings.all.contains { $0.contains("damaged") })
    }

    @Test("An entry that others may write is not loaded as code")
    func writableByOthers() throws {
        _ = try compile(sample, cache: cache())
        let path = try #require(entryPaths.first)
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
        #expect(try compile(sample, cache: cache()) == .compiled)
        #expect(warnings.all.contains { $0.contains("another user") }, "\(warnings.all)")
    }

    @Test("The entries together stay below the limit; the least recently used go first")
    func bounded() throws {
        _ = try compile(sample, cache: cache())
        _ = try compile(.add, cache: cache())
        let twoEntries = cache().usage().byteCount
        _ = try compile(sample, cache: cache())  // Now `add` is the older one.
        _ = try compile(.scalarSum, cache: cache(byteLimit: twoEntries))
        #expect(cache().usage().byteCount <= twoEntries)
        #expect(try compile(.add, cache: cache(byteLimit: .max)) == .compiled)
        #expect(try compile(.scalarSum, cache: cache(byteLimit: .max)) == .cached)
    }

    @Test("A program larger than the limit is compiled and not kept")
    func largerThanLimit() throws {
        #expect(try compile(sample, cache: cache(byteLimit: 100)) == .compiled)
        #expect(entryPaths.isEmpty)
        #expect(warnings.all.count == 1)
    }

    @Test("A folder that cannot be written costs a warning, nothing else")
    func unwritable() throws {
        try Data("a file".utf8).write(to: URL(filePath: folder.path + "/cache"))
        #expect(try compile(sample, cache: cache()) == .compiled)
        #expect(warnings.all.contains { $0.contains("Not a directory") }, "\(warnings.all)")
    }

    @Test("A full disk is named as the reason")
    func fullDisk() throws {
        let descriptor = try #require(FileHandleDescriptor(path: "/dev/full"))
        let error = try #require(throws: PJRTError.self) {
            try CacheFile.write([1, 2, 3], to: descriptor.number, path: "/dev/full")
        }
        #expect(error.code == .resourceExhausted)
        #expect(error.message.contains("No space left"))
    }

    @Test("Several threads compile one program at once and leave one whole entry")
    func concurrent() async throws {
        let cache = cache()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { _ = try self.compile(.add, cache: cache) } }
            try await group.waitForAll()
        }
        #expect(entryPaths.count == 1)
        #expect(try compile(.add, cache: cache) == .cached)
        #expect(warnings.all.isEmpty, "\(warnings.all)")
    }
}
