import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// A trust domain of one's own, to try credentials with: a root, which only this installation knows, and certificates
/// issued by it.
///
/// Whoever trusts the root sees "trusted"; everybody else sees "valid, from an unknown signer".
struct TrialDomain {
    /// The root as PEM.
    let root: String
    /// Its key as PEM.
    let rootKey: String

    private let certificate: Certificate
    private let privateKey: Certificate.PrivateKey

    /// How long a root is good: ten years.
    static let rootSeconds = 3650 * 86_400.0
    /// How long a certificate of it is good: a year.
    static let certificateSeconds = 365 * 86_400.0
    /// Clocks of readers may be behind ours by so much.
    private static let clockSlackSeconds = 3600.0

    /// Makes a new domain.
    /// - Parameters:
    ///   - seconds: now, since 1970.
    ///   - chance: chance that nobody can guess.
    /// - Throws: what the certificate library throws; nothing that a caller could mend.
    init(at seconds: Double, using chance: inout some RandomNumberGenerator) throws {
        let key = try Self.newKey(using: &chance)
        let privateKey = Certificate.PrivateKey(key)
        let publicKey = privateKey.publicKey
        // Two installations must not be taken for one.
        let mark = String(chance.next() >> 32, radix: 16)
        let name = try DistinguishedName {
            OrganizationName("Ondol trial domain")
            CommonName("Ondol trial root \(mark)")
        }
        self.privateKey = privateKey
        certificate = try Certificate(
            version: .v3, serialNumber: Self.serialNumber(using: &chance), publicKey: publicKey,
            notValidBefore: Date(timeIntervalSince1970: seconds - Self.clockSlackSeconds),
            notValidAfter: Date(timeIntervalSince1970: seconds + Self.rootSeconds), issuer: name,
            subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: publicKey)
            }, issuerPrivateKey: privateKey)
        root = try certificate.serializeAsPEM().pemString + "\n"
        rootKey = key.pemRepresentation + "\n"
    }

    /// Reads a domain that was made before.
    /// - Throws: what the certificate library throws where the texts are no such thing.
    init(root: String, rootKey: String) throws {
        certificate = try Certificate(pemEncoded: root)
        privateKey = try Certificate.PrivateKey(pemEncoded: rootKey)
        guard certificate.publicKey == privateKey.publicKey else {
            throw ProvenanceError(.identityMismatch, "the trial root's key does not belong to it")
        }
        self.root = root
        self.rootKey = rootKey
    }

    /// Until when the root is good, in seconds since 1970.
    var endSeconds: Double { certificate.notValidAfter.timeIntervalSince1970 }

    /// Issues a certificate to sign with.
    /// - Throws: what the certificate library throws.
    func newSigner(
        at seconds: Double, lasting lifetime: Double = certificateSeconds,
        using chance: inout some RandomNumberGenerator
    ) throws -> (chain: String, key: String) {
        let key = try Self.newKey(using: &chance)
        let publicKey = Certificate.PublicKey(key.publicKey)
        let signer = try Certificate(
            version: .v3, serialNumber: Self.serialNumber(using: &chance), publicKey: publicKey,
            notValidBefore: Date(timeIntervalSince1970: seconds - Self.clockSlackSeconds),
            notValidAfter: Date(timeIntervalSince1970: min(seconds + lifetime, endSeconds)),
            issuer: certificate.subject,
            subject: try DistinguishedName {
                OrganizationName("Ondol trial domain")
                CommonName("Ondol trial signer")
            }, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                Critical(try ExtendedKeyUsage([.init(oid: CertificateProfile.ownPurpose)]))
                SubjectKeyIdentifier(hash: publicKey)
                AuthorityKeyIdentifier(
                    keyIdentifier: SubjectKeyIdentifier(hash: certificate.publicKey).keyIdentifier)
            }, issuerPrivateKey: privateKey)
        return (try signer.serializeAsPEM().pemString + "\n", key.pemRepresentation + "\n")
    }

    /// A key from 32 bytes of chance, in the curve's range.
    private static func newKey(
        using chance: inout some RandomNumberGenerator
    ) throws -> P256.Signing.PrivateKey {
        // One draw in four billion is out of range; four in a row are a broken generator.
        for _ in 0..<4 {
            let bytes = bytes(32, using: &chance)
            if let key = try? P256.Signing.PrivateKey(rawRepresentation: bytes) { return key }
        }
        throw ProvenanceError(.invalidIdentity, "the machine's chance is broken: it gives no key; look at it")
    }

    /// 16 bytes, positive: RFC 5280, 4.1.2.2.
    private static func serialNumber(
        using chance: inout some RandomNumberGenerator
    ) -> Certificate.SerialNumber {
        var bytes = bytes(16, using: &chance)
        bytes[0] = bytes[0] & 0x7F | 0x40
        return Certificate.SerialNumber(bytes: bytes)
    }

    /// So many bytes, a multiple of eight.
    private static func bytes(_ count: Int, using chance: inout some RandomNumberGenerator) -> [UInt8] {
        (0..<count / 8).flatMap { _ in withUnsafeBytes(of: chance.next()) { Array($0) } }
    }
}
