internal import CC2PA
import Glibc
import Synchronization

/// The library that writes and reads content credentials, c2pa-rs, opened at run time.
///
/// It may be used from any thread. What was opened stays open until the process ends.
///
/// `@unchecked Sendable`: the table is written before the value exists, never again, and never freed.
public final class CredentialLibrary: @unchecked Sendable {
    let functions: UnsafePointer<OndolC2PA>
    /// What the library calls itself, as `c2pa_c_ffi/0.91.3 c2pa-rs/0.91.3`.
    public let version: String

    /// The variable of the environment that names the library's file.
    public static let environmentVariable = "ONDOL_C2PA_LIBRARY"
    /// The file's name.
    public static let fileName = "libc2pa_c.so"

    /// Where the library is looked for: where the environment says, or in the folder that setting up fills.
    /// - Parameter state: the project's folder of what was installed, as `.ondol`.
    public static func path(environment: [String: String], state: String) -> String {
        if let path = environment[environmentVariable], !path.isEmpty { return path }
        return "\(state)/credentials/\(fileName)"
    }

    /// Opens the library; where it was opened before, that one.
    /// - Throws: ``ProvenanceError`` with `libraryMissing` or `libraryUnusable`.
    public static func open(at path: String) throws(ProvenanceError) -> CredentialLibrary {
        try opened.withLock { opened throws(ProvenanceError) in
            if let library = opened[path] { return library }
            let library = try CredentialLibrary(path: path)
            opened[path] = library
            return library
        }
    }

    /// By path. As many as there are files that a process is told to open: one, in tests two.
    private static let opened = Mutex<[String: CredentialLibrary]>([:])

    /// The interface changes from one minor version to the next; this one was read and tested against.
    private static let knownVersion = "c2pa-rs/0.91."

    private init(path: String) throws(ProvenanceError) {
        guard access(path, F_OK) == 0 else {
            throw ProvenanceError(
                .libraryMissing,
                "content credentials need the library \(path), which is not there; run `make setup`, or name its file by "
                    + Self.environmentVariable)
        }
        let table = UnsafeMutablePointer<OndolC2PA>.allocate(capacity: 1)
        if let reason = ondol_c2pa_open(path, table) {
            let text = String(cString: reason).prefix(Self.reasonLimit)
            table.deallocate()
            throw ProvenanceError(
                .libraryUnusable,
                "the library \(path) cannot be opened (\(text)); run `make setup` again, or name another by "
                    + Self.environmentVariable)
        }
        functions = UnsafePointer(table)
        version = Self.text(functions.pointee.version(), functions) ?? ""
        guard version.contains(Self.knownVersion) else {
            throw ProvenanceError(
                .libraryUnusable,
                "the library \(path) is of version \(version.prefix(Self.reasonLimit)) and this program knows "
                    + "\(Self.knownVersion)x; run `make setup` again")
        }
    }

    /// Characters of another program's words that are shown.
    private static let reasonLimit = 200

    /// Takes over a text of the library's.
    func text(_ memory: UnsafeMutablePointer<CChar>?) -> String? { Self.text(memory, functions) }

    private static func text(
        _ memory: UnsafeMutablePointer<CChar>?, _ functions: UnsafePointer<OndolC2PA>
    ) -> String? {
        guard let memory else { return nil }
        defer { _ = functions.pointee.free(memory) }
        return String(cString: memory)
    }

    /// What went wrong last on this thread.
    func lastFailure() -> LibraryFailure { LibraryFailure(text(functions.pointee.error()) ?? "") }
}

/// What the library says went wrong: a kind and a sentence.
struct LibraryFailure: Error, Hashable {
    /// The kind, as `ManifestNotFound`.
    let kind: String
    /// The rest, cut to a length that can be shown. It may quote the file or the manifest.
    let detail: String

    /// Reads `Kind: detail`.
    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        kind = parts.first.map { String($0.prefix(60)) } ?? "Unknown"
        detail = parts.count > 1 ? String(parts[1].drop { $0 == " " }.prefix(200)) : ""
    }
}
