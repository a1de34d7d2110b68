import FoundationEssentials
import Provenance
import Rights

/// Where this installation keeps the credential library, its keys and the certificates it trusts.
struct CredentialDesk {
    private let folder: ProjectFolder
    private let environment: [String: String]

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.environment = environment
        folder = ProjectFolder(environment: environment)
    }

    /// The folder of the trial domain: that of the service's data, so that pictures of the command line and of the service
    /// bear the same name.
    var identityFolder: String { "\(folder.state)/data/identity" }

    /// Opens the credential library.
    /// - Throws: `ProvenanceError` where it is missing or another.
    func library() throws(ProvenanceError) -> CredentialLibrary {
        try CredentialLibrary.open(
            at: CredentialLibrary.path(environment: environment, state: folder.state))
    }

    /// The signer that options ask for; nil where the library is missing, which is said, and nothing asks for more.
    /// - Throws: `ProvenanceError`, ``CommandError`` where what was named cannot be used.
    func signer(_ options: CredentialOptions, note: (String) -> Void) throws -> CredentialSigner? {
        if options.noCredentials { return nil }
        let library: CredentialLibrary
        do {
            library = try self.library()
        } catch {
            // Drawing does not need it; a certificate that was named does.
            guard error.code == .libraryMissing, options.certificate == nil else { throw error }
            note("the picture will be unsigned: \(error.message)")
            return nil
        }
        return try CredentialSigner(
            library: library, identity: try identity(options),
            authority: try options.timeStamp.map { try TimestampAuthority(address: $0) },
            at: Machine.now().secondsSinceEpoch, uptimeSeconds: Machine.uptimeSeconds)
    }

    private func identity(_ options: CredentialOptions) throws -> SigningIdentity {
        guard let certificate = options.certificate, let key = options.key else {
            return try trialDomain().identity
        }
        return try SigningIdentity(
            chain: try Self.text(certificate), key: try Self.text(key), name: certificate)
    }

    private func trialDomain() throws -> IdentityFolder.Contents {
        try FileManager.default.createDirectory(
            atPath: "\(folder.state)/data", withIntermediateDirectories: true)
        var chance = SystemRandomNumberGenerator()
        return try IdentityFolder(path: identityFolder).trialDomain(
            at: Machine.now().secondsSinceEpoch, using: &chance)
    }

    /// The certificates that this installation trusts: its own trial root, if there is one, and those of a file.
    /// - Throws: ``CommandError`` where the file cannot be read.
    func anchors(file: String?) throws -> String {
        let own = FileManager.default.contents(atPath: "\(identityFolder)/root.pem").map {
            String(decoding: $0, as: UTF8.self)
        }
        return try (own ?? "") + (file.map(Self.text) ?? "")
    }

    static func text(_ path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandError("\(path) cannot be read; check its path and permissions")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
