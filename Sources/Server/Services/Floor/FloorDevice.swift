import Serving

/// One device.
public struct FloorDevice: Sendable, Hashable, Codable {
    /// What a device is at.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Loads a model or compiles.
        case starting
        /// Has nothing to draw.
        case idle
        /// Draws.
        case drawing
        /// Takes no new work until it has cooled.
        case cooling
        /// Takes no new work, since the service stops.
        case draining
        /// Has not been heard of for too long.
        case lost
    }

    /// Its name, the only one of this name.
    public var name: String
    /// What it is, such as `NVIDIA H200` or `CPU, 8 cores`.
    public var kind: String
    /// What it is at.
    public var state: State
    /// The temperature of its hottest sensor, in °C; nil where it has none.
    public var celsius: Double?
    /// How close it is to where it must slow down.
    public var heat: HeatLevel
    /// From how many °C on it takes smaller batches.
    public var warmCelsius: Double
    /// From how many °C on it takes no new work.
    public var hotCelsius: Double
    /// Rows of its batch that draw.
    public var busyRows: Int
    /// Rows that it may have at its present heat.
    public var allowedRows: Int
    /// Rows that it has when cool.
    public var rows: Int
    /// How long its last steps took, in seconds; nil where it has done none.
    public var stepSeconds: Double?

    /// Makes a device.
    public init(
        name: String, kind: String, state: State, celsius: Double? = nil, heat: HeatLevel = .cool,
        warmCelsius: Double = 80, hotCelsius: Double = 88, busyRows: Int = 0, allowedRows: Int, rows: Int,
        stepSeconds: Double? = nil
    ) {
        self.name = name
        self.kind = kind
        self.state = state
        self.celsius = celsius
        self.heat = heat
        self.warmCelsius = warmCelsius
        self.hotCelsius = hotCelsius
        self.busyRows = busyRows
        self.allowedRows = allowedRows
        self.rows = rows
        self.stepSeconds = stepSeconds
    }
}
