/// Somebody's word that something here is theirs, and all that became of it. Steps are only ever added.
public struct Claim: Sendable, Hashable, Codable {
    /// Where a claim stands.
    public enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nobody has looked at it yet.
        case received
        /// It is being looked into.
        case takenUp = "taken-up"
        /// It was right.
        case upheld
        /// It was not.
        case rejected

        /// Whether it waits for an answer.
        public var isOpen: Bool { self == .received || self == .takenUp }
    }

    /// What an operator did.
    public struct Step: Sendable, Hashable, Codable {
        /// What the claim became.
        public let stage: Stage
        /// When.
        public let time: Timestamp
        /// Who.
        public let actor: Identifier<RegistryActor>
        /// What is said to the one who claimed.
        public let reason: String
        /// Whether the style was stopped by this step.
        public let suspendedStyle: Bool

        /// A step.
        public init(
            stage: Stage, time: Timestamp, actor: Identifier<RegistryActor>, reason: String,
            suspendedStyle: Bool = false
        ) {
            self.stage = stage
            self.time = time
            self.actor = actor
            self.reason = reason
            self.suspendedStyle = suspendedStyle
        }
    }

    /// What was said.
    public let statement: ClaimStatement
    /// When it came.
    public let made: Timestamp
    /// Until when somebody looks at it.
    public let lookBy: Timestamp
    /// Until when it is answered.
    public let answerBy: Timestamp
    /// Whether the style was stopped when it came.
    public private(set) var suspendedStyleAtOnce: Bool
    /// What was done, the first thing first.
    public private(set) var steps: [Step] = []

    /// The longest reason, in characters.
    public static let reasonLimit = 4_000
    /// The most steps: an answer may be changed, but not for ever.
    public static let stepLimit = 20

    /// A claim that has just come.
    /// - Throws: ``RightsError`` with code `invalidValue` where its deadlines are past the year 9999.
    public init(
        _ statement: ClaimStatement, at time: Timestamp, rules: ClaimRules
    ) throws {
        self.statement = statement
        made = time
        lookBy = try Timestamp(milliseconds: time.milliseconds + Int64(rules.lookDays) * 86_400_000)
        answerBy = try Timestamp(milliseconds: time.milliseconds + Int64(rules.answerDays) * 86_400_000)
        suspendedStyleAtOnce = false
    }

    /// Where it stands.
    public var stage: Stage { steps.last?.stage ?? .received }

    /// Whether it has stopped its style.
    public var suspendedStyle: Bool { suspendedStyleAtOnce || steps.contains { $0.suspendedStyle } }

    /// Whether it keeps its style stopped, where the rules stop styles at all: while it is open, and once it was right.
    public func holdsStyle(by rules: ClaimRules) -> Bool {
        switch (rules.suspension, stage) {
        case (.never, _), (_, .rejected): false
        case (.whenTakenUp, .received): false
        case (.whenTakenUp, .takenUp), (.whenTakenUp, .upheld), (.atOnce, _): true
        }
    }

    /// Notes that its style was stopped when it came.
    public mutating func stoppedStyleAtOnce() { suspendedStyleAtOnce = true }

    /// Adds a step.
    /// - Throws: ``RightsError``: `invalidTransition` where it may not follow, `invalidValue` where an answer has no reason or a
    ///   long one.
    public mutating func add(_ step: Step) throws {
        guard steps.count < Self.stepLimit else {
            throw RightsError(
                .invalidTransition,
                "the claim has \(Self.stepLimit) steps already; open a new one for what is new")
        }
        switch (stage, step.stage) {
        case (.received, .takenUp), (.received, .upheld), (.received, .rejected), (.takenUp, .upheld),
            (.takenUp, .rejected), (.upheld, .rejected), (.rejected, .upheld), (.upheld, .takenUp),
            (.rejected, .takenUp):
            break
        default:
            throw RightsError(
                .invalidTransition, "a claim that is \(stage.rawValue) cannot become \(step.stage.rawValue)")
        }
        let isAnswer = !step.stage.isOpen
        let isEmpty = !step.reason.unicodeScalars.contains { !$0.properties.isWhitespace }
        guard step.reason.unicodeScalars.count <= Self.reasonLimit, !isAnswer || !isEmpty else {
            throw RightsError(
                .invalidValue, "an answer has a reason of 1 to \(Self.reasonLimit) characters; write one")
        }
        steps.append(step)
    }
}
