import Glibc

/// The folder of keys and certificates: the trial domain's, made where they are missing.
///
/// `root.pem` and `signer.pem` may be read by anybody; `root.key` and `signer.key` by the folder's owner alone.
public struct IdentityFolder: Sendable {
    /// The folder.
    public let path: String

    /// Names the folder; nothing is read or made yet.
    public init(path: String) { self.path = path }

    /// What a service signs with, and whom it trusts.
    public struct Contents: Sendable {
        /// The certificate and its key.
        public let identity: SigningIdentity
        /// The root of the trial domain as PEM.
        public let root: String
    }

    /// A trial certificate is made anew when less than this is left of it: pictures outlive a restart by a while.
    static let renewalSeconds = 30 * 86_400.0

    /// Reads the trial domain, or makes it at the first start; a certificate that is about to end is replaced.
    ///
    /// - Parameters:
    ///   - seconds: now, since 1970.
    ///   - chance: chance that nobody can guess.
    /// - Throws: ``ProvenanceError`` with `file` where the folder cannot be read or written, or holds something else.
    public func trialDomain(
        at seconds: Double, using chance: inout some RandomNumberGenerator
    ) throws(ProvenanceError) -> Contents {
        try makeFolder()
        let domain: TrialDomain
        do {
            domain = try readDomain() ?? makeDomain(at: seconds, using: &chance)
        } catch {
            throw failure(error)
        }
        guard domain.endSeconds - seconds > Self.renewalSeconds else {
            throw ProvenanceError(
                .identityExpired,
                "the trial root in \(path) has ended; move the folder away, and a new one is made at the next start"
            )
        }
        if let identity = try readSigner(), identity.notAfterSeconds - seconds > Self.renewalSeconds,
            identity.notBeforeSeconds <= seconds
        {
            return Contents(identity: identity, root: domain.root)
        }
        do {
            let signer = try domain.newSigner(at: seconds, using: &chance)
            let identity = try SigningIdentity(chain: signer.chain, key: signer.key)
            try SecretFile.write(signer.key, to: "\(path)/signer.key", mode: 0o600)
            try SecretFile.write(signer.chain, to: "\(path)/signer.pem", mode: 0o644)
            return Contents(identity: identity, root: domain.root)
        } catch {
            throw failure(error)
        }
    }

    private func makeFolder() throws(ProvenanceError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw ProvenanceError(
                .file, "the folder \(path) cannot be made: \(String(cString: strerror(errno)))")
        }
    }

    private func readDomain() throws -> TrialDomain? {
        guard let root = try SecretFile.read("\(path)/root.pem"),
            let key = try SecretFile.read("\(path)/root.key", isSecret: true)
        else { return nil }
        return try TrialDomain(root: root, rootKey: key)
    }

    private func makeDomain(
        at seconds: Double, using chance: inout some RandomNumberGenerator
    ) throws -> TrialDomain {
        let domain = try TrialDomain(at: seconds, using: &chance)
        // The certificate last: with it the domain is there.
        try SecretFile.write(domain.rootKey, to: "\(path)/root.key", mode: 0o600)
        try SecretFile.write(domain.root, to: "\(path)/root.pem", mode: 0o644)
        return domain
    }

    /// The signer that was issued before; nil where there is none, or where a crash left half of one.
    private func readSigner() throws(ProvenanceError) -> SigningIdentity? {
        guard let chain = try SecretFile.read("\(path)/signer.pem"),
            let key = try SecretFile.read("\(path)/signer.key", isSecret: true)
        else { return nil }
        do {
            return try SigningIdentity(chain: chain, key: key)
        } catch {
            guard error.code != .identityMismatch else { return nil }
            throw failure(error)
        }
    }

    private func failure(_ error: any Error) -> ProvenanceError {
        if let error = error as? ProvenanceError, error.code == .file { return error }
        return ProvenanceError(
            .file,
            "the keys and certificates in \(path) are not those that this program made; restore them, or move the folder "
                + "away, which begins a new trial domain", cause: error)
    }
}
