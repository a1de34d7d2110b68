import Serving

/// Somebody under the virtual clock.
struct SimulatedCaller {
    var account = CallerAccount()
    /// Pictures waiting in the line, and refused requests that will be made again.
    var wanting = 0
    /// Since when something has been wanting, in microseconds.
    var wantingSince: Int64 = 0
    /// Microseconds in which something was wanting, within the measured time.
    var wantingMicroseconds: Int64 = 0
    /// Device-seconds delivered within the measured time.
    var servedSeconds = 0.0
    let crowd: Int32

    init(crowd: Int) { self.crowd = Int32(crowd) }
}

/// A picture on its way.
struct SimulatedJob {
    var terms: JobTerms
    let caller: Int
    let shape: PictureShape
    let recipe: TierRecipe
    /// When its caller first asked, in microseconds.
    let asked: Int64
    var device: Int?
    /// Whether its caller has gone.
    var isAbandoned = false
    /// Raised whenever the slot is used for another.
    var generation: UInt32
}

/// A request that will be made again.
struct Retry {
    let caller: Int
    let shape: PictureShape
    let asked: Int64
    let ticket: UInt64?
    let attempt: Int
}

/// Values in slots that are used again.
struct Slots<Element> {
    private(set) var values: [Element] = []
    private var free: [Int] = []

    mutating func add(_ value: Element) -> Int {
        if let slot = free.popLast() {
            values[slot] = value
            return slot
        }
        values.append(value)
        return values.count - 1
    }

    mutating func release(_ slot: Int) { free.append(slot) }

    subscript(slot: Int) -> Element {
        get { values[slot] }
        _modify { yield &values[slot] }
    }
}
