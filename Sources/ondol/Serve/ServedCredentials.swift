import FoundationEssentials
import Images
import Logging
import Provenance
import Server
import Service
import Worker

/// The credentials of a service: what its pictures are signed with, and what they are verified against.
struct ServedCredentials {
    /// Labels, encodes and signs.
    let finishing: CredentialFinishing
    /// Verifies pictures; nil where the credential library is missing.
    let verification: (any VerificationService)?

    /// Opens library, keys and certificates as the settings say. Where the library is missing, that is said and pictures
    /// stay unsigned, unless an operator's own certificate was to sign them.
    /// - Parameter known: the pictures that are known by what they look like.
    /// - Throws: `ProvenanceError`, ``CommandError`` where what the settings name cannot be used.
    init(_ settings: ServiceSettings.Provenance, folder: String, known: KnownPictures, logger: Logger) throws
    {
        let identityFolder = IdentityFolder(path: "\(folder)/identity")
        var signer: CredentialSigner?
        var verification: (any VerificationService)?
        do {
            let library = try CredentialDesk().library()
            var chance = SystemRandomNumberGenerator()
            let trial = try identityFolder.trialDomain(
                at: Machine.now().secondsSinceEpoch, using: &chance)
            if settings.isSigned {
                signer = try Self.signer(settings, library: library, trial: trial.identity)
            }
            let trust = settings.trust.isEmpty ? "" : try CredentialDesk.text(settings.trust)
            let reader = try CredentialReader(library: library, anchors: trial.root + trust)
            verification = PictureVerification(reader: reader, known: known, logger: logger)
        } catch let error as ProvenanceError
            where error.code == .libraryMissing && settings.certificate.isEmpty
        {
            logger.warning("pictures are not signed: \(error.message)")
        }
        self.verification = verification
        var finishing = CredentialFinishing(
            sealing: PictureSealing(signer: signer), programVersion: Ondol.configuration.version)
        finishing.provider = settings.provider
        finishing.standardWishes = CredentialWishes(settings)
        finishing.onTimestampFailure = { failure in
            logger.warning("a picture has no time stamp", metadata: ["reason": "\(failure.rawValue)"])
        }
        self.finishing = finishing
    }

    private static func signer(
        _ settings: ServiceSettings.Provenance, library: CredentialLibrary, trial: SigningIdentity
    ) throws -> CredentialSigner {
        let identity =
            settings.certificate.isEmpty
            ? trial
            : try SigningIdentity(
                chain: try CredentialDesk.text(settings.certificate),
                key: try CredentialDesk.text(settings.privateKey), name: settings.certificate)
        let authority =
            settings.timestampAuthority.isEmpty
            ? nil
            : try TimestampAuthority(
                address: settings.timestampAuthority, limitSeconds: settings.timestampSeconds)
        return try CredentialSigner(
            library: library, identity: identity, authority: authority,
            at: Machine.now().secondsSinceEpoch, uptimeSeconds: Machine.uptimeSeconds)
    }
}
