import Rights
import Server
import Serving
import Stores

/// That something may be drawn: by which decision, and for which price.
struct Permit: Sendable {
    let decision: PolicyDecision
    let purchase: Purchase
}

extension StoredGeneration {
    /// What the rights say of a submission.
    enum Judgement {
        /// It may be drawn.
        case allowed(Permit)
        /// It may not.
        case turnedAway(SubmissionOutcome)
    }

    /// Asks the registry about the style, the policy about the words, and the plan about the price. Nothing is written.
    func judge(_ submission: Submission, at now: Moment) throws -> Judgement {
        let request = submission.request
        var terms: StyleAvailability.Terms?
        if let name = request.style {
            guard let style = try? Identifier<Style>(name) else {
                return .turnedAway(.styleUnavailable(name, .unknown))
            }
            switch rights.availability(of: style, at: now) {
            case .usable(let found): terms = found
            case .refused(let obstacle): return .turnedAway(.styleUnavailable(name, obstacle))
            }
        }
        let decision = try rights.decide(
            request.prompt, styles: Set(terms.map { [$0.style] } ?? []),
            confirmations: request.confirmations,
            caller: submission.caller.id, at: now)
        guard decision.outcome == .allow else { return .turnedAway(.againstPolicy(decision)) }
        return .allowed(
            Permit(decision: decision, purchase: try purchase(terms, plan: submission.caller.plan)))
    }

    /// The plan's price and the style's fee. Where the agreement is in another currency the fee alone counts: nothing here
    /// converts, and to charge less is no harm.
    private func purchase(_ terms: StyleAvailability.Terms?, plan: Plan) throws -> Purchase {
        let currency = terms?.currency ?? settings.currency
        let base = currency == settings.currency ? Int64(plan.pictureMicros) : 0
        let price = base + (terms?.feeMicros ?? 0)
        return Purchase(
            styles: terms.map { [.init(style: $0.style, weightMilli: 1_000)] } ?? [],
            pictureMicros: min(price, Purchase.largestMicros),
            currency: price > 0 || terms != nil ? try Currency(currency) : nil)
    }

    /// Counts a question to the caller's requests of a minute.
    /// - Returns: why it is not answered, where the caller has asked too much.
    func countQuestion(of caller: Caller) async throws -> (Refusal, CallerStanding)? {
        let now = environment.now()
        try await readAccounts(of: caller, at: now)
        let identifier = try identifier(of: caller)
        return shared.with { state in
            var account = state.accounts[identifier]
            var refusal = Limits.admitRequest(&account.usage, plan: caller.plan, at: now).map { Refusal($0) }
            state.accounts.set(account, of: identifier, at: now)
            if refusal == nil, let address = caller.address {
                refusal = state.refusal(ofAddress: address, pictures: 0, plan: caller.plan, at: now)
            }
            return refusal.map { ($0, state.standing(of: identifier, plan: caller.plan, at: now)) }
        }
    }
}
