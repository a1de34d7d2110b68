/// Places in order with the work at each, which tells at once how much work lies before a place.
///
/// The store has the jobs; this is the sum over them that admission needs for each request, kept in memory and built
/// again from the store at a start. Work is kept in whole microseconds, so that sums do not drift.
///
/// It is a list of sorted blocks of at most 512 places: insertion, removal and sums take O(√count) with so small a factor
/// that a million waiting jobs cost some microseconds.
public struct WorkIndex: Sendable, Hashable {
    private struct Entry: Sendable, Hashable {
        let place: QueuePlace
        let work: Int64
    }

    /// Places in one block at most; it is split in halves beyond.
    private static let blockLimit = 512

    private var blocks: [[Entry]] = []
    /// The last place of each block.
    private var lasts: [QueuePlace] = []
    private var sums: [Int64] = []
    private var total: Int64 = 0

    /// How many places there are.
    public private(set) var count = 0

    /// Makes an empty index.
    public init() {}

    /// Whether there is nothing.
    public var isEmpty: Bool { count == 0 }
    /// The work at all places, in device-seconds.
    public var workSeconds: Double { Double(total) * 1e-6 }
    /// The place that is served next.
    public var first: QueuePlace? { blocks.first?.first?.place }

    /// The first places in order, at most `limit`.
    public func prefix(_ limit: Int) -> [QueuePlace] {
        var places: [QueuePlace] = []
        for block in blocks {
            for entry in block {
                guard places.count < limit else { return places }
                places.append(entry.place)
            }
        }
        return places
    }

    /// Whether the place is there.
    public func contains(_ place: QueuePlace) -> Bool { position(of: place) != nil }

    /// The work that is served before a place, in device-seconds.
    public func workSeconds(before place: QueuePlace) -> Double {
        let block = block(for: place)
        var sum: Int64 = 0
        for index in 0..<block { sum += sums[index] }
        if block < blocks.count {
            for entry in blocks[block] {
                guard entry.place < place else { break }
                sum += entry.work
            }
        }
        return Double(sum) * 1e-6
    }

    /// How many places are served before a place: the number shown to who waits.
    public func count(before place: QueuePlace) -> Int {
        let block = block(for: place)
        var count = 0
        for index in 0..<block { count += blocks[index].count }
        guard block < blocks.count else { return count }
        return count + Self.offset(of: place, in: blocks[block])
    }

    /// Adds a place; returns false, and changes nothing, where it is there already.
    @discardableResult
    public mutating func insert(_ place: QueuePlace, workSeconds: Double) -> Bool {
        let entry = Entry(place: place, work: max(0, Moment.microseconds(workSeconds)))
        guard !blocks.isEmpty else {
            blocks = [[entry]]
            lasts = [place]
            sums = [entry.work]
            total = entry.work
            count = 1
            return true
        }
        let block = min(block(for: place), blocks.count - 1)
        let offset = Self.offset(of: place, in: blocks[block])
        if offset < blocks[block].count, blocks[block][offset].place == place { return false }
        blocks[block].insert(entry, at: offset)
        lasts[block] = max(lasts[block], place)
        sums[block] += entry.work
        total += entry.work
        count += 1
        if blocks[block].count > Self.blockLimit { split(block) }
        return true
    }

    /// Removes a place and returns its work in device-seconds, or nil where it is not there.
    @discardableResult
    public mutating func remove(_ place: QueuePlace) -> Double? {
        guard let (block, offset) = position(of: place) else { return nil }
        let entry = blocks[block].remove(at: offset)
        sums[block] -= entry.work
        total -= entry.work
        count -= 1
        if let last = blocks[block].last {
            lasts[block] = last.place
        } else {
            blocks.remove(at: block)
            lasts.remove(at: block)
            sums.remove(at: block)
        }
        return Double(entry.work) * 1e-6
    }

    /// Removes and returns the place that is served next.
    public mutating func popFirst() -> QueuePlace? {
        guard let first else { return nil }
        remove(first)
        return first
    }

    private mutating func split(_ block: Int) {
        let half = blocks[block].count / 2
        let upper = Array(blocks[block][half...])
        blocks[block].removeSubrange(half...)
        let upperSum = upper.reduce(0) { $0 + $1.work }
        blocks.insert(upper, at: block + 1)
        lasts.insert(lasts[block], at: block + 1)
        lasts[block] = blocks[block][half - 1].place
        sums[block] -= upperSum
        sums.insert(upperSum, at: block + 1)
    }

    /// The first block whose last place is not before the given one; the number of blocks where there is none.
    private func block(for place: QueuePlace) -> Int {
        var low = 0
        var high = lasts.count
        while low < high {
            let middle = (low + high) / 2
            if lasts[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func position(of place: QueuePlace) -> (block: Int, offset: Int)? {
        let block = block(for: place)
        guard block < blocks.count else { return nil }
        let offset = Self.offset(of: place, in: blocks[block])
        guard offset < blocks[block].count, blocks[block][offset].place == place else { return nil }
        return (block, offset)
    }

    private static func offset(of place: QueuePlace, in block: [Entry]) -> Int {
        var low = 0
        var high = block.count
        while low < high {
            let middle = (low + high) / 2
            if block[middle].place < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
