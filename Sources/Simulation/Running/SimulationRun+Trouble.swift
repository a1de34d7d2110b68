import Glibc
import Serving

/// Breakdowns, heat, and looking ahead.
extension SimulationRun {
    private static let readingSeconds = 5.0

    /// Tells the desk what a device can do now.
    mutating func announce(_ index: Int) {
        integrateCapacity()
        let device = devices[index]
        let group = scenario.fleet[device.group]
        guard device.isThere else {
            desk.capacity.remove(device.name)
            return noteCapacity()
        }
        guard let shape = scenario.crowds.first?.shapes.first else { return }
        let recipe = desk.recipes[desk.memory.tiers.tier]
        let target = desk.memory.prices.rowTarget(shape, recipe: recipe)
        desk.capacity.set(device.name, .init(speed: group.speed, rows: target))
        if let heat = device.heat {
            desk.capacity.allow(
                rows: heat.rows(of: target, at: heat.level(at: now)), on: device.name,
                cost: desk.memory.prices.stepCost(shape),
                evaluationsPerRow: recipe.evaluationsPerStep)
        }
        noteCapacity()
    }

    private mutating func noteCapacity() {
        guard devices.count == scenario.fleet.reduce(0, { $0 + $1.count }), fullWorkPerSecond > 0 else {
            return
        }
        report.lowestCapacityShare = min(
            report.lowestCapacityShare, desk.capacity.workPerSecond / fullWorkPerSecond)
    }

    /// A device is gone; what it drew waits again, at its old place.
    mutating func breakDown(_ index: Int) {
        guard devices[index].isThere else { return }
        count(index)
        report.failures += 1
        let rows = devices[index].rows
        devices[index].rows = []
        devices[index].shape = nil
        countHolding(index, by: -1)
        devices[index].models = []
        devices[index].adapters = []
        devices[index].isThere = false
        devices[index].generation &+= 1
        devices[index].isListed = false
        announce(index)
        for row in rows {
            let job = jobs[row.job]
            if job.isAbandoned, !isFirstComeFirstServed {
                end(row.job, .cancelled(workSeconds: 0), wasDrawing: true)
                continue
            }
            report.drawnAgain += 1
            jobs[row.job].device = nil
            if !job.isAbandoned { changeWanting(job.caller, by: 1) }
            if isFirstComeFirstServed {
                firstComeFirstServedLine.insert(job.terms.place, workSeconds: job.terms.price.workSeconds)
            } else {
                desk.returned(job.terms)
            }
            wakeDevice(for: job.shape, isLight: true)
        }
        let repair = now + scenario.fleet[devices[index].group].repairSeconds
        events.add(.repair, at: repair.microseconds, index: index)
    }

    mutating func comeBack(_ index: Int) {
        count(index)
        devices[index].isThere = true
        announce(index)
        cutStretch(index)
        guard let mean = scenario.fleet[devices[index].group].meanSecondsBetweenFailures else { return }
        let next = now + deviceChance.exponential(mean: mean)
        guard next.microseconds < measuredTo else { return }
        events.add(.failure, at: next.microseconds, index: index)
    }

    mutating func readHeat(_ index: Int) {
        count(index)
        guard let heat = scenario.fleet[devices[index].group].heat, var guardian = devices[index].heat else {
            return
        }
        let load = min(1, Double(devices[index].busySinceReading) * 1e-6 / Self.readingSeconds)
        devices[index].busySinceReading = 0
        // A small batch makes less heat than a full one, about in proportion to its rows.
        let target = Double(max(1, desk.capacity[devices[index].name]?.rows ?? 1))
        let share = load * min(1, max(Double(devices[index].rows.count) / target, 0.25))
        let goal = heat.idleCelsius + (heat.busyCelsius - heat.idleCelsius) * share
        let way = 1 - exp(-Self.readingSeconds / heat.settlingSeconds)
        devices[index].celsius += (goal - devices[index].celsius) * way
        let before = guardian.lastLevel
        guardian.observe(celsius: devices[index].celsius, at: now)
        devices[index].heat = guardian
        if guardian.lastLevel != before {
            announce(index)
            if guardian.lastLevel < before { cutStretch(index) }
        }
        let isOver = time >= measuredTo && line.isEmpty && devices[index].rows.isEmpty
        guard !isOver else { return }
        events.add(.heat, at: (now + Self.readingSeconds).microseconds, index: index)
    }

    /// Does once a second what the service does.
    mutating func lookAhead() {
        let minute = time / 60_000_000
        desk.lookAhead(with: &forecast, at: now)
        if time % 60_000_000 == 0, minute > 0 {
            askedByMinute.append(askedInMinute)
            askedInMinute = 0
            // The middle of the minute that is so far ahead.
            foreseen.append(
                ForecastReport.horizons.map {
                    forecast.workPerSecond(after: Double($0) * 60 - 30, at: now)
                })
        }
        let next = time + 1_000_000
        if next <= measuredTo { events.add(.lookAhead, at: next, index: 0) }
    }
}
