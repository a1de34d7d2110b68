import Serving
import Stores

/// Whoever knows the line and the prices: asked how large batches should be, told what became of jobs and what was measured.
///
/// Methods are called from several threads, must return quickly, and may not call the worker.
public protocol WorkerObserver: Sendable {
    // MARK: asked

    /// How many rows a batch of this shape should have where so many are there or wait; see
    /// `PriceBook.rowTarget(_:recipe:waiting:)`.
    func rowTarget(_ shape: PictureShape, recipe: TierRecipe, waiting: Int) -> Int
    /// How many of the rows that a batch's limit is reckoned in a row weighs; see
    /// `PriceBook.seats(_:recipe:isLight:beside:rowLimit:)`.
    func seats(
        _ shape: PictureShape, recipe: TierRecipe, isLight: Bool, beside usual: TierRecipe, rowLimit: Int
    ) -> Int
    /// Whether steps of so many evaluations, or more, were measured; see `PriceBook.hasMeasured`.
    func hasMeasured(_ shape: PictureShape, evaluations: Int) -> Bool
    /// The fair clock's virtual time, by which a batch lets a job of another shape go first.
    func virtualTime() -> Double

    // MARK: told about jobs

    /// The worker has leased jobs; see `AdmissionDesk.began`.
    func jobsTaken(_ jobs: [JobRecord])
    /// Jobs wait again at their old places; see `AdmissionDesk.returned`.
    func jobsReturned(_ jobs: [JobRecord])
    /// A job is about to end, in this transaction: what is written here is kept with the job's end, or not at all.
    ///
    /// Runs on the store's thread, and may run again where the transaction failed: change nothing but the transaction.
    func settle(_ job: JobRecord, _ ending: AdmissionDesk.Ending, in transaction: any StoreTransaction) throws
    /// A job has ended, and it is written; see `AdmissionDesk.ended`.
    /// - Parameter wasHeld: whether the worker's lease still held; false where the job had gone back to the line.
    func jobEnded(_ job: JobRecord, _ ending: AdmissionDesk.Ending, wasHeld: Bool)
    /// A job that was cancelled, or went to another worker, has left the batch.
    /// - Parameter workSeconds: device-seconds it took.
    func jobLeft(_ job: JobRecord, workSeconds: Double)

    // MARK: told about the device

    /// A step was measured; see `AdmissionDesk.observeStep`.
    func stepMeasured(_ step: StepMeasurement)
    /// Reading a prompt and decoding a picture was measured; see `AdmissionDesk.observeFinishing`.
    func finishingMeasured(_ shape: PictureShape, seconds: Double)
    /// The device can do more or less than before; see `FleetCapacity`. Called once at the start, too.
    func capacityChanged(_ capacity: WorkerCapacity)
    /// The device's heat was read, or its level changed for the age of the last reading.
    func heatChanged(_ level: HeatLevel, reading: HeatReading?)
}

/// What one step took.
public struct StepMeasurement: Sendable, Hashable {
    /// Model and size.
    public let shape: PictureShape
    /// Pictures it moved.
    public let rows: Int
    /// How many of them were guided.
    public let guidedRows: Int
    /// Rows of the batch, empty ones included.
    public let capacity: Int
    /// Network evaluations that were computed, those of empty rows and of unguided rows beside guided ones included.
    public let evaluations: Int
    /// Whether it took over features of an earlier step.
    public var isReused = false
    /// Seconds it took.
    public let seconds: Double
}

/// What a device can do now.
public struct WorkerCapacity: Sendable, Hashable {
    /// The worker.
    public let worker: String
    /// The shape that rows are counted in.
    public let shape: PictureShape
    /// Rows of a full batch; 0 where the device has failed, or the worker is stopping.
    public let rows: Int
    /// Rows it may have now, as its heat demands.
    public let allowedRows: Int
    /// How hot it is.
    public let heat: HeatLevel

    /// Makes a capacity from its parts.
    public init(worker: String, shape: PictureShape, rows: Int, allowedRows: Int, heat: HeatLevel) {
        self.worker = worker
        self.shape = shape
        self.rows = rows
        self.allowedRows = allowedRows
        self.heat = heat
    }
}
