/// One picture that a holder lets a style be trained on, or does not.
public struct Work: Sendable, Hashable, Codable {
    /// A wish about training that the file itself, or the place it came from, carries.
    public enum Signal: String, Sendable, Hashable, Codable, CaseIterable {
        /// C2PA or CAWG training-and-mining assertion: not allowed.
        case credentialsForbidTraining = "credentials-forbid-training"
        /// C2PA or CAWG training-and-mining assertion: constrained, which takes a licence that says so.
        case credentialsConstrainTraining = "credentials-constrain-training"
        /// TDMRep: text and data mining reserved.
        case miningReserved = "mining-reserved"
        /// RSL: a licence that does not permit training.
        case licenceTermsForbidTraining = "licence-terms-forbid-training"
    }

    /// What everything else calls it.
    public let identifier: Identifier<Work>
    /// Whose it is.
    public let holder: Identifier<RightsHolder>
    /// Its title.
    public let title: String
    /// The hash of the file.
    public let fileHash: ContentHash
    /// A perceptual hash of the picture, PDQ's 64 hexadecimal digits, or nil where none was computed.
    public let perceptualHash: ContentHash?
    /// What was found in the file.
    public let signals: Set<Signal>

    /// A work.
    public init(
        identifier: Identifier<Work>, holder: Identifier<RightsHolder>, title: String, fileHash: ContentHash,
        perceptualHash: ContentHash? = nil, signals: Set<Signal> = []
    ) {
        self.identifier = identifier
        self.holder = holder
        self.title = title
        self.fileHash = fileHash
        self.perceptualHash = perceptualHash
        self.signals = signals
    }
}
