import Serving

/// Devices: step boundaries, joining, finishing.
extension SimulationRun {
    /// How many waiting jobs a device looks at; what a worker would lease from at one boundary.
    private static let window = 24

    /// What a step of a shape truly costs on a device, and finishing a picture.
    private func truth(_ device: Int, _ shape: PictureShape) -> (cost: StepCost, finishing: Double) {
        let group = scenario.fleet[devices[device].group]
        let cost = StepCost(
            baseSeconds: group.costPerMegapixel.baseSeconds / group.speed,
            secondsPerEvaluation: group.costPerMegapixel.secondsPerEvaluation * shape.megapixels / group.speed
        )
        return (cost, group.finishingSecondsPerMegapixel * shape.megapixels / group.speed)
    }

    private func rowTarget(_ device: Int, _ shape: PictureShape, _ recipe: TierRecipe) -> Int {
        let target = desk.memory.prices.rowTarget(shape, recipe: recipe)
        guard let heat = devices[device].heat else { return target }
        return heat.rows(of: target, at: heat.level(at: now))
    }

    /// Somebody has joined the line: a device with a free seat looks at it at its next step boundary.
    mutating func wakeDevice(forLight isLight: Bool) {
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
        let running = devices[index].rows.map {
            RunningRow(
                number: jobs[$0.job].terms.place.number, stepsLeft: $0.stepsLeft,
                isCancelled: jobs[$0.job].isAbandoned && !isFirstComeFirstServed)
        }
        let waiting = line.prefix(Self.window).map { place in
            let job = jobs[Int(slotOfNumber[Int(place.number)])]
            return WaitingJob(place: place, shape: job.shape, isLight: job.terms.isLight)
        }
        let head = waiting.first.map { jobs[Int(slotOfNumber[Int($0.place.number)])] }
        let shape = devices[index].rows.isEmpty ? head?.shape : devices[index].shape
        let recipe = head?.recipe ?? desk.recipes.standard
        let target = shape.map { rowTarget(index, $0, recipe) } ?? 0
        let plan = planner.plan(
            running: running, shape: devices[index].shape, waiting: waiting, rowLimit: target,
            hardLimit: scenario.prices.rowLimit + scenario.batches.lightSeats,
            virtualTime: isFirstComeFirstServed ? 0 : desk.memory.clock.virtualTime)
        let finishing = takeOut(index, plan)
        for offset in plan.joining { join(index, waiting[offset].place) }
        devices[index].shape = plan.shape
        beginStretch(index, after: finishing, rowTarget: target)
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
                let decoding = jobs[row.job].recipe.decoding.costShare
                desk.observeFinishing(
                    shape, seconds: finishing, speed: scenario.fleet[devices[index].group].speed)
                spent += Moment(secondsSinceEpoch: finishing * decoding).microseconds
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
        devices[index].rows.append(
            .init(
                job: slot, stepsLeft: recipe.steps,
                evaluationsPerStep: recipe.evaluations / Double(recipe.steps)))
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
            report.crowds[crowdIndex].wasted += 1
        } else {
            let seconds = Double(done) * 1e-6 - job.terms.promise.made.secondsSinceEpoch
            if job.terms.promise.made.microseconds >= measuredFrom {
                promisedCount += 1
                heldCount += job.terms.promise.range.contains(seconds) ? 1 : 0
                inTimeCount += seconds <= job.terms.promise.range.latestSeconds ? 1 : 0
            }
            report.delivered += 1
            report.crowds[crowdIndex].delivered += 1
            report.tiers[job.terms.tier.rawValue, default: 0] += 1
            if job.asked >= measuredFrom { waits[crowdIndex].append(Float(Double(done - job.asked) * 1e-6)) }
            if isMeasured {
                let work = trueWork(job, device: device)
                deliveredWorkSeconds += work
                callers[job.caller].servedSeconds += work / scenario.crowds[crowdIndex].plan.weight
            }
        }
        // The desk hears of it when the picture is stored, a moment later.
        let before = time
        time = done
        end(slot, .delivered(workSeconds: nil), wasDrawing: true)
        time = before
    }

    /// What a full batch of such pictures takes for each of them on the reference device.
    private func trueWork(_ job: SimulatedJob, device: Int) -> Double {
        let speed = scenario.fleet[devices[device].group].speed
        let (cost, finishing) = truth(device, job.shape)
        let steps = Double(job.recipe.steps)
        let perStep = job.recipe.evaluations / steps
        let rows = Double(
            cost.rowTarget(
                evaluationsPerRow: perStep, rowLimit: scenario.prices.rowLimit,
                leastGain: scenario.prices.leastRowGain, longestStretch: scenario.prices.longestStretch))
        let step = cost.seconds(evaluations: perStep * rows)
        return (steps * step / rows + finishing * job.recipe.decoding.costShare) * speed
    }

    mutating func end(_ slot: Int, _ ending: AdmissionDesk.Ending, wasDrawing: Bool) {
        let job = jobs[slot]
        if !isFirstComeFirstServed {
            desk.ended(
                job.terms, ending, wasDrawing: wasDrawing, account: &callers[job.caller].account, at: now)
        }
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
