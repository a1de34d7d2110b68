import Rights
import Server
import Serving

/// Keeps claims in memory, by rules that stop a style once a claim is taken up.
public actor ScriptedClaims: ClaimService {
    /// See ``ClaimService``.
    public let rules: ClaimRules
    private let now: @Sendable () -> Moment
    private var cases: [ClaimCase] = []
    private var pictures: [ClaimReceipt: StoredPicture] = [:]
    private var networks: [String?] = []

    /// Makes an empty desk.
    public init(now: @escaping @Sendable () -> Moment) throws {
        rules = try ClaimRules()
        self.now = now
    }

    /// Where claims came from, in order.
    public var sources: [String?] { networks }

    private var time: Timestamp {
        get throws { try Timestamp(milliseconds: now().microseconds / 1000) }
    }

    /// See ``ClaimService``.
    public func subjects() async throws -> [(style: Identifier<Style>, title: LocalizedText)] {
        try await ScriptedStyles().cards().map { ($0.style, $0.title) }
    }

    /// `(full)` and `(many)` in the text are refused.
    public func submit(
        _ statement: ClaimStatement, picture: UploadedPicture?, from network: String?
    ) async throws -> ClaimOutcome {
        if statement.text.contains("(full)") { return .full }
        if statement.text.contains("(many)") { return .tooMany }
        if let style = statement.style, try await !subjects().contains(where: { $0.style == style }) {
            return .unknownStyle
        }
        guard let receipt = ClaimReceipt("clm_scripted\(cases.count + 1)") else { return .full }
        let new = ClaimCase(
            receipt: receipt, claim: try Claim(statement, at: try time, rules: rules),
            hasPicture: picture != nil)
        cases.append(new)
        networks.append(network)
        if let picture { pictures[receipt] = StoredPicture(format: picture.format, bytes: picture.bytes) }
        return .taken(new)
    }

    /// See ``ClaimService``.
    public func claim(_ receipt: ClaimReceipt) async throws -> ClaimCase? {
        cases.first { $0.receipt == receipt }
    }

    /// See ``ClaimService``.
    public func claims(isOpen: Bool, after receipt: ClaimReceipt?, limit: Int) async throws -> [ClaimCase] {
        let start = receipt.flatMap { last in cases.firstIndex { $0.receipt == last } }.map { $0 + 1 } ?? 0
        return Array(cases[start...].filter { $0.claim.stage.isOpen == isOpen }.prefix(limit))
    }

    /// See ``ClaimService``.
    public func picture(of receipt: ClaimReceipt) async throws -> StoredPicture? { pictures[receipt] }

    /// See ``ClaimService``.
    public func step(_ receipt: ClaimReceipt, to stage: Claim.Stage, reason: String, by caller: Caller)
        async throws -> ClaimCase?
    {
        guard let index = cases.firstIndex(where: { $0.receipt == receipt }) else { return nil }
        var claim = cases[index].claim
        try claim.add(
            Claim.Step(
                stage: stage, time: try time, actor: try Identifier(caller.id), reason: reason,
                suspendedStyle: stage == .takenUp && claim.statement.style != nil))
        cases[index] = ClaimCase(receipt: receipt, claim: claim, hasPicture: cases[index].hasPicture)
        return cases[index]
    }
}
