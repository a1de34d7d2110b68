import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// Whose name stands under a credential: a chain of certificates and the key of the first.
///
/// A value of this type was checked: key and certificate belong together, and the certificate is one that content
/// credentials may be signed with. It never describes its key.
public struct SigningIdentity: Sendable {
    /// Who the certificate names.
    public let subject: CertificateName
    /// Who issued it.
    public let issuer: CertificateName
    /// From when it is good, in seconds since 1970.
    public let notBeforeSeconds: Double
    /// Until when it is good, in seconds since 1970.
    public let notAfterSeconds: Double
    /// The certificates as PEM, the signing one first.
    public let chain: String
    /// The key as PEM, PKCS #8.
    let key: String
    /// The signature's algorithm, as the library names it.
    let algorithm: String

    /// Checks certificates and a key.
    ///
    /// - Parameters:
    ///   - chain: certificates as PEM, the signing one first, then those above it.
    ///   - key: its key as PEM.
    ///   - name: what messages call the two files.
    /// - Throws: ``ProvenanceError`` with `invalidIdentity` or `identityMismatch`. Whether its time has come is for
    ///   ``checkTime(at:)``.
    public init(chain: String, key: String, name: String = "the certificate") throws(ProvenanceError) {
        let certificates = try Self.certificates(chain, name: name)
        let privateKey = try Self.privateKey(key, name: name)
        guard let leaf = certificates.first else {
            throw ProvenanceError(
                .invalidIdentity, "\(name) holds no certificate; give it one in PEM, the signing one first")
        }
        guard leaf.publicKey == privateKey.publicKey else {
            throw ProvenanceError(
                .identityMismatch,
                "the private key does not belong to \(name); give the key that the first certificate was made for"
            )
        }
        for (lower, upper) in zip(certificates, certificates.dropFirst()) {
            guard lower.issuer == upper.subject, upper.publicKey.isValidSignature(lower.signature, for: lower)
            else {
                throw ProvenanceError(
                    .invalidIdentity,
                    "the certificates of \(name) are no chain; let each be followed by the one that issued it"
                )
            }
        }
        try CertificateProfile.check(leaf, name: name)
        guard let algorithm = Self.algorithm(of: leaf.publicKey) else {
            throw ProvenanceError(
                .invalidIdentity,
                "the key of \(name) is of a kind that content credentials do not know; use P-256, P-384, P-521, Ed25519 or "
                    + "RSA of 2048 bits or more")
        }
        do {
            self.key = try privateKey.serializeAsPEM().pemString
            // Not the root: who trusts it has it.
            let sent = certificates.count > 1 ? certificates.filter { $0.issuer != $0.subject } : certificates
            self.chain = try sent.map { try $0.serializeAsPEM().pemString + "\n" }.joined()
        } catch {
            throw ProvenanceError(
                .invalidIdentity, "\(name) cannot be written as PEM; make it anew", cause: error)
        }
        self.algorithm = algorithm
        subject = CertificateName(leaf.subject)
        issuer = CertificateName(leaf.issuer)
        notBeforeSeconds = leaf.notValidBefore.timeIntervalSince1970
        notAfterSeconds = leaf.notValidAfter.timeIntervalSince1970
    }

    /// Refuses a certificate whose time is over or has not begun.
    /// - Throws: ``ProvenanceError`` with `identityExpired`.
    public func checkTime(at seconds: Double) throws(ProvenanceError) {
        if seconds > notAfterSeconds {
            throw ProvenanceError(
                .identityExpired,
                "the certificate of \(subject) ended on \(CertificateName.day(notAfterSeconds)); put a new one in its place"
            )
        }
        if seconds < notBeforeSeconds {
            throw ProvenanceError(
                .identityExpired,
                "the certificate of \(subject) begins on \(CertificateName.day(notBeforeSeconds)); wait, or look at the clock"
            )
        }
    }

    private static func certificates(_ text: String, name: String) throws(ProvenanceError) -> [Certificate] {
        guard text.utf8.count <= sizeLimit else {
            throw ProvenanceError(
                .invalidIdentity, "\(name) is larger than \(sizeLimit) bytes; no chain of certificates is")
        }
        do {
            let documents = try PEMDocument.parseMultiple(pemString: text)
            return try documents.filter { $0.discriminator == "CERTIFICATE" }.prefix(chainLimit).map {
                try Certificate(pemDocument: $0)
            }
        } catch {
            throw ProvenanceError(
                .invalidIdentity, "\(name) is no certificate in PEM; give it one", cause: error)
        }
    }

    private static func privateKey(_ text: String, name: String) throws(ProvenanceError)
        -> Certificate.PrivateKey
    {
        do {
            let documents = try PEMDocument.parseMultiple(pemString: String(text.prefix(sizeLimit)))
            // `openssl ecparam -genkey` writes the curve's name before the key.
            guard let key = documents.first(where: { $0.discriminator.hasSuffix("PRIVATE KEY") }) else {
                throw ProvenanceError(
                    .invalidIdentity, "the key of \(name) is no key in PEM; give it one")
            }
            return try Certificate.PrivateKey(pemDocument: key)
        } catch let error as ProvenanceError {
            throw error
        } catch {
            // What the parser says may quote the key.
            throw ProvenanceError(
                .invalidIdentity,
                "the key of \(name) is no key in PEM that can be read; give it one in PKCS #8, without a passphrase"
            )
        }
    }

    /// Bytes of a chain, and certificates in it, beyond which it is somebody's mistake.
    private static let sizeLimit = 262_144
    private static let chainLimit = 16

    private static func algorithm(of key: Certificate.PublicKey) -> String? {
        if P256.Signing.PublicKey(key) != nil { return "es256" }
        if P384.Signing.PublicKey(key) != nil { return "es384" }
        if P521.Signing.PublicKey(key) != nil { return "es512" }
        if Curve25519.Signing.PublicKey(key) != nil { return "ed25519" }
        return key.description.hasPrefix("RSA") ? "ps256" : nil
    }
}

extension SigningIdentity: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The certificate's name.
    public var description: String { "SigningIdentity of \(subject), issued by \(issuer)" }
    /// The same.
    public var debugDescription: String { description }
    /// Nothing: dumping an identity must not show its key.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
