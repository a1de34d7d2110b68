import Glibc
import PJRT
import Service
import Serving
import Worker

/// This machine's clocks, chance and sensors, as the service's rooms are given them.
enum Machine {
    /// The wall clock.
    @Sendable static func now() -> Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// Seconds on a clock that nobody sets.
    @Sendable static func uptimeSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Chance that nobody can guess.
    @Sendable static func randomBits() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    @Sendable private static func sleep(_ seconds: Double) async throws {
        try await Task.sleep(for: .seconds(seconds))
    }

    /// What the service takes from the machine.
    static let service = ServiceEnvironment(now: now, randomBits: randomBits, sleep: sleep)
    /// What a worker takes from it.
    static let worker = WorkerClock(now: now, uptimeSeconds: uptimeSeconds, sleep: sleep)

    /// The sensors of a device's heat.
    static func sensors(of kind: PluginKind) -> [any HeatSensor] {
        if kind == .cuda { return GraphicsCardSensor.all() }
        let zones: [any HeatSensor] = ThermalZoneSensor.all()
        // Chips tell of themselves more exactly where both are there.
        let chips: [any HeatSensor] = HardwareMonitorSensor.all()
        return (chips.isEmpty ? zones : chips) + PowerCapSensor.all(uptimeSeconds: uptimeSeconds)
    }
}
