import Server
import Serving
import Stores

extension StoredGeneration {
    /// Takes a request, turns it away, or finds it to be one that was taken before.
    func submit(_ submission: Submission) async throws -> SubmissionOutcome {
        try await withStore { try await take(submission) }
    }

    private func take(_ submission: Submission) async throws -> SubmissionOutcome {
        guard !isStopping else { return .unavailable(retryAfterSeconds: 10) }
        let caller = try identifier(of: submission.caller)
        let now = environment.now()
        switch try await store.lookUp(name(of: submission, at: now), of: caller, at: now) {
        case .same(let first): return try await joined(first, submission)
        case .different: return .keyReused
        case .unused: break
        }
        if let refusal = submission.request.edit.flatMap(Self.refusal(of:))
            ?? refusal(of: submission.request.credential)
        {
            return .forbidden(refusal)
        }
        let permit: Permit
        switch try judge(submission, at: now) {
        case .allowed(let given): permit = given
        case .turnedAway(let outcome):
            // Counted, so that nobody tries words without end; never charged.
            let excess = try await countQuestion(of: submission.caller)
            if let stop = PolicyStop(outcome) { shared.with { $0.count(stop, at: now) } }
            return excess.map { .refused($0.0, standing: $0.1) } ?? outcome
        }
        try await readAccounts(of: submission.caller, at: now)
        switch decide(submission, caller: caller, at: now) {
        case .refused(let refusal, let standing): return .refused(refusal, standing: standing)
        case .accepted(let admission, let writes):
            return try await write(submission, permit, admission, writes, caller: caller, at: now)
        }
    }

    private enum Decision {
        case accepted(Admission, DeskWrites)
        case refused(Refusal, CallerStanding)
    }

    /// Asks the desk. What it accepts is counted already; ``undo(_:_:at:)`` takes that back.
    private func decide(_ submission: Submission, caller: CallerIdentifier, at now: Moment) -> Decision {
        let (request, plan) = (submission.request, submission.caller.plan)
        let address = submission.caller.address
        return shared.with { state in
            let full = state.desk.memory.prices.price(request.shape, recipe: state.desk.recipes.full)
            let work = Double(request.count) * full.workSeconds
            state.forecast.observe(workSeconds: work, at: now)
            state.history.asked(workSeconds: work, at: now)
            var ticket = submission.ticketNumber
            // A library that repeats cannot name its ticket; its caller holds only one.
            if ticket == nil, submission.retryCount > 0 { ticket = state.accounts[caller].ticket?.number }
            if let address,
                let refusal = state.refusal(ofAddress: address, pictures: request.count, plan: plan, at: now)
            {
                state.count(refusal, workSeconds: work, at: now)
                return .refused(refusal, state.standing(of: caller, plan: plan, at: now))
            }
            let order = PictureOrder(
                shape: request.shape, count: request.count, quality: request.quality, ticketNumber: ticket)
            var account = state.accounts[caller]
            let decision = state.desk.decide(order, plan: plan, account: &account, at: now)
            state.accounts.set(account, of: caller, at: now)
            switch decision {
            case .refused(let refusal):
                state.count(refusal, workSeconds: work, at: now)
                return .refused(refusal, state.standing(of: caller, plan: plan, at: now))
            case .accepted(let admission):
                state.tally.count(admission)
                if let address { state.open(pictures: request.count, ofAddress: address, at: now) }
                return .accepted(admission, state.writes(for: [caller, address].compactMap { $0 }))
            }
        }
    }

    private func write(
        _ submission: Submission, _ permit: Permit, _ admission: Admission, _ writes: DeskWrites,
        caller: CallerIdentifier, at now: Moment
    ) async throws -> SubmissionOutcome {
        let new: NewRequest
        let outcome: AcceptOutcome
        do {
            new = try await newRequest(submission, permit, admission, caller: caller, at: now)
            // Noted before it is written: a worker may be done before the writer's answer is back.
            waiters.arrive(at: new.id, openJobs: new.jobs.count, waits: submission.waits)
            do {
                outcome = try await store.accept(new, at: now) { try writes($0) }
            } catch {
                waiters.forget(new.id)
                throw error
            }
        } catch {
            undo(admission, submission.caller, at: environment.now())
            throw error
        }
        let id = new.id
        switch outcome {
        case .accepted:
            shared.with { $0.accounts.saved(writes.accounts) }
            guard let record = try await store.request(id, for: .service) else {
                throw ServiceError(.damaged, "a request that was just written is not there")
            }
            return .accepted(group(record, submission, isRepeated: false))
        case .joined(let first):
            waiters.forget(id)
            undo(admission, submission.caller, at: now)
            return try await joined(first, submission)
        case .conflict:
            waiters.forget(id)
            undo(admission, submission.caller, at: now)
            return .keyReused
        }
    }

    /// The request as it is to be written; its photo is kept already.
    private func newRequest(
        _ submission: Submission, _ permit: Permit, _ admission: Admission, caller: CallerIdentifier,
        at now: Moment
    ) async throws -> NewRequest {
        var chance = environment.chance
        let order = try await order(submission, tier: admission.tier, caller: caller, at: now)
        return NewRequest(
            id: RequestIdentifier(at: now, using: &chance), caller: caller,
            alsoCountedTo: submission.caller.address, payload: try order.payload(),
            jobs: admission.jobs.map {
                .init(
                    id: JobIdentifier(at: now, using: &chance), shape: submission.request.shape, terms: $0)
            },
            idempotencyKey: name(of: submission, at: now), purchase: permit.purchase,
            decision: permit.decision)
    }

    /// The name by which a repeat is recognised: the caller's own, or where it gave none, all that it asks for.
    ///
    /// Libraries that send again after a broken connection name nothing, so the same request is taken for a repeat while
    /// the first is not over. Whoever wants the same drawn twice at a time gives each its own `Idempotency-Key` or seed.
    private func name(of submission: Submission, at now: Moment) -> NewRequest.IdempotencyKey {
        if let text = submission.idempotencyKey {
            return .init(
                text: text, requestDigest: submission.fingerprint, end: now + settings.idempotencySeconds)
        }
        // With a space, which no caller's own name can have.
        let text = "repeat " + submission.fingerprint.map { String($0, radix: 16) }.joined(separator: ".")
        return .init(
            text: text, requestDigest: submission.fingerprint, end: now + settings.repeatSeconds,
            isForOpenRequest: true)
    }

    private func joined(_ id: RequestIdentifier, _ submission: Submission) async throws -> SubmissionOutcome {
        guard let record = try await store.request(id, for: .service) else { return .keyReused }
        let open = record.jobs.count { !$0.state.isFinal }
        waiters.arrive(at: id, openJobs: open, waits: submission.waits)
        return .accepted(group(record, submission, isRepeated: true))
    }

    private func group(
        _ record: RequestRecord, _ submission: Submission, isRepeated: Bool
    ) -> AcceptedGroup {
        let now = environment.now()
        let standing = shared.with { state in
            CallerIdentifier(submission.caller.id).map {
                state.standing(of: $0, plan: submission.caller.plan, at: now)
            }
        }
        return AcceptedGroup(
            reference: JobReference(record.id), jobs: statuses(record), isRepeated: isRepeated,
            standing: standing)
    }

    /// Takes back what the desk has counted for a request that was not written.
    private func undo(_ admission: Admission, _ caller: Caller, at now: Moment) {
        guard let identifier = CallerIdentifier(caller.id) else { return }
        shared.with { state in
            state.tally.uncount(admission)
            for terms in admission.jobs {
                state.end(terms, .failed, wasDrawing: false, of: identifier, address: caller.address, at: now)
            }
        }
    }

    /// Reads the accounts that a decision needs, unless they are in memory.
    func readAccounts(of caller: Caller, at now: Moment) async throws {
        let end = caller.address == nil ? nil : now + settings.visitorSeconds
        for identifier in [try identifier(of: caller), caller.address].compactMap({ $0 }) {
            guard !shared.with({ $0.accounts.knows(identifier) }) else { continue }
            let record = try await store.account(of: identifier)
            shared.with { $0.accounts.adopt(record, of: identifier, end: end, at: now) }
        }
    }
}
