import Glibc
import Serving

/// People: coming, being turned away, coming back, giving up.
extension SimulationRun {
    static func rankWeight(_ rank: Int, _ inequality: Double) -> Double {
        inequality == 0 ? 1 : exp(-inequality * log(Double(rank)))
    }

    /// How much of the whole the first ranks have, for each number of ranks.
    static func cumulativeWeights(_ count: Int, _ inequality: Double) -> [Double] {
        var sum = 0.0
        return (0..<count).map { rank in
            sum += rankWeight(rank + 1, inequality)
            return sum
        }
    }

    /// A rank by chance, with its weight.
    private static func rank(in cumulative: [Double], _ chance: inout Chance) -> Int {
        guard let total = cumulative.last, cumulative.count > 1 else { return 0 }
        let point = chance.unit() * total
        var low = 0
        var high = cumulative.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] < point { low = middle + 1 } else { high = middle }
        }
        return low
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
        if shares[index].isEmpty {
            caller = callers.count
            callers.append(SimulatedCaller(crowd: index))
        } else {
            caller = firstCaller[index] + Self.rank(in: shares[index], &crowdChance[index])
        }
        let crowd = scenario.crowds[index]
        let shape = Self.rank(in: shapeShares[index], &crowdChance[index])
        let counts = crowd.pictureCounts
        let count =
            counts.count == 1 ? counts[0] : counts[Int(crowdChance[index].next() % UInt64(counts.count))]
        ask(
            Wish(
                caller: caller, shape: crowd.shapes[shape], count: count, recipe: nil,
                workSeconds: Double(count) * fullWork[index][shape], asked: time))
        planArrival(crowd: index)
    }

    /// Plans the next of the recorded requests.
    mutating func planRecorded(_ index: Int) {
        guard let trace = scenario.recorded, index < trace.requests.count else { return }
        let at = trace.requests[index].microseconds
        guard at < measuredTo else { return }
        events.add(.recorded, at: at, index: index)
    }

    mutating func arriveRecorded(_ index: Int) {
        guard let trace = scenario.recorded else { return }
        let request = trace.requests[index]
        let shape = trace.shapes[Int(request.shape)]
        let recipe = request.steps > 0 ? TierRecipe(steps: Int(request.steps)) : nil
        let work = recipe.map { self.work(shape, $0, group: 0) } ?? fullWork[0][Int(request.shape)]
        ask(
            Wish(
                caller: firstCaller[0] + Int(request.user), shape: shape, count: Int(request.count),
                recipe: recipe, workSeconds: Double(request.count) * work, asked: time))
        planRecorded(index + 1)
    }

    mutating func askAgain(_ slot: Int) {
        let wish = wishes[slot]
        wishes.release(slot)
        changeWanting(wish.caller, by: -1)
        ask(wish)
    }

    private mutating func ask(_ wish: Wish) {
        let crowdIndex = Int(callers[wish.caller].crowd)
        report.allRequests += 1
        if isCounted(wish.asked) {
            report.requests += 1
            report.crowds[crowdIndex].requests += 1
        }
        let span = report.series.offset(at: time)
        report.series.spans[span].requests += 1
        report.series.spans[span].askedSeconds += wish.workSeconds
        if wish.attempt == 0, isCounted(time) {
            report.crowds[crowdIndex].pictures += wish.count
            report.picturesAsked += wish.count
            callers[wish.caller].askedSeconds += wish.workSeconds
        }
        guard !isFirstComeFirstServed else { return takeInOrder(wish, crowdIndex: crowdIndex) }
        let price = desk.memory.prices.price(wish.shape, recipe: wish.recipe ?? desk.recipes.full)
        let work = Double(wish.count) * price.workSeconds
        forecast.observe(workSeconds: work, at: now)
        askedInMinute += work
        let order = PictureOrder(
            shape: wish.shape, count: wish.count, quality: scenario.crowds[crowdIndex].quality,
            ownRecipe: wish.recipe, ticketNumber: wish.ticket)
        let decision = desk.decide(
            order, plan: scenario.crowds[crowdIndex].plan, account: &callers[wish.caller].account, at: now)
        switch decision {
        case .accepted(let admission):
            if let ticket = wish.ticket, admission.jobs[0].place.number == ticket, isCounted(wish.asked) {
                report.crowds[crowdIndex].ticketsUsed += 1
            }
            let recipe = wish.recipe ?? desk.recipes[admission.tier]
            for terms in admission.jobs { enter(terms, recipe: recipe, wish: wish, crowdIndex: crowdIndex) }
        case .refused(let refusal): turnAway(wish, refusal, crowdIndex: crowdIndex)
        }
    }

    private mutating func takeInOrder(_ wish: Wish, crowdIndex: Int) {
        let recipe = wish.recipe ?? desk.recipes.full
        let price = desk.memory.prices.price(wish.shape, recipe: recipe)
        for _ in 0..<wish.count {
            let place = QueuePlace(tag: 0, number: nextNumber)
            nextNumber += 1
            let wait = firstComeFirstServedLine.workSeconds / max(desk.capacity.workPerSecond, 1e-6)
            firstComeFirstServedLine.insert(place, workSeconds: price.workSeconds)
            let promise = desk.memory.calibration.promise(
                waitSeconds: wait, drawSeconds: price.drawSeconds, at: now)
            let terms = JobTerms(
                place: place, tier: .full, price: price, weight: 1, promise: promise, isLight: false)
            enter(terms, recipe: recipe, wish: wish, crowdIndex: crowdIndex)
        }
    }

    private mutating func enter(_ terms: JobTerms, recipe: TierRecipe, wish: Wish, crowdIndex: Int) {
        if isCounted(wish.asked) {
            report.accepted += 1
            report.crowds[crowdIndex].accepted += 1
        }
        report.series.spans[report.series.offset(at: time)].accepted += 1
        report.note(terms.place.number)
        report.note(terms.place.tag.bitPattern)
        let slot = jobs.add(
            SimulatedJob(
                terms: terms, caller: wish.caller, shape: wish.shape, recipe: recipe, asked: wish.asked,
                generation: 0))
        jobs[slot].generation = UInt32(truncatingIfNeeded: terms.place.number)
        while slotOfNumber.count <= Int(terms.place.number) { slotOfNumber.append(-1) }
        slotOfNumber[Int(terms.place.number)] = Int32(slot)
        changeWanting(wish.caller, by: 1)
        wantedCount += 1
        let waiting = line.count
        report.longestLine = max(report.longestLine, waiting)
        longestLineInSpan = max(longestLineInSpan, waiting)
        let patience = scenario.crowds[crowdIndex].patienceSeconds
        // A wait that was told beforehand and accepted is borne.
        let borne = isFirstComeFirstServed ? patience : max(patience, terms.promise.range.latestSeconds * 1.5)
        events.add(
            .patienceEnds, at: (now + borne).microseconds, index: slot, generation: jobs[slot].generation)
        wakeDevice(for: wish.shape, isLight: terms.isLight)
    }

    private mutating func turnAway(_ wish: Wish, _ refusal: Refusal, crowdIndex: Int) {
        if isCounted(wish.asked) {
            report.crowds[crowdIndex].refused += 1
            report.refusals[refusal.reason.rawValue, default: 0] += 1
        }
        report.series.spans[report.series.offset(at: time)].refusals[refusal.reason.offset] += 1
        report.note(UInt64(refusal.reason.offset))
        guard let (wait, ticket) = comeBack(wish, refusal, crowdIndex: crowdIndex) else {
            guard isCounted(wish.asked) else { return }
            report.crowds[crowdIndex].turnedAway += wish.count
            report.picturesOverOwnLimit += refusal.reason.isOwnLimit ? wish.count : 0
            return
        }
        var again = wish
        again.ticket = ticket
        again.attempt += 1
        let slot = wishes.add(again)
        changeWanting(wish.caller, by: 1)
        events.add(.retry, at: (now + wait).microseconds, index: slot)
    }

    /// After how many seconds somebody asks again, and with which ticket; nil for never.
    private mutating func comeBack(_ wish: Wish, _ refusal: Refusal, crowdIndex: Int) -> (
        Double, UInt64?
    )? {
        let crowd = scenario.crowds[crowdIndex]
        guard wish.attempt < crowd.retryLimit, !refusal.reason.isFinal else { return nil }
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
            return nil
        }
        return (now + wait).microseconds < measuredTo ? (wait, ticket) : nil
    }

    /// Somebody has had enough.
    mutating func leave(_ slot: Int, generation: UInt32) {
        guard jobs[slot].generation == generation, !jobs[slot].isAbandoned else { return }
        let job = jobs[slot]
        let crowdIndex = Int(callers[job.caller].crowd)
        report.crowds[crowdIndex].abandoned += isCounted(job.asked) ? 1 : 0
        if time < measuredTo { report.series.spans[report.series.offset(at: time)].abandoned += 1 }
        promisedCount += job.terms.promise.made.microseconds >= measuredFrom ? 1 : 0
        jobs[slot].isAbandoned = true
        wantedCount -= 1
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

    /// Whether what was first asked for at a time belongs to the figures.
    func isCounted(_ asked: Int64) -> Bool { asked >= measuredFrom }

    /// Microseconds of a span that lie within the measured time.
    func measured(from start: Int64, to end: Int64) -> Int64 {
        max(0, min(end, measuredTo) - max(start, measuredFrom))
    }
}

extension Refusal.Reason {
    /// Where it stands among all reasons.
    var offset: Int {
        switch self {
        case .requestsPerMinute: 0
        case .picturesPerDay: 1
        case .picturesAtOnce: 2
        case .pictureCount: 3
        case .waitTooLong: 4
        case .queueFull: 5
        case .noDevice: 6
        case .tooLarge: 7
        }
    }

    /// Whether asking again does not help.
    var isFinal: Bool { self == .pictureCount || self == .tooLarge }

    /// Whether it is the caller's own plan that stands in the way, and no more devices would help.
    var isOwnLimit: Bool {
        [.requestsPerMinute, .picturesPerDay, .picturesAtOnce, .pictureCount].contains(self)
    }
}
