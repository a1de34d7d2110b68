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

    /// A style that may be used, and how strongly it is wanted.
    private struct StyleSale {
        let terms: StyleAvailability.Terms
        let weightMilli: Int
    }

    /// Asks the registry about the styles, the policy about the words, and the plan about the price. Nothing is written.
    func judge(_ submission: Submission, at now: Moment) throws -> Judgement {
        let request = submission.request
        var sales: [StyleSale] = []
        for wish in request.styles {
            guard let style = try? Identifier<Style>(wish.id) else {
                return .turnedAway(.styleUnavailable(wish.id, .unknown))
            }
            switch rights.availability(of: style, at: now) {
            case .usable(let terms): sales.append(StyleSale(terms: terms, weightMilli: wish.strengthMilli))
            case .refused(let obstacle): return .turnedAway(.styleUnavailable(wish.id, obstacle))
            }
        }
        let decision = try rights.decide(
            request.prompt, styles: Set(sales.map(\.terms.style)), confirmations: request.confirmations,
            caller: submission.caller.id, at: now)
        guard decision.outcome == .allow else { return .turnedAway(.againstPolicy(decision)) }
        return .allowed(
            Permit(decision: decision, purchase: try purchase(sales, plan: submission.caller.plan)))
    }

    /// The plan's price and the styles' fees, which are in the same currency, or the style is not available.
    private func purchase(_ sales: [StyleSale], plan: Plan) throws -> Purchase {
        // Fees are bounded where agreements are read, so that a few cannot overflow; to be sure, they are added with care.
        let price = sales.reduce(Int64(plan.pictureMicros)) { sum, sale in
            let (next, isTooMuch) = sum.addingReportingOverflow(sale.terms.feeMicros)
            return isTooMuch ? Purchase.largestMicros : next
        }
        return Purchase(
            styles: sales.map { .init(style: $0.terms.style, weightMilli: $0.weightMilli) },
            pictureMicros: min(price, Purchase.largestMicros),
            currency: price > 0 || !sales.isEmpty ? try Currency(settings.currency) : nil)
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

extension PolicyStop {
    /// Why a submission is not drawn; nil where it has other reasons than policy and registry.
    init?(_ outcome: SubmissionOutcome) {
        switch outcome {
        case .againstPolicy(let decision): self.init(decision.outcome)
        case .styleUnavailable: self = .styleUnavailable
        default: return nil
        }
    }
}
