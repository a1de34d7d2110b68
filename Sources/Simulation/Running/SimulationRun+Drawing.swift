import Serving

/// Devices: step boundaries, joining, finishing.
extension SimulationRun {
    /// How many waiting jobs a device looks at; what a worker would lease from at one boundary.
    private static let window = 24

    /// What a step of a shape truly costs on a device, and finishing a picture.
    func truth(group index: Int, _ shape: PictureShape) -> (cost: StepCost, finishing: Double) {
        let group = scenario.fleet[index]
        let cost = StepCost(
            baseSeconds: group.costPerMegapixel.baseSeconds / group.speed,
            secondsPerEvaluation: group.costPerMegapixel.secondsPerEvaluation * shape.megapixels / group.speed
        )
        return (cost, group.finishingSecondsPerMegapixel * shape.megapixels / group.speed)
    }

    private func truth(_ device: Int, _ shape: PictureShape) -> (cost: StepCost, finishing: Double) {
        truth(group: devices[device].group, shape)
    }

    /// What a full batch of such pictures truly takes for each of them, on the reference device.
    func work(_ shape: PictureShape, _ recipe: TierRecipe, group: Int) -> Double {
        let speed = scenario.fleet[group].speed
        let (cost, finishing) = truth(group: group, shape)
        let steps = Double(recipe.steps)
        let perStep = recipe.evaluationsPerStep
        let rows = Double(
            cost.rowTarget(
                evaluationsPerRow: perStep, rowLimit: scenario.prices.rowLimit,
                leastGain: scenario.prices.leastRowGain, longestStretch: scenario.prices.longestStretch))
        let shared = recipe.evaluations(reusedStepShare: TierRecipe.reusedStepShare, rows: Int(rows)) / steps
        let step = cost.seconds(evaluations: shared * rows)
        return (steps * step / rows + finishing) * speed
    }

    private func rowTarget(_ device: Int, _ shape: PictureShape, _ recipe: TierRecipe) -> Int {
        let target = desk.memory.prices.rowTarget(shape, recipe: recipe)
        guard let heat = devices[device].heat else { return target }
        return heat.rows(of: target, at: heat.level(at: now))
    }

    private func seats(_ slot: Int, beside usual: TierRecipe, rowLimit: Int) -> Int {
        desk.memory.prices.seats(
            jobs[slot].shape, recipe: jobs[slot].recipe, isLight: jobs[slot].terms.isLight, beside: usual,
            rowLimit: rowLimit)
    }

    /// Somebody has joined the line: a device with a free seat looks at it at its next step boundary.
    mutating func wakeDevice(for shape: PictureShape, isLight: Bool) {
        if hasLoadTimes { preferLoaded(shape) }
        while let device = idleDevices.popLast() ?? partlyFreeDevices.popLast() {
            guard devices[device].isListed, devices[device].isThere else { continue }
            devices[device].isListed = false
            return cutStretch(device)
        }
        guard isLight, !devices.isEmpty else { return }
        for _ in 0..<min(4, devices.count) {
            nextLightDevice = (nextLightDevice + 1) % devices.count
            guard devices[nextLightDevice].isThere else { continue }
            return cutStretch(nextLightDevice)
        }
    }

    /// Puts a device that has loaded what is wanted where it is woken first.
    private mutating func preferLoaded(_ shape: PictureShape) {
        // So many are looked at; a device further down is a little luck lost, and no harm.
        let last = idleDevices.indices.suffix(64)
        let place = last.last {
            let device = devices[idleDevices[$0]]
            return device.isListed && device.isThere && device.rows.isEmpty && device.hasLoaded(shape)
        }
        if let place { return idleDevices.swapAt(place, idleDevices.count - 1) }
        // One that is drawing such pictures and has a seat is better than one that would have to load.
        let partly = partlyFreeDevices.indices.suffix(64).last {
            let device = devices[partlyFreeDevices[$0]]
            return device.isListed && device.isThere && device.shape == shape
        }
        if let partly { return idleDevices.append(partlyFreeDevices.remove(at: partly)) }
        let empty = last.last {
            let device = devices[idleDevices[$0]]
            return device.isListed && device.isThere && device.rows.isEmpty
        }
        if let empty { idleDevices.swapAt(empty, idleDevices.count - 1) }
    }

    /// The recipe of most of the jobs.
    private func usualRecipe(_ heads: [Int]) -> TierRecipe {
        let usual = Tier.usual(among: heads.lazy.map { jobs[$0].terms.tier })
        let first = heads.first { jobs[$0].terms.tier == usual }
        return first.map { jobs[$0].recipe } ?? desk.recipes.standard
    }

    /// Leaves jobs out that an empty device would have to load for, while waiting for another device that has loaded what
    /// they need costs less; and tells when that is over for the first of them.
    private func leaveToOthers(_ heads: inout [Int], device index: Int) -> Int64? {
        // Empty, or about to be.
        let isEmpty = devices[index].rows.allSatisfy { $0.stepsLeft <= 0 || jobs[$0.job].isAbandoned }
        guard hasLoadTimes, !isFirstComeFirstServed, isEmpty else { return nil }
        var first: Int64?
        var waiting: [String: Double] = [:]
        // Of the whole line, as its head goes.
        let each = Double(line.count) / Double(max(1, heads.count))
        for slot in heads { waiting[jobs[slot].shape.model, default: 0] += each }
        heads.removeAll { slot in
            let model = jobs[slot].shape.model
            // More than those who have it can take at one time: another copy is worth its load.
            let seats = Double(holders[model, default: 0] * scenario.prices.rowLimit)
            guard waiting[model, default: 0] <= seats else { return false }
            let here = loadSeconds(jobs[slot].shape, on: index)
            let elsewhere = leastLoadSeconds(jobs[slot].shape, group: devices[index].group)
            guard here > elsewhere else { return false }
            // One more copy at a time: else all idle devices would load what is wanted most, and throw out the rest.
            let since = max(
                jobs[slot].terms.promise.made, Moment(microseconds: loadedAt[model] ?? 0))
            let until = (since + (here - elsewhere)).microseconds
            guard until > time else { return false }
            first = min(first ?? until, until)
            return true
        }
        return first
    }

    /// Seconds that a device would load for a shape.
    private func loadSeconds(_ shape: PictureShape, on index: Int) -> Double {
        let (device, group) = (devices[index], scenario.fleet[devices[index].group])
        guard !device.hasLoaded(shape) else { return 0 }
        let base = shape.baseModel
        let model = device.models.contains { $0 == base } ? 0 : group.modelLoadSeconds
        return model + (shape.hasAdapter ? group.adapterLoadSeconds : 0)
    }

    /// Seconds that the device that has loaded most of what a shape needs would load for it.
    private func leastLoadSeconds(_ shape: PictureShape, group index: Int) -> Double {
        let group = scenario.fleet[index]
        if holders[shape.model, default: 0] > 0 { return 0 }
        let adapter = shape.hasAdapter ? group.adapterLoadSeconds : 0
        return holders[String(shape.baseModel), default: 0] > 0 ? adapter : group.modelLoadSeconds + adapter
    }

    /// Counts once more what a device has in memory, or no more.
    mutating func countHolding(_ index: Int, by change: Int) {
        for name in devices[index].models + devices[index].adapters { holders[name, default: 0] += change }
    }

    /// Loads what a shape needs, and tells how many microseconds that takes.
    private mutating func loading(_ index: Int, _ shape: PictureShape?) -> Int64 {
        guard hasLoadTimes, let shape, !devices[index].hasLoaded(shape) else { return 0 }
        countHolding(index, by: -1)
        defer { countHolding(index, by: 1) }
        let group = scenario.fleet[devices[index].group]
        let new = devices[index].load(
            shape, modelSlots: group.modelSlots, adapterSlots: group.adapterSlots)
        let seconds =
            (new.model ? group.modelLoadSeconds : 0) + (new.adapter ? group.adapterLoadSeconds : 0)
        let microseconds = Moment(secondsSinceEpoch: seconds).microseconds
        loadedAt[shape.model] = time + microseconds
        return microseconds
    }

    /// Lets a device stand at the next step boundary.
    mutating func cutStretch(_ device: Int) {
        guard devices[device].isThere else { return }
        let boundary = devices[device].boundary(notBefore: time)
        planBoundary(
            device, at: devices[device].rows.isEmpty ? boundary : min(boundary, devices[device].nextDone))
    }

    private mutating func planBoundary(_ device: Int, at boundary: Int64) {
        devices[device].generation &+= 1
        events.add(.boundary, at: max(boundary, time), index: device, generation: devices[device].generation)
    }

    mutating func stepBoundary(_ index: Int, generation: UInt32) {
        guard devices[index].generation == generation, devices[index].isThere else { return }
        count(index)
        let steps = devices[index].advance(to: time)
        if steps > 0, let shape = devices[index].shape {
            desk.observeStep(
                shape, evaluations: devices[index].evaluations,
                seconds: Double(devices[index].stepMicroseconds) * 1e-6,
                speed: scenario.fleet[devices[index].group].speed)
        }
        var heads = line.prefix(Self.window).map { Int(slotOfNumber[Int($0.number)]) }
        let loadsAt = leaveToOthers(&heads, device: index)
        let recipe = usualRecipe(heads)
        let shape = devices[index].rows.isEmpty ? heads.first.map { jobs[$0].shape } : devices[index].shape
        let target = shape.map { rowTarget(index, $0, recipe) } ?? 0
        let running = devices[index].rows.map {
            RunningRow(
                number: jobs[$0.job].terms.place.number, stepsLeft: $0.stepsLeft,
                isCancelled: jobs[$0.job].isAbandoned && !isFirstComeFirstServed,
                seats: seats($0.job, beside: recipe, rowLimit: target),
                isLight: jobs[$0.job].terms.isLight)
        }
        let waiting = heads.map {
            WaitingJob(
                place: jobs[$0].terms.place, shape: jobs[$0].shape, tier: jobs[$0].terms.tier,
                isLight: jobs[$0].terms.isLight,
                seats: seats($0, beside: recipe, rowLimit: target))
        }
        let plan = planner.plan(
            running: running, shape: devices[index].shape, waiting: waiting, rowLimit: target,
            hardLimit: scenario.prices.rowLimit + scenario.batches.lightSeats,
            virtualTime: isFirstComeFirstServed ? 0 : desk.memory.clock.virtualTime,
            isLoaded: { [hasLoadTimes, isFirstComeFirstServed] shape in
                !hasLoadTimes || isFirstComeFirstServed || devices[index].hasLoaded(shape)
            })
        let finishing = takeOut(index, plan)
        for offset in plan.joining { join(index, waiting[offset].place) }
        devices[index].shape = plan.shape
        let loading = self.loading(index, plan.shape)
        devices[index].loadingMicroseconds += measured(
            from: time + finishing, to: time + finishing + loading)
        beginStretch(index, after: finishing + loading, rowTarget: target)
        if devices[index].rows.isEmpty, let loadsAt { planBoundary(index, at: loadsAt) }
    }

    /// Lets the plan's rows leave, and tells how many microseconds finishing takes.
    private mutating func takeOut(_ index: Int, _ plan: BatchPlan) -> Int64 {
        guard !plan.leaving.isEmpty, let shape = devices[index].shape else { return 0 }
        let finishing = truth(index, shape).finishing
        var spent: Int64 = 0
        var kept: [SimulatedDevice.Row] = []
        for row in devices[index].rows {
            guard plan.leaving.contains(jobs[row.job].terms.place.number) else {
                kept.append(row)
                continue
            }
            if jobs[row.job].isAbandoned, !isFirstComeFirstServed {
                let done = 1 - Double(row.stepsLeft) / Double(max(1, jobs[row.job].recipe.steps))
                end(
                    row.job, .cancelled(workSeconds: done * jobs[row.job].terms.price.workSeconds),
                    wasDrawing: true)
            } else {
                desk.observeFinishing(
                    shape, seconds: finishing, speed: scenario.fleet[devices[index].group].speed)
                spent += Moment(secondsSinceEpoch: finishing).microseconds
                deliver(row.job, at: time + spent, device: index)
            }
        }
        devices[index].rows = kept
        return spent
    }

    private mutating func join(_ index: Int, _ place: QueuePlace) {
        let slot = Int(slotOfNumber[Int(place.number)])
        if isFirstComeFirstServed {
            firstComeFirstServedLine.remove(place)
        } else {
            desk.began(jobs[slot].terms)
        }
        jobs[slot].device = index
        if !jobs[slot].isAbandoned { changeWanting(jobs[slot].caller, by: -1) }
        let recipe = jobs[slot].recipe
        devices[index].rows.append(.init(job: slot, stepsLeft: recipe.steps, recipe: recipe))
    }

    private mutating func beginStretch(_ index: Int, after finishing: Int64, rowTarget: Int) {
        devices[index].stretchStart = time + finishing
        let hasSeats = devices[index].rows.count < max(1, rowTarget) && devices[index].isThere
        if hasSeats, !devices[index].isListed {
            devices[index].isListed = true
            if devices[index].rows.isEmpty {
                idleDevices.append(index)
            } else {
                partlyFreeDevices.append(index)
            }
        } else if !hasSeats {
            devices[index].isListed = false
        }
        if let shape = devices[index].shape, !devices[index].rows.isEmpty {
            let jitter = deviceChance.jitter(scenario.fleet[devices[index].group].stepJitter)
            let seconds = truth(index, shape).cost.seconds(evaluations: devices[index].evaluations) * jitter
            devices[index].stepMicroseconds = max(1, Moment(secondsSinceEpoch: seconds).microseconds)
            // While somebody of another shape or a nearly done row kept others out, look again after a step.
            let looksAgain = hasSeats && !line.isEmpty
            planBoundary(
                index,
                at: looksAgain
                    ? devices[index].stretchStart + devices[index].stepMicroseconds : devices[index].nextDone)
        } else if finishing > 0 {
            planBoundary(index, at: devices[index].stretchStart)
        }
    }

    /// A picture is done.
    private mutating func deliver(_ slot: Int, at done: Int64, device: Int) {
        let job = jobs[slot]
        let crowdIndex = Int(callers[job.caller].crowd)
        report.note(job.terms.place.number &+ UInt64(done))
        if job.isAbandoned {
            report.crowds[crowdIndex].wasted += isCounted(job.asked) ? 1 : 0
        } else {
            let seconds = Double(done) * 1e-6 - job.terms.promise.made.secondsSinceEpoch
            if job.terms.promise.made.microseconds >= measuredFrom {
                promisedCount += 1
                heldCount += job.terms.promise.range.contains(seconds) ? 1 : 0
                inTimeCount += seconds <= job.terms.promise.range.latestSeconds ? 1 : 0
            }
            count(delivered: job, at: done, device: device, crowdIndex: crowdIndex)
        }
        // The desk hears of it when the picture is stored, a moment later.
        let before = time
        time = done
        end(slot, .delivered(workSeconds: nil), wasDrawing: true)
        time = before
    }

    private mutating func count(delivered job: SimulatedJob, at done: Int64, device: Int, crowdIndex: Int) {
        let seconds = Double(done - job.asked) * 1e-6
        if isCounted(job.asked) {
            report.delivered += 1
            report.crowds[crowdIndex].delivered += 1
            report.tiers[job.terms.tier.rawValue, default: 0] += 1
            waits[crowdIndex].append(Float(seconds))
            report.picturesInPromise += seconds <= scenario.promiseSeconds ? 1 : 0
        }
        spanWaits[report.series.offset(at: job.asked)].add(seconds)
        guard done < measuredTo else { return }
        let work = self.work(job.shape, job.recipe, group: devices[device].group)
        let span = report.series.offset(at: done)
        report.series.spans[span].delivered += 1
        report.series.spans[span].deliveredSeconds += work
        report.series.spans[span].tiers[job.terms.tier.depth] += 1
        guard isMeasured else { return }
        deliveredWorkSeconds += work
        callers[job.caller].servedSeconds += work / scenario.crowds[crowdIndex].plan.weight
    }

    mutating func end(_ slot: Int, _ ending: AdmissionDesk.Ending, wasDrawing: Bool) {
        let job = jobs[slot]
        if !isFirstComeFirstServed {
            desk.ended(
                job.terms, ending, wasDrawing: wasDrawing, account: &callers[job.caller].account, at: now)
        }
        wantedCount -= job.isAbandoned ? 0 : 1
        slotOfNumber[Int(job.terms.place.number)] = -1
        jobs[slot].generation = 0
        jobs.release(slot)
    }

    /// Counts a device's time up to now.
    mutating func count(_ index: Int) {
        let since = devices[index].countedUntil
        devices[index].countedUntil = time
        let span = measured(from: since, to: time)
        if devices[index].isThere { deviceMicroseconds += span }
        // Finishing is work too: a device that finishes its last row is busy.
        guard !devices[index].rows.isEmpty || devices[index].stretchStart > since else { return }
        devices[index].busyMicroseconds += span
        devices[index].busySinceReading += time - since
    }
}
