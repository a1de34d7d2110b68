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
    /// Device-seconds asked for within the measured time, each picture counted once.
    var askedSeconds = 0.0
    /// Device-seconds per weight delivered within the measured time.
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

/// What somebody asks for, for the first time or again.
struct Wish {
    let caller: Int
    let shape: PictureShape
    let count: Int
    /// Steps that were spelled out; nil where the tier says them.
    let recipe: TierRecipe?
    /// Device-seconds of it all in `full`, or as it was spelled out.
    let workSeconds: Double
    /// When it was first asked for, in microseconds.
    let asked: Int64
    var ticket: UInt64?
    var attempt = 0
}

/// Values in slots that are used again.
struct Slots<Element> {
    private(set) var values: [Element] = []
    private var free: [Int] = []

    /// How many slots are in use.
    var count: Int { values.count - free.count }

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
