import SwiftASN1
import X509

/// What a certificate must be like for content credentials to be signed with it.
///
/// Source: C2PA Technical Specification 2.4, 14.5.1, "Certificate Profiles".
enum CertificateProfile {
    /// What a certificate may be for: C2PA's own purpose, documents, mail.
    static let purposes: [ASN1ObjectIdentifier] = [
        [1, 3, 6, 1, 4, 1, 62558, 2, 1], [1, 3, 6, 1, 5, 5, 7, 3, 36], [1, 3, 6, 1, 5, 5, 7, 3, 4],
    ]

    /// C2PA's own purpose, which trial certificates are for.
    static var ownPurpose: ASN1ObjectIdentifier { purposes[0] }

    /// The purposes as the credential library wants them: one to a line. Those of time stamps and of OCSP answers
    /// belong to them, because the library holds authorities' certificates against the same list.
    static let purposeList =
        (purposes.map(\.description) + ["1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9"]).joined(separator: "\n")

    /// Refuses a certificate that readers would call invalid, whoever issued it.
    /// - Throws: ``ProvenanceError`` with `invalidIdentity`, naming all that is missing.
    static func check(_ certificate: Certificate, name: String) throws(ProvenanceError) {
        var faults: [String] = []
        let extensions = certificate.extensions
        let constraints = try? extensions.basicConstraints
        if case .isCertificateAuthority = constraints { faults.append("is an authority's own") }
        if certificate.issuer == certificate.subject { faults.append("was issued by itself") }
        if (try? extensions.keyUsage)?.digitalSignature != true {
            faults.append("is not for digital signatures (keyUsage)")
        }
        let usages = (try? extensions.extendedKeyUsage) ?? nil
        if usages?.contains(where: { purposes.contains(ASN1ObjectIdentifier($0)) }) != true {
            faults.append(
                "has none of the purposes \(purposes.map(\.description).joined(separator: ", ")) (extendedKeyUsage)"
            )
        }
        if ((try? extensions.authorityKeyIdentifier) ?? nil) == nil {
            faults.append("does not name its issuer's key (authorityKeyIdentifier)")
        }
        guard faults.isEmpty else {
            throw ProvenanceError(
                .invalidIdentity,
                "\(name) \(faults.joined(separator: ", ")); ask for one made for C2PA, or leave it out for a trial one"
            )
        }
    }
}
