import Glibc
import Serving

/// People: coming, being turned away, coming back, giving up.
extension SimulationRun {
    func rankWeight(_ rank: Int, _ inequality: Double) -> Double {
        inequality == 0 ? 1 : exp(-inequality * log(Double(rank)))
    }

    /// Plans a crowd's next arrival, by thinning: candidates come at the crowd's highest rate.
    mutating func planArrival(crowd index: Int) {
        let crowd = scenario.crowds[index]
        let peak = crowd.peakRequestsPerSecond
        guard peak > 0 else { return }
        var seconds = Double(time) * 1e-6
        repeat {
            seconds += crowdChance[index].exponential(mean: 1 / peak)
            guard seconds < scenario.durationSeconds else { return }
        } while crowdChance[index].unit() * peak > crowd.requestsPerSecond(at: seconds)
        events.add(.arrival, at: Moment(secondsSinceEpoch: seconds).microseconds, index: index)
    }

    mutating func arrive(crowd index: Int) {
        let caller: Int
        if let total = shares[index].last {
            let point = crowdChance[index].unit() * total
            var low = 0
            var high = shares[index].count - 1
            while low < high {
                let middle = (low + high) / 2
                if shares[index][middle] < point { low = middle + 1 } else { high = middle }
            }
            caller = firstCaller[index] + low
        } else {
            caller = callers.count
            callers.append(SimulatedCaller(crowd: index))
        }
        let shapes = scenario.crowds[index].shapes
        let shape =
            shapes.count == 1 ? shapes[0] : shapes[Int(crowdChance[index].next() % UInt64(shapes.count))]
        ask(Retry(caller: caller, shape: shape, asked: time, ticket: nil, attempt: 0))
        planArrival(crowd: index)
    }

    mutating func askAgain(_ slot: Int) {
        let retry = retries[slot]
        retries.release(slot)
        changeWanting(retry.caller, by: -1)
        ask(retry)
    }

    private mutating func ask(_ request: Retry) {
        let crowdIndex = Int(callers[request.caller].crowd)
        report.requests += 1
        report.crowds[crowdIndex].requests += 1
        guard !isFirstComeFirstServed else { return takeInOrder(request, crowdIndex: crowdIndex) }
        let order = PictureOrder(
            shape: request.shape, quality: scenario.crowds[crowdIndex].quality, ticketNumber: request.ticket)
        let decision = desk.decide(
            order, plan: scenario.crowds[crowdIndex].plan, account: &callers[request.caller].account, at: now)
        switch decision {
        case .accepted(let admission):
            if let ticket = request.ticket, admission.jobs[0].place.number == ticket {
                report.crowds[crowdIndex].ticketsUsed += 1
            }
            enter(
                admission.jobs[0], recipe: desk.recipes[admission.tier], request: request,
                crowdIndex: crowdIndex)
        case .refused(let refusal): turnAway(request, refusal, crowdIndex: crowdIndex)
        }
    }

    private mutating func takeInOrder(_ request: Retry, crowdIndex: Int) {
        let price = desk.memory.prices.price(request.shape, recipe: desk.recipes.full)
        let place = QueuePlace(tag: 0, number: nextNumber)
        nextNumber += 1
        let wait = firstComeFirstServedLine.workSeconds / max(desk.capacity.workPerSecond, 1e-6)
        firstComeFirstServedLine.insert(place, workSeconds: price.workSeconds)
        let promise = desk.memory.calibration.promise(
            waitSeconds: wait, drawSeconds: price.drawSeconds, at: now)
        let terms = JobTerms(
            place: place, tier: .full, price: price, weight: 1, promise: promise, isLight: false)
        enter(terms, recipe: desk.recipes.full, request: request, crowdIndex: crowdIndex)
    }

    private mutating func enter(_ terms: JobTerms, recipe: TierRecipe, request: Retry, crowdIndex: Int) {
        report.accepted += 1
        report.crowds[crowdIndex].accepted += 1
        report.note(terms.place.number)
        report.note(terms.place.tag.bitPattern)
        let slot = jobs.add(
            SimulatedJob(
                terms: terms, caller: request.caller, shape: request.shape, recipe: recipe,
                asked: request.asked, generation: 0))
        jobs[slot].generation = UInt32(truncatingIfNeeded: terms.place.number)
        while slotOfNumber.count <= Int(terms.place.number) { slotOfNumber.append(-1) }
        slotOfNumber[Int(terms.place.number)] = Int32(slot)
        changeWanting(request.caller, by: 1)
        report.longestLine = max(report.longestLine, line.count)
        let patience = scenario.crowds[crowdIndex].patienceSeconds
        // A wait that was told beforehand and accepted is borne.
        let borne = isFirstComeFirstServed ? patience : max(patience, terms.promise.range.latestSeconds * 1.5)
        events.add(
            .patienceEnds, at: (now + borne).microseconds, index: slot, generation: jobs[slot].generation)
        wakeDevice(forLight: terms.isLight)
    }

    private mutating func turnAway(_ request: Retry, _ refusal: Refusal, crowdIndex: Int) {
        report.crowds[crowdIndex].refused += 1
        report.refusals[refusal.reason.rawValue, default: 0] += 1
        report.note(UInt64(refusal.reason.rawValue.utf8.count))
        let crowd = scenario.crowds[crowdIndex]
        guard request.attempt < crowd.retryLimit else { return }
        let choice = crowdChance[crowdIndex].unit()
        let wait: Double
        var ticket: UInt64?
        if choice < crowd.returnShare {
            // People come a little after they were told to.
            wait = (refusal.retryAfterSeconds ?? 10) + crowdChance[crowdIndex].unit() * 5
            ticket = refusal.ticket?.number
        } else if choice < crowd.returnShare + crowd.impatientShare {
            wait = 1 + crowdChance[crowdIndex].unit() * 4
        } else {
            return
        }
        let again = now + wait
        guard again.microseconds < measuredTo else { return }
        let slot = retries.add(
            Retry(
                caller: request.caller, shape: request.shape, asked: request.asked, ticket: ticket,
                attempt: request.attempt + 1))
        changeWanting(request.caller, by: 1)
        events.add(.retry, at: again.microseconds, index: slot)
    }

    /// Somebody has had enough.
    mutating func leave(_ slot: Int, generation: UInt32) {
        guard jobs[slot].generation == generation, !jobs[slot].isAbandoned else { return }
        let job = jobs[slot]
        let crowdIndex = Int(callers[job.caller].crowd)
        report.crowds[crowdIndex].abandoned += 1
        promisedCount += job.terms.promise.made.microseconds >= measuredFrom ? 1 : 0
        jobs[slot].isAbandoned = true
        if job.device == nil { changeWanting(job.caller, by: -1) }
        guard !isFirstComeFirstServed else { return }
        if let device = job.device {
            // The row leaves at the next step boundary.
            cutStretch(device)
        } else {
            end(slot, .cancelled(workSeconds: 0), wasDrawing: false)
        }
    }

    /// Counts what a caller has in the line or is going to ask again.
    mutating func changeWanting(_ caller: Int, by change: Int) {
        let before = callers[caller].wanting
        callers[caller].wanting = before + change
        if before == 0 {
            callers[caller].wantingSince = time
        } else if before + change == 0 {
            callers[caller].wantingMicroseconds += measured(from: callers[caller].wantingSince, to: time)
        }
    }

    /// Microseconds of a span that lie within the measured time.
    func measured(from start: Int64, to end: Int64) -> Int64 {
        max(0, min(end, measuredTo) - max(start, measuredFrom))
    }
}
