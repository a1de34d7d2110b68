/// How much the devices draw together: what admission divides waiting work by.
///
/// Capacity is in reference devices: device-seconds of work done in one second. A device counts with its speed, less
/// what heat takes from it; one that is gone counts nothing.
public struct FleetCapacity: Sendable, Hashable, Codable {
    /// One device.
    public struct Device: Sendable, Hashable, Codable {
        /// How fast it is beside the reference device; more than 0.
        public var speed: Double
        /// Rows in its full batch.
        public var rows: Int
        /// Rows it may have now.
        public var allowedRows: Int
        /// The throughput with the allowed rows beside that of a full batch; 0 to 1.
        public var throughputShare: Double

        /// Makes a device that may draw with all its rows.
        public init(speed: Double = 1, rows: Int) {
            self.speed = speed
            self.rows = rows
            allowedRows = rows
            throughputShare = 1
        }
    }

    private var devices: [String: Device] = [:]
    /// Device-seconds of work done in a second.
    public private(set) var workPerSecond = 0.0
    /// Rows that can be drawn at one time.
    public private(set) var seats = 0

    /// Makes a fleet without devices.
    public init() {}

    /// How many devices there are, hot ones included.
    public var deviceCount: Int { devices.count }
    /// How many devices may draw.
    public private(set) var drawingCount = 0

    /// The mean speed of a device that may draw; 1 where there is none.
    public var meanSpeed: Double { drawingCount > 0 ? max(1e-9, rawSpeed / Double(drawingCount)) : 1 }
    private var rawSpeed = 0.0

    /// A device by its name.
    public subscript(name: String) -> Device? { devices[name] }

    /// Adds a device, or replaces what was known of it.
    public mutating func set(_ name: String, _ device: Device) {
        remove(name)
        devices[name] = device
        count(device, 1)
    }

    /// Takes a device away.
    public mutating func remove(_ name: String) {
        guard let device = devices.removeValue(forKey: name) else { return }
        count(device, -1)
        // Sums of floating numbers keep a trace of what was taken away; an empty fleet must have none.
        if drawingCount == 0 {
            workPerSecond = 0
            rawSpeed = 0
        }
    }

    /// Limits a device to fewer rows, as its heat demands.
    ///
    /// - Parameters:
    ///   - rows: rows allowed now; 0 takes it out of the count.
    ///   - cost: the device's step, from which follows what fewer rows cost in throughput.
    ///   - evaluationsPerRow: 1, or 2 with guidance.
    public mutating func allow(rows: Int, on name: String, cost: StepCost, evaluationsPerRow: Double) {
        guard var device = devices[name] else { return }
        device.allowedRows = min(max(0, rows), device.rows)
        device.throughputShare = Self.share(device, cost: cost, evaluationsPerRow: evaluationsPerRow)
        set(name, device)
    }

    private static func share(_ device: Device, cost: StepCost, evaluationsPerRow: Double) -> Double {
        guard device.allowedRows > 0, device.rows > 0 else { return 0 }
        let allowed = Double(device.allowedRows)
        let full = Double(device.rows)
        let throughput = allowed / cost.seconds(evaluations: allowed * evaluationsPerRow)
        let fullThroughput = full / cost.seconds(evaluations: full * evaluationsPerRow)
        return min(1, throughput / fullThroughput)
    }

    private mutating func count(_ device: Device, _ sign: Int) {
        guard device.allowedRows > 0, device.throughputShare > 0 else { return }
        workPerSecond += Double(sign) * device.speed * device.throughputShare
        rawSpeed += Double(sign) * device.speed
        seats += sign * device.allowedRows
        drawingCount += sign
    }
}
