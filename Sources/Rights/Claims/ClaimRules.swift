/// What an operator promises to whoever makes a claim.
public struct ClaimRules: Sendable, Hashable, Codable {
    /// When a style stops because of a claim about it.
    public enum Suspension: String, Sendable, Hashable, Codable, CaseIterable {
        /// Not before the answer.
        case never
        /// Once the operator has looked at the claim and takes it up.
        case whenTakenUp = "when-taken-up"
        /// As soon as it comes: then anybody can stop any style for a while.
        case atOnce = "at-once"
    }

    /// Days within which the operator looks at a claim and says that it is taken up, or answers it; 1 to 90.
    public var lookDays: Int
    /// Days within which it is answered; no fewer than ``lookDays``, at most 365.
    public var answerDays: Int
    /// When a style stops meanwhile.
    public var suspension: Suspension

    /// Rules.
    /// - Throws: ``RightsError`` with code `invalidValue` where days are out of range.
    public init(lookDays: Int = 3, answerDays: Int = 14, suspension: Suspension = .whenTakenUp) throws {
        guard (1...90).contains(lookDays), (lookDays...365).contains(answerDays) else {
            throw RightsError(
                .invalidValue,
                "a claim is looked at within 1 to 90 days and answered within 365, and not before it is looked at"
            )
        }
        self.lookDays = lookDays
        self.answerDays = answerDays
        self.suspension = suspension
    }
}
