/// What the library's codes of failure mean.
///
/// Source: C2PA Technical Specification 2.4, 15.2, "Validation status codes".
enum ValidationCodes {
    /// The finding of one code of failure; nil where it says no more than that the signer is unknown.
    static func finding(_ code: String) -> Verification.Finding? {
        switch code {
        case "signingCredential.untrusted": nil
        case "signingCredential.expired", "claimSignature.outsideValidity", "timeStamp.outsideValidity":
            .certificateExpired
        case "assertion.dataHash.mismatch", "assertion.boxesHash.mismatch", "assertion.bmffHash.mismatch":
            .pictureChanged
        case "claimSignature.mismatch", "claimSignature.missing": .signatureInvalid
        case let code where code.hasPrefix("signingCredential."): .certificateUnfit
        case let code
        where code.hasPrefix("assertion.") || code.hasPrefix("claim.") || code.hasPrefix("hashedURI.")
            || code.hasPrefix("ingredient.") || code.hasPrefix("manifest."):
            .credentialChanged
        default: .other
        }
    }

    /// The answer for a credential that could be read.
    /// - Parameters:
    ///   - state: what the library says of the whole: `Trusted`, `Valid` or `Invalid`.
    ///   - findings: of its codes of failure.
    static func answer(state: String, findings: Set<Verification.Finding>) -> Verification.Answer {
        let aboutSigner: Set<Verification.Finding> = [.certificateExpired, .certificateUnfit]
        switch state {
        case "Trusted": return .trusted
        case "Valid": return .unknownSigner
        // The picture may be as it was signed; by whom cannot be said.
        default: return !findings.isEmpty && findings.isSubset(of: aboutSigner) ? .unknownSigner : .altered
        }
    }
}
