import Server
import Serving
import Stores

extension Caller {
    /// The account of the address that a visitor comes from; nil for holders of keys.
    var address: CallerIdentifier? { sharedAccount.flatMap { CallerIdentifier($0) } }
}

extension SharedDesk.State {
    /// What a caller has left of its limits.
    func standing(of caller: CallerIdentifier, plan: Plan, at now: Moment) -> CallerStanding {
        let usage = accounts[caller].usage
        return CallerStanding(
            requests: Limits.requestStanding(usage, plan: plan, at: now),
            pictures: Limits.pictureStanding(usage, plan: plan, at: now))
    }

    /// Counts a visitor's request to its address, and refuses it where the address has used up its share: a new cookie
    /// does not buy a new day. An address may hold several people; it has ``addressFactor`` times a visitor's limits.
    mutating func refusal(
        ofAddress address: CallerIdentifier, pictures: Int, plan: Plan, at now: Moment
    ) -> Refusal? {
        let plan = Self.addressPlan(plan)
        var account = accounts[address]
        var excess = Limits.admitRequest(&account.usage, plan: plan, at: now)
        if excess == nil { excess = Limits.check(pictures: pictures, account.usage, plan: plan, at: now) }
        accounts.set(account, of: address, at: now)
        return excess.map { Refusal($0) }
    }

    /// Counts a request that is turned away.
    mutating func count(_ refusal: Refusal, workSeconds: Double, at now: Moment) {
        tally.refusals[refusal.reason, default: 0] += 1
        history.refused(refusal.reason, workSeconds: workSeconds, at: now)
    }

    /// Counts a request that is not drawn for what it asks for.
    mutating func count(_ stop: PolicyStop, at now: Moment) {
        tally.policyStops[stop, default: 0] += 1
        history.stopped(stop, at: now)
    }

    /// Counts pictures that were accepted to an address.
    mutating func open(pictures: Int, ofAddress address: CallerIdentifier, at now: Moment) {
        var account = accounts[address]
        Limits.open(pictures: pictures, &account.usage, at: now)
        accounts.set(account, of: address, at: now)
    }

    /// Counts a job that is done with.
    mutating func end(
        _ terms: JobTerms, _ ending: AdmissionDesk.Ending, wasDrawing: Bool, of caller: CallerIdentifier,
        address: CallerIdentifier?, at now: Moment
    ) {
        var account = accounts[caller]
        desk.ended(terms, ending, wasDrawing: wasDrawing, account: &account, at: now)
        accounts.set(account, of: caller, at: now)
        guard let address else { return }
        var isDelivered = false
        if case .delivered = ending { isDelivered = true }
        var shared = accounts[address]
        Limits.close(pictures: 1, &shared.usage, delivered: isDelivered, accepted: terms.promise.made)
        accounts.set(shared, of: address, at: now)
    }

    /// How many visitors' limits one address has.
    static let addressFactor = 4

    private static func addressPlan(_ plan: Plan) -> Plan {
        var plan = plan
        plan.requestsPerMinute *= addressFactor
        plan.picturesPerDay *= addressFactor
        plan.picturesAtOnce *= addressFactor
        return plan
    }
}
