import Serving

extension RecordedTrace {
    /// How much a recording may hold.
    public struct Bounds: Sendable, Hashable {
        /// Bytes of the file: what is read into memory at one time.
        public var bytes = 1 << 30
        /// Requests: a hundred and twenty of the longest month that is simulated in a minute each.
        public var requests = 10_000_000
        /// People.
        public var users = 5_000_000
        /// Different sizes of different models; ``PriceSettings/shapeLimit`` of them are learned.
        public var shapes = 10_000
        /// Bytes of one line.
        public var lineBytes = 4096

        /// The default bounds.
        public init() {}
    }

    /// Reads a recording: CSV with a heading, one request a line.
    ///
    /// Columns, in any order: `time` in seconds, rising; `user`; and where they are there `size` (`512` or `768x512`),
    /// `steps`, `count`, `model`, `adapter`. Empty cells of these five stand for 512 pixels, the tier's steps, one picture,
    /// one model for all, and no adapter. Cells may stand in quotes.
    ///
    /// - Throws: ``SimulationError`` with code `invalidRecording`, naming the line and what would be right. No cell's text
    ///   is repeated: it may say who somebody is.
    public init(csv bytes: [UInt8], bounds: Bounds = Bounds()) throws(SimulationError) {
        guard bytes.count <= bounds.bytes else {
            throw SimulationError(
                .invalidRecording,
                "the recording has \(bytes.count) bytes, and \(bounds.bytes) are the most; cut it into parts")
        }
        var reader = CSVLines(bytes: bytes, lineBytes: bounds.lineBytes)
        guard let heading = try reader.next() else {
            throw SimulationError(
                .invalidRecording, "the recording is empty; its first line must name the columns: time,user,…"
            )
        }
        let columns = try RecordedColumns(heading: heading, line: reader.line)
        var building = TraceBuilding(bounds: bounds)
        while let cells = try reader.next() {
            let row = try columns.row(cells, line: reader.line)
            try building.add(row, line: reader.line)
        }
        self = try building.trace(lastLine: reader.line)
    }
}

/// A recording as far as it is read.
private struct TraceBuilding {
    let bounds: RecordedTrace.Bounds
    var requests: [RecordedTrace.Request] = []
    var users: [String: Int32] = [:]
    var shapes: [PictureShape] = []
    var shapeCounts: [Int] = []
    var offsets: [PictureShape: Int32] = [:]
    var first: Double?
    var last = 0.0

    init(bounds: RecordedTrace.Bounds) { self.bounds = bounds }

    mutating func add(_ row: RecordedColumns.Row, line: Int) throws(SimulationError) {
        func refuse(_ text: String) -> SimulationError {
            SimulationError(.invalidRecording, "line \(line) of the recording: \(text)")
        }
        let first = first ?? row.seconds
        self.first = first
        guard row.seconds >= last || requests.isEmpty else {
            throw refuse("time goes back; sort the lines by time")
        }
        last = row.seconds
        guard row.seconds - first <= 31 * 86400 else {
            throw refuse("more than a month after the first request; cut the recording into parts")
        }
        guard requests.count < bounds.requests else {
            throw refuse("more than \(bounds.requests) requests; cut the recording into parts")
        }
        let user = users[row.user] ?? Int32(users.count)
        if user == Int32(users.count) {
            guard users.count < bounds.users else { throw refuse("more than \(bounds.users) users") }
            users[row.user] = user
        }
        let shape = offsets[row.shape] ?? Int32(shapes.count)
        if shape == Int32(shapes.count) {
            guard shapes.count < bounds.shapes else {
                throw refuse("more than \(bounds.shapes) kinds of model, adapter and size")
            }
            offsets[row.shape] = shape
            shapes.append(row.shape)
            shapeCounts.append(0)
        }
        shapeCounts[Int(shape)] += 1
        requests.append(
            RecordedTrace.Request(
                microseconds: Moment(secondsSinceEpoch: row.seconds - first).microseconds, user: user,
                shape: shape, steps: row.steps, count: row.count))
    }

    /// The whole, the most frequent shape first: devices announce what they can do by it.
    consuming func trace(lastLine: Int) throws(SimulationError) -> RecordedTrace {
        guard !requests.isEmpty else {
            throw SimulationError(
                .invalidRecording, "the recording has a heading in line 1 and no request after it")
        }
        let order = shapes.indices.sorted { (shapeCounts[$0], $1) > (shapeCounts[$1], $0) }
        var rank = [Int32](repeating: 0, count: shapes.count)
        for (new, old) in order.enumerated() { rank[old] = Int32(new) }
        var requests = requests
        for index in requests.indices { requests[index].shape = rank[Int(requests[index].shape)] }
        return RecordedTrace(
            requests: requests, userCount: users.count, shapes: order.map { shapes[$0] })
    }
}
