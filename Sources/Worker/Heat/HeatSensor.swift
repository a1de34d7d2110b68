/// Something that a device's heat can be read from.
///
/// Safe to use from any thread. Reading blocks for some milliseconds.
public protocol HeatSensor: Sendable {
    /// What it is, for people, such as `coretemp Package id 0`.
    var name: String { get }
    /// Reads it.
    /// - Throws: where it cannot be read any more; it is read again next time.
    func read() throws -> HeatReading
}

/// What a sensor says.
public struct HeatReading: Sendable, Hashable {
    /// What it is of.
    public var name: String
    /// Temperature in °C; nil where the sensor has none.
    public var celsius: Double?
    /// The temperature at which the device slows down or stops by itself, in °C; nil where the sensor does not say.
    public var limitCelsius: Double?
    /// Power in watts; nil where the sensor does not say.
    public var watts: Double?
    /// The power the device is held to, in watts; nil where the sensor does not say.
    public var limitWatts: Double?

    /// Makes a reading.
    public init(
        name: String, celsius: Double? = nil, limitCelsius: Double? = nil, watts: Double? = nil,
        limitWatts: Double? = nil
    ) {
        self.name = name
        self.celsius = celsius
        self.limitCelsius = limitCelsius
        self.watts = watts
        self.limitWatts = limitWatts
    }
}

extension HeatReading {
    /// What several sensors of one device say together: the hottest, with the power that others measured where it has none;
    /// nil where nothing was read.
    static func hottest(of readings: [HeatReading]) -> HeatReading? {
        var hottest = readings.max { ($0.celsius ?? -.infinity) < ($1.celsius ?? -.infinity) }
        if hottest?.watts == nil {
            let powers = readings.compactMap(\.watts)
            hottest?.watts = powers.isEmpty ? nil : powers.reduce(0, +)
        }
        return hottest
    }
}
