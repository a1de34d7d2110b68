import Training

/// Runs a training to its end or until it is to stop, and shows and keeps how it goes.
struct TrainingLoop {
    let folder: String
    let log: TrainingLog
    let batchSize: Int
    /// Steps between looks at what is never trained on; nil where there is nothing to look at.
    let lookSteps: Int?
    let shouldStop: () -> Bool

    /// - Parameter folder: where checkpoints and log are; it is made.
    init(folder: String, batchSize: Int, lookSteps: Int? = nil, shouldStop: @escaping () -> Bool) throws {
        self.folder = folder
        log = try TrainingLog(folder: folder, name: "log")
        self.batchSize = batchSize
        self.lookSteps = lookSteps
        self.shouldStop = shouldStop
    }

    /// Trains.
    /// - Parameter look: called every so many steps, and after the last.
    func run<Goal, Source>(
        _ run: TrainingRun<Goal, Source>, look: (_ step: Int) throws -> Void = { _ in }
    ) throws {
        try run.run(shouldStop: shouldStop) { event in
            switch event {
            case .step(let report):
                try log.show(report, batchSize: batchSize)
                if let lookSteps, report.step % lookSteps == 0 || report.step == report.totalSteps {
                    try look(report.step)
                }
            case .checkpoint(let step): Terminal.note("saved step \(step) in \(folder)")
            }
        }
    }
}
