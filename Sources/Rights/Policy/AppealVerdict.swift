/// What an operator makes of an appeal against a decision of the policy.
public enum AppealVerdict: Sendable, Hashable, Codable {
    /// The decision stands.
    case upheld
    /// The name is open from now on, up to and including a day: for everybody, or for the one who appealed alone.
    case exception(Identifier<RuleFile.Name>, until: CalendarDay?, forAppellantOnly: Bool)
    /// These words look like a name and mean something else.
    case harmless([String])
}

/// What answered appeals change of a rule file, in force beside it.
public struct PolicyAmendments: Sendable, Hashable {
    /// Names open to everybody.
    public private(set) var exceptions: [RuleFile.Exception] = []
    /// Words that look like a name and mean something else.
    public private(set) var harmless: [String] = []
    /// Names open to one who appealed, by that one's name in the store.
    public private(set) var personalExceptions: [String: [RuleFile.Exception]] = [:]

    /// No amendments.
    public init() {}

    /// Whether there are none that change the policy for everybody.
    public var isEmpty: Bool { exceptions.isEmpty && harmless.isEmpty }

    /// Adds what an answer says.
    /// - Parameters:
    ///   - appellant: who appealed, by the name in the store.
    ///   - note: what the exception says of its reason: the appeal's name.
    public mutating func add(_ verdict: AppealVerdict, appellant: String, note: String) {
        switch verdict {
        case .upheld: break
        case .exception(let name, let until, false):
            exceptions.append(.init(name: name, until: until, note: note))
        case .exception(let name, let until, true):
            personalExceptions[appellant, default: []].append(.init(name: name, until: until, note: note))
        case .harmless(let words): harmless += words
        }
    }

    /// The names open to one person alone on a day.
    public func exceptions(for person: String, on day: CalendarDay) -> Set<Identifier<RuleFile.Name>> {
        Set((personalExceptions[person] ?? []).filter { $0.holds(on: day) }.map(\.name))
    }
}

extension RuleFile.Exception {
    /// Whether the name is open on a day.
    func holds(on day: CalendarDay) -> Bool { until.map { day <= $0 } ?? true }
}

extension Policy {
    /// The same rules with what appeals have changed; the hash stays the file's, and the version says that there is more.
    ///
    /// - Throws: ``RightsError`` with code `invalidRuleFile` where an amendment contradicts the file, as a harmless word
    ///   that is a name's own spelling, or names nothing in it.
    public func amended(by amendments: PolicyAmendments) throws -> Policy {
        guard !amendments.isEmpty else { return self }
        var file = file
        var latest: [Identifier<RuleFile.Name>: RuleFile.Exception] = [:]
        for exception in (file.exceptions ?? []) + amendments.exceptions {
            // Of two, the one that holds longer: an exception never takes from another.
            if let other = latest[exception.name] {
                guard let until = exception.until else {
                    latest[exception.name] = exception
                    continue
                }
                if other.until.map({ $0 < until }) ?? false { latest[exception.name] = exception }
            } else {
                latest[exception.name] = exception
            }
        }
        file.exceptions = latest.values.sorted { $0.name < $1.name }
        file.harmless = (file.harmless ?? []) + amendments.harmless
        file.version += "+\(amendments.exceptions.count + amendments.harmless.count)"
        return try Policy(file, hash: hash)
    }
}
