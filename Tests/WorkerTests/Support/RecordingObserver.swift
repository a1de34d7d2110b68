import Serving
import Stores
import Synchronization
import Worker

/// Writes down what a worker tells, and answers as it was told.
final class RecordingObserver: WorkerObserver {
    struct Notes {
        var rowTarget = 4
        var virtualTime = 0.0
        var taken: [JobIdentifier] = []
        var returned: [JobIdentifier] = []
        var ended: [(job: JobIdentifier, ending: AdmissionDesk.Ending)] = []
        var settled: [JobIdentifier] = []
        var left: [JobIdentifier] = []
        var steps: [StepMeasurement] = []
        var finishings = 0
        var capacities: [WorkerCapacity] = []
        var heat: [HeatLevel] = []
    }

    let notes = Mutex(Notes())

    func rowTarget(_ shape: PictureShape, recipe: TierRecipe, waiting: Int) -> Int {
        notes.withLock { $0.rowTarget }
    }
    func seats(
        _ shape: PictureShape, recipe: TierRecipe, isLight: Bool, beside usual: TierRecipe, rowLimit: Int
    ) -> Int {
        recipe.seats(beside: usual)
    }
    func hasMeasured(_ shape: PictureShape, evaluations: Int) -> Bool {
        notes.withLock { notes in notes.steps.contains { $0.shape == shape && $0.evaluations >= evaluations }
        }
    }
    func virtualTime() -> Double { notes.withLock { $0.virtualTime } }
    func jobsTaken(_ jobs: [JobRecord]) { notes.withLock { $0.taken += jobs.map(\.id) } }
    func jobsReturned(_ jobs: [JobRecord]) { notes.withLock { $0.returned += jobs.map(\.id) } }
    func settle(_ job: JobRecord, _ ending: AdmissionDesk.Ending, in transaction: any StoreTransaction) {
        notes.withLock { $0.settled.append(job.id) }
    }
    func jobEnded(_ job: JobRecord, _ ending: AdmissionDesk.Ending, wasHeld: Bool) {
        notes.withLock { $0.ended.append((job.id, ending)) }
    }
    func jobLeft(_ job: JobRecord, workSeconds: Double) { notes.withLock { $0.left.append(job.id) } }
    func stepMeasured(_ step: StepMeasurement) { notes.withLock { $0.steps.append(step) } }
    func finishingMeasured(_ shape: PictureShape, seconds: Double) { notes.withLock { $0.finishings += 1 } }
    func capacityChanged(_ capacity: WorkerCapacity) { notes.withLock { $0.capacities.append(capacity) } }
    func heatChanged(_ level: HeatLevel, reading: HeatReading?) { notes.withLock { $0.heat.append(level) } }
}
