import Rights
import Server
import Serving
import Stores
import Synchronization

/// What rights there are now: the registry, the policy with what appeals changed of it, and the names that agreements
/// open today. Read from the store, and followed there, for other processes change it, too.
///
/// Safe to use from many tasks; decisions run outside of the lock, on values.
final class RightsDesk: Sendable {
    /// Where it reads.
    typealias Store = RegistryStore & AppealStore

    fileprivate struct State {
        var registry: Registry
        var policy: Policy
        var amendments: PolicyAmendments
        var answerCount: Int
        /// Names opened by agreements, as of so many changes and a day.
        var stops = StopWatch()
        var openings:
            (changes: Int, day: CalendarDay, names: [Identifier<RuleFile.Name>: [Identifier<Style>]])?
    }

    private let store: any Store
    /// The rules as the file has them.
    private let rules: Policy
    private let utcOffsetMinutes: Int
    private let currency: String
    private let state: Mutex<State>

    /// Reads what there is.
    ///
    /// - Parameters:
    ///   - utcOffsetMinutes: whose midnight parts the days of agreements.
    ///   - currency: what prices are in, ISO 4217; styles that are agreed on in another are not used.
    /// - Throws: `StoresError`; `RightsError` where an answered appeal contradicts the rule file.
    init(store: any Store, rules: Policy, utcOffsetMinutes: Int, currency: String) async throws {
        self.store = store
        self.rules = rules
        self.utcOffsetMinutes = utcOffsetMinutes
        self.currency = currency
        let count = try await store.appealAnswerCount()
        let amendments = try await store.policyAmendments()
        state = Mutex(
            State(
                registry: try await store.registry(), policy: try rules.amended(by: amendments),
                amendments: amendments, answerCount: count))
    }

    /// Reads what has changed.
    /// - Returns: whether the registry did.
    @discardableResult
    func refresh() async throws -> Bool {
        let (known, answers) = state.withLock { ($0.registry, $0.answerCount) }
        let registry = try await store.following(known)
        let isChanged = registry.records.count > known.records.count
        if isChanged {
            state.withLock { state in
                // Another may have read further meanwhile.
                if registry.records.count > state.registry.records.count { state.registry = registry }
            }
        }
        let count = try await store.appealAnswerCount()
        if count != answers {
            let amendments = try await store.policyAmendments()
            let policy = try rules.amended(by: amendments)
            state.withLock { state in
                (state.policy, state.amendments, state.answerCount) = (policy, amendments, count)
            }
        }
        return isChanged
    }

    /// The registry as it is known.
    var registry: Registry { state.withLock { $0.registry } }

    /// The calendar's day, by which agreements and exceptions hold.
    func day(at now: Moment) -> CalendarDay { Timestamp(now).day(utcOffsetMinutes: utcOffsetMinutes) }

    /// Decides about a prompt.
    /// - Throws: `RightsError` where the prompt is longer than any that is taken.
    func decide(
        _ prompt: String, styles: Set<Identifier<Style>>, confirmations: Set<String>, caller: String,
        at now: Moment
    ) throws -> PolicyDecision {
        let day = day(at: now)
        let (policy, openings, exceptions) = state.withLock { state in
            (state.policy, state.openings(on: day), state.amendments.exceptions(for: caller, on: day))
        }
        return policy.decide(
            try PolicyQuestion(
                text: prompt, styles: styles, confirmations: confirmations, openings: openings,
                exceptions: exceptions, day: day))
    }

    /// Why an answer to an appeal cannot be; nil where it can.
    func fault(of verdict: AppealVerdict) -> String? {
        if case .exception(let name, _, _) = verdict,
            !rules.file.names.contains(where: { $0.identifier == name })
        {
            return "the rule file has no name \(name)"
        }
        guard case .harmless = verdict else { return nil }
        var amendments = state.withLock { $0.amendments }
        amendments.add(verdict, appellant: "", note: "")
        do {
            _ = try rules.amended(by: amendments)
            return nil
        } catch {
            return (error as? RightsError)?.message ?? "it contradicts the rule file"
        }
    }

    /// Styles whose open jobs are to be ended now, with why; empty where nothing has changed for a while.
    func stylesToStop(at now: Moment) -> [(style: Identifier<Style>, obstacle: StyleAvailability.Obstacle)] {
        let day = day(at: now)
        return state.withLock { state in
            guard state.stops.isDue(changes: state.registry.records.count, day: day) else { return [] }
            return state.registry.stoppedStyles(on: day)
        }
    }

    /// Whether a style may be used now.
    func availability(of style: Identifier<Style>, at now: Moment) -> StyleAvailability {
        let day = day(at: now)
        let found = state.withLock { $0.registry.availability(of: style, on: day) }
        // Were it drawn, plan and fee would be in two currencies, and nobody here can add them.
        if case .usable(let terms) = found, terms.currency != currency { return .refused(.anotherCurrency) }
        return found
    }
}

extension RightsDesk.State {
    fileprivate mutating func openings(on day: CalendarDay) -> [Identifier<RuleFile.Name>: [Identifier<
        Style
    >]] {
        if let openings, openings.changes == registry.records.count, openings.day == day {
            return openings.names
        }
        let names = registry.openings(on: day)
        openings = (registry.records.count, day, names)
        return names
    }
}

/// Says when to look for jobs of styles that may not be used: after a change, or at midnight, and for some rounds more, for
/// a request that was judged by the registry of before may be written a moment later.
struct StopWatch: Sendable {
    /// Rounds after the first: ten seconds, longer than any request takes to be written.
    private static let rounds = 20

    private var seen: (changes: Int, day: CalendarDay)?
    private var roundsLeft = 0

    /// Looks at the registry and the calendar, once a round.
    mutating func isDue(changes: Int, day: CalendarDay) -> Bool {
        if seen?.changes != changes || seen?.day != day {
            seen = (changes, day)
            roundsLeft = Self.rounds + 1
        }
        guard roundsLeft > 0 else { return false }
        roundsLeft -= 1
        return true
    }
}
