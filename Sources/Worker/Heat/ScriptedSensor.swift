import Synchronization

/// A sensor that says what it was told to, for rehearsals: how the service behaves when a device runs hot.
public final class ScriptedSensor: HeatSensor {
    /// What it calls itself.
    public let name: String
    private let next: Mutex<Double?>

    /// Makes a sensor.
    /// - Parameter celsius: what it says first; nil cannot be read.
    public init(name: String = "scripted", celsius: Double? = nil) {
        self.name = name
        next = Mutex(celsius)
    }

    /// Changes what it says.
    public func say(celsius: Double?) { next.withLock { $0 = celsius } }

    /// Says it.
    /// - Throws: ``WorkerError`` with `sensorUnreadable` where it was told nothing.
    public func read() throws -> HeatReading {
        guard let celsius = next.withLock({ $0 }) else { throw SystemFile.unreadable(name) }
        return HeatReading(name: name, celsius: celsius)
    }
}
