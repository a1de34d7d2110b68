import Rights
import Serving

/// A claim as it is kept.
public struct ClaimRecord: Hashable, Sendable {
    /// Its number, by which whoever made it asks what became of it.
    public let id: ClaimIdentifier
    /// The claim.
    public var claim: Claim
    /// The picture that came with it; nil where none did.
    public let picture: PictureIdentifier?
    /// Where it came from, by a keyed hash; nil where that is not known, and after a day.
    public let network: String?

    /// A claim.
    public init(id: ClaimIdentifier, claim: Claim, picture: PictureIdentifier?, network: String?) {
        self.id = id
        self.claim = claim
        self.picture = picture
        self.network = network
    }
}

/// Where claims wait for an operator, and where the answers are kept.
public protocol ClaimStore: Sendable {
    /// Keeps a claim.
    /// - Parameters:
    ///   - openLimit: the most that wait for an answer.
    ///   - networkLimit: the most from one network within a day.
    func add(_ record: ClaimRecord, openLimit: Int, networkLimit: Int, at now: Moment)
        async throws(StoresError) -> ClaimAdding

    /// A claim, or nil where there is none.
    func claim(_ id: ClaimIdentifier) async throws(StoresError) -> ClaimRecord?

    /// Claims, the oldest first.
    ///
    /// - Parameters:
    ///   - isOpen: only those without an answer, or only those with one.
    ///   - id: the last one of the page before, or nil for the first page.
    ///   - limit: the most to give; 1 to 200.
    func claims(isOpen: Bool, after id: ClaimIdentifier?, limit: Int) async throws(StoresError)
        -> [ClaimRecord]

    /// Claims about a style, the newest first; at most 200.
    func claims(about style: Identifier<Style>) async throws(StoresError) -> [ClaimRecord]

    /// Keeps what became of a claim, where nobody else was quicker.
    /// - Parameter stepCount: how many steps it had when it was read.
    /// - Returns: whether it was kept.
    func replace(_ id: ClaimIdentifier, with claim: Claim, after stepCount: Int, at now: Moment)
        async throws(StoresError) -> Bool
}

/// What became of a claim that was to be kept.
public enum ClaimAdding: Hashable, Sendable {
    /// It waits for an answer.
    case kept
    /// As many have come from its network as may in a day.
    case tooManyOfNetwork
    /// More wait than an operator can read.
    case full
}
