/// Something that is going to happen.
struct Event {
    enum Kind: UInt8 {
        /// Somebody of a crowd asks for the first time.
        case arrival
        /// A recorded request is made again.
        case recorded
        /// Somebody who was turned away asks again.
        case retry
        /// A device stands at a step boundary.
        case boundary
        /// A caller has had enough of waiting.
        case patienceEnds
        /// A device breaks down.
        case failure
        /// A device is there again.
        case repair
        /// A device's temperature is read.
        case heat
        /// The forecast is asked what will wait soon.
        case lookAhead
        /// A span of the report's series is over.
        case spanEnds
    }

    /// Microseconds since the start.
    let time: Int64
    /// Events of one time happen in the order they were planned.
    let sequence: UInt64
    let kind: Kind
    /// Crowd, wish, device, job or span.
    let index: Int32
    /// What the index must still stand at for the event to count.
    let generation: UInt32

    static func < (left: Event, right: Event) -> Bool {
        left.time != right.time ? left.time < right.time : left.sequence < right.sequence
    }
}

/// Events by time.
struct EventHeap {
    private var events: [Event] = []
    private var sequence: UInt64 = 0

    mutating func add(_ kind: Event.Kind, at time: Int64, index: Int, generation: UInt32 = 0) {
        sequence += 1
        events.append(
            Event(
                time: time, sequence: sequence, kind: kind, index: Int32(index), generation: generation))
        var child = events.count - 1
        let event = events[child]
        while child > 0 {
            let parent = (child - 1) / 2
            guard event < events[parent] else { break }
            events[child] = events[parent]
            child = parent
        }
        events[child] = event
    }

    mutating func popFirst() -> Event? {
        guard let last = events.popLast() else { return nil }
        guard let first = events.first else { return last }
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < events.count else { break }
            if child + 1 < events.count, events[child + 1] < events[child] { child += 1 }
            guard events[child] < last else { break }
            events[parent] = events[child]
            parent = child
        }
        events[parent] = last
        return first
    }
}
