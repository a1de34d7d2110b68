import Glibc
import Tensors
import Testing

@testable import PJRT

/// A file descriptor for writing, closed with its last reference.
final class FileHandleDescriptor {
    let number: Int32
    init?(path: String) {
        number = open(path, O_WRONLY | O_CLOEXEC)
        if number < 0 { return nil }
    }
    deinit { close(number) }

    static func writeToStandardError(_ text: String) throws {
        try CacheFile.write(Array(text.utf8), to: STDERR_FILENO, path: "standard error")
    }
}

/// The cache's pure rules: keys, eviction, features.
@Suite struct CacheRulesTests {
    private static func key(
        program: String = "p", signature: ProgramSignature = SampleProgram.add.signature,
        options: CompilerOptions = CompilerOptions(), plugin: String = "aa", platformName: String = "cpu",
        platformVersion: String = "1", deviceKind: String = "cpu", capability: String = "9.0",
        deviceCount: Int = 1, processor: String = "avx"
    ) -> ExecutableKey {
        let devices = (0..<deviceCount).map { ordinal in
            Device(
                ordinal: ordinal, kind: deviceKind, description: "",
                attributes: [NamedOption("compute_capability", .string(capability))])
        }
        return ExecutableKey(
            program: program, signature: signature, optionBytes: options.serialized(), pluginDigest: plugin,
            platformName: platformName, platformVersion: platformVersion, devices: devices,
            processorFeatures: processor)
    }

    static let changes: [(String, ExecutableKey)] = [
        ("program", key(program: "q")),
        ("signature", key(signature: SampleProgram.loop.signature)),
        ("options", key(options: CompilerOptions(flags: ["a": .bool(true)]))),
        ("plugin", key(plugin: "ab")),
        ("platform", key(platformName: "cuda")),
        ("platform version", key(platformVersion: "2")),
        ("device kind", key(deviceKind: "gpu")),
        ("compute capability", key(capability: "8.0")),
        ("device count", key(deviceCount: 2)),
        ("processor", key(processor: "avx512")),
        ("text moved between fields", key(program: "pa", plugin: "a")),
    ]

    @Test("Whatever a compiled program depends on changes its key", arguments: changes)
    func keyChanges(_ what: String, _ other: ExecutableKey) {
        #expect(other != Self.key(), "the key ignores the \(what)")
        #expect(Self.key() == Self.key())
    }

    static let evictions: [(files: [CacheFile.Entry], limit: Int, removed: [String])] = [
        ([], 10, []),
        ([.init(name: "a", byteCount: 5, modified: 1), .init(name: "b", byteCount: 5, modified: 2)], 10, []),
        (
            [.init(name: "a", byteCount: 5, modified: 1), .init(name: "b", byteCount: 6, modified: 2)], 10,
            ["a"]
        ),
        (
            [.init(name: "a", byteCount: 5, modified: 9), .init(name: "b", byteCount: 6, modified: 2)], 10,
            ["b"]
        ),
        // The middle one does not fit; the oldest would, and goes all the same.
        (
            [
                .init(name: "old", byteCount: 1, modified: 1),
                .init(name: "middle", byteCount: 9, modified: 2),
                .init(name: "new", byteCount: 5, modified: 3),
            ], 10, ["middle", "old"]
        ),
        // Someone is writing one file; the other was left behind by a process that ended.
        (
            [
                .init(name: "unfinished-1", byteCount: 99, modified: CacheEviction.abandonedNanoseconds),
                .init(name: "unfinished-2", byteCount: 99, modified: 1),
                .init(name: "a", byteCount: 5, modified: CacheEviction.abandonedNanoseconds + 2),
            ], 10, ["unfinished-2"]
        ),
    ]

    @Test("The least recently used entries go", arguments: evictions)
    func eviction(_ files: [CacheFile.Entry], _ limit: Int, _ removed: [String]) {
        #expect(CacheEviction.plan(files: files, byteLimit: limit) == removed)
        #expect(CacheEviction.plan(files: files.reversed(), byteLimit: limit) == removed)
    }

    @Test("Only what tells processors apart counts, and only the first one's")
    func processorFeatures() {
        let text = """
            processor\t: 0
            vendor_id\t: AuthenticAMD
            model name\t: Some Processor
            cpu MHz\t\t: 2400.123
            flags\t\t: fpu avx2

            processor\t: 1
            flags\t\t: other
            """
        let expected = """
            vendor_id\t: AuthenticAMD
            model name\t: Some Processor
            flags\t\t: fpu avx2
            """
        #expect(ProcessorFeatures.describe(processorInformation: text) == expected)
        #expect(!ProcessorFeatures.current.isEmpty)
    }
}

extension ExecutableKey {
    /// Reads a key back from its entry's file name.
    init?(fileName: String) {
        let digits = Array(fileName.prefix { $0 != "." })
        guard digits.count == 64 else { return nil }
        let bytes = stride(from: 0, to: 64, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        self.init(digest: bytes)
    }
}
