/// What a picture's credential is worth, and what it says.
public struct Verification: Sendable, Hashable {
    /// The four answers.
    public enum Answer: String, Sendable, Hashable, CaseIterable {
        /// The picture is as it was signed, by somebody who is trusted here.
        case trusted
        /// The picture is as it was signed, by somebody who is not known here.
        case unknownSigner = "unknown-signer"
        /// The picture is not as it was signed.
        case altered
        /// There is no credential.
        case nothingFound = "nothing-found"
    }

    /// What is wrong, as far as it can be told.
    public enum Finding: String, Sendable, Hashable, CaseIterable {
        /// The picture was changed after it was signed.
        case pictureChanged = "picture-changed"
        /// The credential itself was changed, or is not whole.
        case credentialChanged = "credential-changed"
        /// The signature does not belong to the credential.
        case signatureInvalid = "signature-invalid"
        /// The file is cut off or damaged, so that the picture cannot be read to its end.
        case fileDamaged = "file-damaged"
        /// The signer's certificate was over when it signed, or is over and no time stamp says when it signed.
        case certificateExpired = "certificate-expired"
        /// The signer's certificate is none that may sign credentials, or was revoked.
        case certificateUnfit = "certificate-unfit"
        /// The photo that it was made from had been altered before.
        case photoAltered = "photo-altered"
        /// The credential is kept elsewhere; nothing is fetched to verify a picture.
        case keptElsewhere = "kept-elsewhere"
        /// The credential contradicts the rules in another way.
        case other
    }

    /// The answer.
    public let answer: Answer
    /// What is wrong, in the order above.
    public let findings: [Finding]
    /// What the credential says; nil where there is none that can be read. After ``Answer/altered`` it is hearsay.
    public let credential: CredentialFacts?
    /// The nearest picture that is known, where it was looked for and one is near.
    public var nearest: NearestPicture?

    /// An answer.
    public init(answer: Answer, findings: Set<Finding> = [], credential: CredentialFacts? = nil) {
        self.answer = answer
        self.findings = Finding.allCases.filter(findings.contains)
        self.credential = credential
    }
}

/// A known picture that looks like the one that was asked about.
public struct NearestPicture: Sendable, Hashable {
    /// What it is called where it is kept.
    public let name: String
    /// How many of the 256 bits of their perceptual hashes differ.
    public let distance: Int

    /// A picture and how far it is.
    public init(name: String, distance: Int) {
        self.name = name
        self.distance = distance
    }
}
