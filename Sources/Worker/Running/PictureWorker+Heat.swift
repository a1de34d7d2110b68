import Serving

extension PictureWorker {
    /// Reads the sensors now and then, and tells of what changed.
    func watchHeat() async {
        guard !sensors.isEmpty else { return }
        while !Task.isCancelled {
            await readHeat()
            guard (try? await clock.sleep(settings.heatSeconds)) != nil else { return }
        }
    }

    private func readHeat() async {
        let sensors = sensors
        // Reading blocks, some sensors for long.
        let readings = (try? await besideDevice.run { sensors.compactMap { try? $0.read() } }) ?? []
        let hottest = HeatReading.hottest(of: readings)
        let now = clock.now()
        let (before, level) = board.withLock { board in
            let before = board.announced?.heat
            if let celsius = hottest?.celsius { board.heat.observe(celsius: celsius, at: now) }
            return (before, board.heat.level(at: now))
        }
        observer.heatChanged(level, reading: hottest)
        guard level != before else { return }
        logger.notice(
            "the device's heat has changed",
            metadata: ["level": "\(level.rawValue)", "celsius": "\(hottest?.celsius ?? .nan)"])
        announceCapacity()
        leaseSignal.ring()
    }

    /// Says what the device can do, where that is news.
    func announceCapacity() {
        let now = clock.now()
        let (shape, level, heat, limit, isStopping) = board.withLock { board in
            (
                board.shape ?? board.lastShape ?? settings.usualShape, board.heat.level(at: now), board.heat,
                board.roomLimit,
                board.drainUntil != nil
            )
        }
        let target = min(limit, max(1, observer.rowTarget(shape, recipe: settings.recipes.full, waiting: 0)))
        let rows = isStopping ? 0 : settings.rows(atMost: target)
        let capacity = WorkerCapacity(
            worker: settings.name, shape: shape, rows: rows,
            allowedRows: min(rows, settings.rows(atMost: heat.rows(of: max(1, rows), at: level))), heat: level
        )
        let isNews = board.withLock { board in
            defer { board.announced = capacity }
            return board.announced != capacity
        }
        if isNews { observer.capacityChanged(capacity) }
    }
}
