import Serving

/// The part of the desk's memory that tags and places of new jobs depend on; it goes with every acceptance.
///
/// What the desk has learned of prices and promises is a hundred times larger, and a few seconds of it can be learned
/// again: ``DeskStore/save(_:revision:)`` keeps it now and then.
public struct DeskCheckpoint: Hashable, Sendable {
    /// The fair clock.
    public let clock: FairClock
    /// The number of the next job or ticket.
    public let nextNumber: UInt64
    /// Which state it is: grows with each change. Where two are written out of order, the newer stays.
    public let revision: Int64

    /// Makes a checkpoint.
    public init(_ memory: AdmissionDesk.Memory, revision: Int64) {
        clock = memory.clock
        nextNumber = memory.nextNumber
        self.revision = revision
    }

    init(clock: FairClock, nextNumber: UInt64, revision: Int64) {
        self.clock = clock
        self.nextNumber = nextNumber
        self.revision = revision
    }
}

/// All that a desk is made from at the start.
public struct StoredDesk: Sendable {
    /// What the desk had learned; nil where none was kept or what was kept is of another version.
    public let memory: AdmissionDesk.Memory?
    /// The newest checkpoint.
    public let checkpoint: DeskCheckpoint?
    /// The terms of the jobs that wait.
    public let waiting: [JobTerms]
    /// Jobs that workers hold.
    public let heldCount: Int
    /// Open jobs by the account they are counted to; accounts that say otherwise were written before a crash.
    public let openJobs: [CallerIdentifier: Int]

    /// The memory to begin with: what was learned, at the newest checkpoint.
    ///
    /// - Parameter fresh: what to begin with where nothing was kept.
    public func memory(orFresh fresh: AdmissionDesk.Memory) -> AdmissionDesk.Memory {
        var memory = memory ?? fresh
        if let checkpoint {
            memory.clock = checkpoint.clock
            memory.nextNumber = max(memory.nextNumber, checkpoint.nextNumber)
        }
        return memory
    }

    /// The revision that the first new state must exceed.
    public var revision: Int64 { checkpoint?.revision ?? 0 }
}

/// Where the desk's memory is kept.
public protocol DeskStore: Sendable {
    /// Keeps the whole memory, as every half minute and at the end.
    func save(_ memory: AdmissionDesk.Memory, revision: Int64) async throws(StoresError)

    /// What to make a desk from, as of one moment. O(waiting jobs).
    func desk() async throws(StoresError) -> StoredDesk
}
