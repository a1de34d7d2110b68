internal import CC2PA
import FoundationEssentials
import Images
import Synchronization

/// Verifies pictures: says whether a credential holds, who signed it, and what it says.
///
/// It asks nobody: nothing is fetched, whatever a file names. It may be used from many threads at once; one picture takes
/// milliseconds, the largest a second.
public final class CredentialReader: Sendable {
    private let context: LibraryContext
    /// The most that a file may have.
    public let limits: PictureLimits

    /// Characters of the library's account beyond which a credential is taken for an attack.
    static let accountLimit = 8 << 20
    /// Bytes of a prompt or a seed that are read.
    static let textLimit = 256 << 10

    /// Makes a reader.
    /// - Parameter anchors: certificates of those who are trusted, as PEM, one after the other; none trusts nobody.
    /// - Throws: ``ProvenanceError`` with `invalidIdentity` where the library does not take them.
    public init(
        library: CredentialLibrary, anchors: String, limits: PictureLimits = .standard
    ) throws(ProvenanceError) {
        self.limits = limits
        do {
            context = try LibraryContext(
                library: library, settings: try LibrarySettings.reading(anchors: anchors).json.text())
        } catch {
            throw ProvenanceError(
                .invalidIdentity,
                "the credential library does not take the certificates of those who are to be trusted; give them in PEM",
                cause: error)
        }
    }

    /// Verifies a picture file.
    /// - Throws: ``ProvenanceError``: `tooLarge`, or `unreadable` where it is no PNG, JPEG or WebP.
    public func verify(_ bytes: [UInt8]) throws(ProvenanceError) -> Verification {
        guard bytes.count <= limits.byteCount else {
            throw ProvenanceError(
                .tooLarge,
                "the picture has \(bytes.count) bytes, over the limit of \(limits.byteCount); send a smaller one"
            )
        }
        guard let format = PictureFormat(magicOf: bytes) else {
            throw ProvenanceError(
                .unreadable,
                bytes.isEmpty
                    ? "the file is empty; give a JPEG, PNG or WebP picture"
                    : "the file is neither a JPEG, nor a PNG, nor a WebP picture; give it as one of these")
        }
        do {
            return judged(try account(of: bytes, format: format), of: bytes)
        } catch {
            return verdict(on: error, of: bytes)
        }
    }

    // MARK: what the library says

    private struct Account {
        let store: JSONNode
        let facts: CredentialFacts
    }

    private func account(of bytes: [UInt8], format: PictureFormat) throws(LibraryFailure) -> Account {
        let library = context.library
        let functions = library.functions.pointee
        return try MemoryStream(reading: bytes).lent(to: library) { stream throws(LibraryFailure) in
            let empty = try LibraryHandle(functions.reader_from_context(context.lent()), of: library)
            let reader = try LibraryHandle(
                functions.reader_with_stream(empty.given(), format.mediaType, stream), of: library)
            guard let text = library.text(functions.reader_json(reader.lent())) else {
                throw library.lastFailure()
            }
            guard text.utf8.count <= Self.accountLimit,
                let store = try? JSONDecoder().decode(JSONNode.self, from: Data(text.utf8))
            else { throw LibraryFailure("Oversized") }
            let borrowed = reader.lent()
            let facts = FactReading(store: store) { Self.text(at: $0, of: borrowed, library: library) }.facts
            withExtendedLifetime(reader) {}
            return Account(store: store, facts: facts)
        }
    }

    /// A text that is kept beside the manifest.
    private static func text(at address: String, of reader: OpaquePointer, library: CredentialLibrary)
        -> String?
    {
        let target = MemoryStream(writingAtMost: textLimit)
        let count = try? target.lent(to: library) { stream throws(LibraryFailure) in
            library.functions.pointee.reader_resource_to_stream(reader, address, stream)
        }
        guard let count, count >= 0 else { return nil }
        return String(validating: target.bytes, as: UTF8.self)
    }

    // MARK: what that means

    private func judged(_ account: Account, of bytes: [UInt8]) -> Verification {
        let results = account.store["validation_results"]
        let failures = results?["activeManifest"]?["failure"]?.elements ?? []
        var findings = Set(failures.compactMap { $0["code"]?.string.flatMap(ValidationCodes.finding) })
        for delta in results?["ingredientDeltas"]?.elements ?? [] {
            let failures = delta["validationDeltas"]?["failure"]?.elements ?? []
            findings.formUnion(failures.compactMap { $0["code"]?.string.flatMap(ValidationCodes.finding) })
        }
        let answer = ValidationCodes.answer(
            state: account.store["validation_state"]?.string ?? "", findings: findings)
        if findings.contains(.pictureChanged), !isWhole(bytes) {
            findings.remove(.pictureChanged)
            findings.insert(.fileDamaged)
        }
        if answer == .altered, findings.isEmpty { findings.insert(.other) }
        if account.facts.parent?.isIntact == false { findings.insert(.photoAltered) }
        return Verification(answer: answer, findings: findings, credential: account.facts)
    }

    /// What a credential that cannot be read means.
    private func verdict(on failure: LibraryFailure, of bytes: [UInt8]) -> Verification {
        switch failure.kind {
        case "ManifestNotFound":
            return isWhole(bytes)
                ? Verification(answer: .nothingFound)
                : Verification(answer: .altered, findings: [.fileDamaged])
        case "RemoteManifest":
            return Verification(answer: .nothingFound, findings: [.keptElsewhere])
        default:
            return Verification(
                answer: .altered, findings: [isWhole(bytes) ? .credentialChanged : .fileDamaged])
        }
    }

    /// Whether the picture can be decoded to its end.
    private func isWhole(_ bytes: [UInt8]) -> Bool {
        (try? Picture(decoding: bytes, limits: limits)) != nil
    }
}
