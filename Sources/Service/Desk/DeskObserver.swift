import Serving
import Stores
import Worker

/// What a worker tells the desk: jobs taken and done with, steps measured, what its device can do.
struct DeskObserver: WorkerObserver {
    let shared: SharedDesk
    let waiters: Waiters
    let rights: RightsDesk
    let environment: ServiceEnvironment

    // MARK: asked

    func rowTarget(_ shape: PictureShape, recipe: TierRecipe, waiting: Int) -> Int {
        shared.with { $0.desk.memory.prices.rowTarget(shape, recipe: recipe, waiting: waiting) }
    }

    func seats(
        _ shape: PictureShape, recipe: TierRecipe, isLight: Bool, beside usual: TierRecipe, rowLimit: Int
    ) -> Int {
        shared.with {
            $0.desk.memory.prices.seats(
                shape, recipe: recipe, isLight: isLight, beside: usual, rowLimit: rowLimit)
        }
    }

    func hasMeasured(_ shape: PictureShape, evaluations: Int) -> Bool {
        shared.with { $0.desk.memory.prices.hasMeasured(shape, evaluations: Double(evaluations)) }
    }

    func virtualTime() -> Double { shared.with { $0.desk.memory.clock.virtualTime } }

    // MARK: told about jobs

    func jobsTaken(_ jobs: [JobRecord]) {
        shared.with { state in
            for job in jobs { state.desk.began(job.terms) }
        }
    }

    func jobsReturned(_ jobs: [JobRecord]) {
        shared.with { state in
            for job in jobs { state.desk.returned(job.terms) }
        }
    }

    /// Books a delivered picture in the transaction that makes it delivered. Accounts follow a moment later: what a restart
    /// must find right, open pictures, the jobs themselves say.
    func settle(_ job: JobRecord, _ ending: AdmissionDesk.Ending, in transaction: any StoreTransaction) throws
    {
        guard case .delivered = ending else { return }
        let purchase = try transaction.purchase(of: job.request)
        guard let entry = try rights.delivery(of: job, purchase, at: environment.now()) else { return }
        try transaction.append(entry)
    }

    func jobEnded(_ job: JobRecord, _ ending: AdmissionDesk.Ending, wasHeld: Bool) {
        let now = environment.now()
        shared.with { $0.finish(job, ending, wasDrawing: wasHeld, at: now) }
        waiters.jobEnded(of: job.request)
    }

    /// Whoever cancelled it has counted it.
    func jobLeft(_ job: JobRecord, workSeconds: Double) {}

    // MARK: told about the device

    func stepMeasured(_ step: StepMeasurement) {
        shared.with {
            $0.desk.observeStep(
                step.shape, evaluations: Double(step.evaluations), isReused: step.isReused,
                seconds: step.seconds)
        }
    }

    func finishingMeasured(_ shape: PictureShape, seconds: Double) {
        shared.with { $0.desk.observeFinishing(shape, seconds: seconds) }
    }

    func capacityChanged(_ capacity: WorkerCapacity) {
        shared.with { state in
            guard capacity.rows > 0 else { return state.desk.capacity.remove(capacity.worker) }
            let recipe = state.desk.recipes[state.desk.memory.tiers.tier]
            state.desk.capacity.set(capacity.worker, .init(rows: capacity.rows))
            state.desk.capacity.allow(
                rows: capacity.allowedRows, on: capacity.worker,
                cost: state.desk.memory.prices.stepCost(capacity.shape),
                evaluationsPerRow: recipe.evaluationsPerStep)
        }
    }

    func heatChanged(_ level: HeatLevel, reading: HeatReading?) {}
}
