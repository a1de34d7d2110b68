import Serving

/// Figures: as time goes, and at the end.
extension SimulationRun {
    /// Counts what the devices could do up to now, before that changes.
    mutating func integrateCapacity() {
        let end = min(time, measuredTo)
        guard end > capacityCountedUntil else { return }
        let seconds = Double(end - capacityCountedUntil) * 1e-6
        let span = report.series.offset(at: capacityCountedUntil)
        report.series.spans[span].capacitySeconds += seconds * desk.capacity.workPerSecond
        capacityCountedUntil = end
    }

    mutating func endSpan(_ offset: Int) {
        integrateCapacity()
        report.series.spans[offset].longestLine = max(longestLineInSpan, line.count)
        longestLineInSpan = line.count
        var sum = 0.0
        var measured = 0
        var hottest: Double?
        for device in devices {
            guard device.isThere else {
                report.series.spans[offset].awayDevices += 1
                continue
            }
            guard let heat = device.heat else { continue }
            sum += device.celsius
            measured += 1
            hottest = max(hottest ?? device.celsius, device.celsius)
            switch heat.level(at: now) {
            case .cool: break
            case .warm: report.series.spans[offset].warmDevices += 1
            case .hot: report.series.spans[offset].hotDevices += 1
            }
        }
        report.series.spans[offset].hottestCelsius = hottest
        report.series.spans[offset].meanCelsius = measured > 0 ? sum / Double(measured) : nil
    }

    /// Makes the figures.
    mutating func summarize() {
        time = max(time, measuredTo)
        integrateCapacity()
        for index in devices.indices { count(index) }
        for index in scenario.crowds.indices {
            let sorted = waits[index].sorted()
            report.crowds[index].medianSeconds = SimulationReport.percentile(sorted, 0.5)
            report.crowds[index].percentile95Seconds = SimulationReport.percentile(sorted, 0.95)
            report.crowds[index].percentile99Seconds = SimulationReport.percentile(sorted, 0.99)
        }
        let sorted = waits.joined().sorted()
        report.waitSeconds =
            sorted.isEmpty
            ? nil : [0.5, 0.95, 0.99].compactMap { SimulationReport.percentile(sorted, $0) }
        for span in spanWaits.indices {
            report.series.spans[span].waitSeconds = spanWaits[span].percentiles([0.5, 0.95, 0.99])
        }
        report.deviceCount = devices.count
        report.fleetSpeed = fullWorkPerSecond
        let guards = scenario.fleet.compactMap(\.heat?.guardSettings)
        report.heatThresholds = guards.first.map { [$0.warmCelsius, $0.hotCelsius] }
        summarizeDevices()
        if promisedCount > 0 {
            report.heldShare = Double(heldCount) / Double(promisedCount)
            report.inTimeShare = Double(inTimeCount) / Double(promisedCount)
        }
        summarizeFairness()
        if !askedByMinute.isEmpty {
            report.forecast = ForecastReport(asked: askedByMinute, said: foreseen)
        }
    }

    private mutating func summarizeDevices() {
        let deviceSeconds = Double(deviceMicroseconds) * 1e-6
        guard deviceSeconds > 0 else { return }
        let busy = devices.reduce(0) { $0 + $1.busyMicroseconds }
        let loading = devices.reduce(0) { $0 + $1.loadingMicroseconds }
        report.busyShare = Double(busy) * 1e-6 / deviceSeconds
        report.loadingShare = Double(loading) * 1e-6 / deviceSeconds
        report.goodput = deliveredWorkSeconds / (deviceSeconds * fullWorkPerSecond / Double(devices.count))
    }

    private mutating func summarizeFairness() {
        var backlogged: [Double] = []
        var all: [(asked: Double, served: Double)] = []
        for caller in callers {
            var wanted = caller.wantingMicroseconds
            if caller.wanting > 0 { wanted += measured(from: caller.wantingSince, to: measuredTo) }
            if Double(wanted) >= 0.95 * Double(measuredTo - measuredFrom) {
                backlogged.append(caller.servedSeconds)
            }
            guard caller.askedSeconds > 0 else { continue }
            let weight = scenario.crowds[Int(caller.crowd)].plan.weight
            all.append((caller.askedSeconds, caller.servedSeconds * weight))
        }
        report.fairnessReport = FairnessReport(backlogged: backlogged, all: all)
    }
}
