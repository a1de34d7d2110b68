/// Compiled programs on disk, so that a second start need not compile.
///
/// Entries are written atomically, carry a checksum and are dropped in order of last use where they exceed the limit.
/// Several processes may share a folder. A cache never fails a compilation: what it cannot read is compiled again,
/// what it cannot write is left out, and ``warn`` hears of both. A compiled program is machine code: the folder must
/// belong to someone who is trusted, and entries that others may write are not read.
public final class ExecutableCache: Sendable {
    /// The folder, made when first written to.
    public let folder: String
    /// The most bytes the entries may take together.
    public let byteLimit: Int
    /// Is given one sentence where an entry could not be read or written.
    public let warn: @Sendable (String) -> Void

    /// Two gigabytes: some four thousand programs for a CPU, or a hundred of the largest for a GPU.
    public static let standardByteLimit = 2 << 30

    /// Opens a cache; nothing is touched yet.
    public init(
        folder: String, byteLimit: Int = standardByteLimit, warn: @escaping @Sendable (String) -> Void
    ) {
        self.folder = folder
        self.byteLimit = byteLimit
        self.warn = warn
    }

    /// How many entries there are and how many bytes they take.
    public func usage() -> (entryCount: Int, byteCount: Int) {
        let entries = CacheFile.list(folder: executableFolder)
            .filter { !$0.name.hasPrefix(CacheFile.temporaryPrefix) }
        return (entries.count, entries.reduce(0) { $0 + $1.byteCount })
    }

    private var executableFolder: String { folder + "/executables" }
    private var pluginFolder: String { folder + "/plugins" }

    private func path(of key: ExecutableKey) -> String { "\(executableFolder)/\(key.fileName)" }

    /// The executable's bytes, or nil where there are none to be trusted.
    func load(_ key: ExecutableKey) -> [UInt8]? {
        do throws(PJRTError) {
            let bytes = try CacheFile.readTrusted(path: path(of: key))
            if let payload = CacheEntry.decode(bytes, key: key) { return payload }
            discard(key, because: "it is damaged")
        } catch {
            if error.code != .notFound { warn("a compiled program is not used: \(error.message)") }
        }
        return nil
    }

    /// Removes an entry that turned out to be of no use.
    func discard(_ key: ExecutableKey, because reason: String) {
        warn("the compiled program \(path(of: key)) is compiled again: \(reason)")
        CacheFile.remove(path: path(of: key))
    }

    /// Keeps an executable's bytes, and drops what then is too much.
    func store(_ payload: [UInt8], for key: ExecutableKey) {
        let bytes = CacheEntry.encode(payload: payload, key: key)
        guard bytes.count <= byteLimit else {
            warn("a compiled program of \(bytes.count) bytes is not kept: the cache may hold \(byteLimit)")
            return
        }
        do throws(PJRTError) {
            try CacheFile.writeAtomically(bytes, folder: executableFolder, name: key.fileName)
        } catch {
            warn("a compiled program is not kept and will be compiled again next time: \(error.message)")
        }
        evict(from: executableFolder, byteLimit: byteLimit)
    }

    /// Room for a thousand plugins' checksums: more than anyone installs, and small enough to be forgotten.
    private static let digestByteLimit = 64 * 1024

    private func evict(from folder: String, byteLimit: Int) {
        for name in CacheEviction.plan(files: CacheFile.list(folder: folder), byteLimit: byteLimit) {
            CacheFile.remove(path: "\(folder)/\(name)")
        }
    }

    /// The SHA-256 of a plugin's file, or nil where it cannot be read. Reading hundreds of megabytes takes a
    /// noticeable time, so it is kept beside the executables, under the file's identity.
    func digest(of plugin: Plugin) -> String? {
        do throws(PJRTError) {
            let identity = try PluginFile.identity(path: plugin.path)
            if let known = knownDigest(identity: identity) { return known }
            let digest = try plugin.fileDigest()
            do throws(PJRTError) {
                try CacheFile.writeAtomically(Array(digest.utf8), folder: pluginFolder, name: identity)
                evict(from: pluginFolder, byteLimit: Self.digestByteLimit)
            } catch {
                warn("the plugin's checksum is not kept and will be worked out again: \(error.message)")
            }
            return digest
        } catch {
            warn("compiled programs are not kept: \(error.message)")
            return nil
        }
    }

    private func knownDigest(identity: String) -> String? {
        guard let bytes = try? CacheFile.readTrusted(path: "\(pluginFolder)/\(identity)") else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return bytes.count == 2 * ContentDigest.byteCount && text.allSatisfy(\.isHexDigit) ? text : nil
    }
}
