import Rights

/// Takes what people claim to be theirs, and lets operators answer it.
public protocol ClaimService: Sendable {
    /// How claims are dealt with here.
    var rules: ClaimRules { get }

    /// The styles that a claim can be about, with their titles, by their names.
    func subjects() async throws -> [(style: Identifier<Style>, title: LocalizedText)]

    /// Takes a claim.
    ///
    /// - Parameters:
    ///   - picture: a picture that shows what is meant; nil for none.
    ///   - network: where it comes from, so that nobody fills the queue; nil where that is not known.
    func submit(
        _ statement: ClaimStatement, picture: UploadedPicture?, from network: String?
    ) async throws -> ClaimOutcome

    /// A claim by its receipt; nil where there is none.
    func claim(_ receipt: ClaimReceipt) async throws -> ClaimCase?

    /// Claims, the oldest first.
    /// - Parameters:
    ///   - isOpen: only those that wait for an answer, or only those that have one.
    ///   - receipt: the last one of the page before; nil for the first page.
    ///   - limit: the most to give; 1 to 100.
    func claims(isOpen: Bool, after receipt: ClaimReceipt?, limit: Int) async throws -> [ClaimCase]

    /// The picture that came with a claim; nil where none did.
    func picture(of receipt: ClaimReceipt) async throws -> StoredPicture?

    /// Takes a claim up, or answers it; nil where there is none.
    ///
    /// Where the rules stop a style meanwhile, it is stopped by this, and goes on where the answer is no and nothing else
    /// stops it.
    /// - Throws: `RightsError` where the step may not follow or its reason is missing.
    func step(_ receipt: ClaimReceipt, to stage: Claim.Stage, reason: String, by caller: Caller)
        async throws -> ClaimCase?
}

/// Bounds of what comes with a claim.
public enum ClaimLimits {
    /// The largest picture, in bytes: enough to show what is meant.
    public static let pictureBytes = 10_000_000
    /// The most claims from one network in a day.
    public static let perNetworkAndDay = 5
    /// The most open claims in all: more than an operator reads in a month.
    public static let open = 2_000
}

/// The number under which a claim is found again. Nobody can guess it, so whoever has it may ask.
public struct ClaimReceipt: Sendable, Hashable, CustomStringConvertible {
    /// The number's text.
    public let text: String

    /// Takes a number; nil where it is not 1 to 64 letters, digits, `-` or `_`.
    public init?(_ text: some StringProtocol) {
        guard let text = safeIdentifier(text) else { return nil }
        self.text = text
    }

    /// Takes a number that the service made.
    package init(known text: String) { self.text = text }

    /// The number's text.
    public var description: String { text }
}

/// A claim with its number.
public struct ClaimCase: Sendable, Hashable {
    /// The number.
    public let receipt: ClaimReceipt
    /// The claim.
    public let claim: Claim
    /// Whether a picture came with it.
    public let hasPicture: Bool

    /// Pairs a claim with its number.
    public init(receipt: ClaimReceipt, claim: Claim, hasPicture: Bool) {
        self.receipt = receipt
        self.claim = claim
        self.hasPicture = hasPicture
    }
}

/// What became of a claim that was to be taken.
public enum ClaimOutcome: Sendable, Hashable {
    /// It waits to be looked at.
    case taken(ClaimCase)
    /// There is no such style that is shown.
    case unknownStyle
    /// As many have come from there as may in a day.
    case tooMany
    /// More wait than an operator can read.
    case full
}
