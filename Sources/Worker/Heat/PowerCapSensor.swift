import Synchronization

/// The power of a processor by its running energy counter, as Intel's and AMD's RAPL have it.
///
/// Has no temperature. The first reading has no power either: power is what the counter gained since the reading before.
///
/// Source: Linux, Documentation/power/powercap/powercap.rst: `energy_uj` in millionths of a joule, back to 0 beyond
/// `max_energy_range_uj`; `constraint_*_power_limit_uw` in millionths of a watt.
public final class PowerCapSensor: HeatSensor {
    /// The domain, such as `package-0`.
    public let name: String
    private let folder: String
    private let uptimeSeconds: @Sendable () -> Double
    private let last = Mutex<(microjoules: Double, uptime: Double)?>(nil)

    private init(name: String, folder: String, uptimeSeconds: @escaping @Sendable () -> Double) {
        self.name = name
        self.folder = folder
        self.uptimeSeconds = uptimeSeconds
    }

    /// The processors of this machine; their parts are not counted again.
    ///
    /// - Parameters:
    ///   - root: where the system's files are mounted, `/sys`.
    ///   - uptimeSeconds: a clock that nobody sets.
    public static func all(
        root: String = "/sys", uptimeSeconds: @escaping @Sendable () -> Double
    ) -> [PowerCapSensor] {
        let folder = root + "/class/powercap"
        return SystemFile.names(in: folder).compactMap { domain in
            // `intel-rapl:0` is a processor, `intel-rapl:0:1` a part of it.
            guard domain.split(separator: ":").count == 2,
                let name = SystemFile.text("\(folder)/\(domain)/name"), name.hasPrefix("package")
            else { return nil }
            return PowerCapSensor(name: name, folder: "\(folder)/\(domain)", uptimeSeconds: uptimeSeconds)
        }
    }

    /// Reads the counter.
    /// - Throws: ``WorkerError`` with `sensorUnreadable`, as for everybody but the administrator on most machines.
    public func read() throws -> HeatReading {
        guard let energy = SystemFile.number(folder + "/energy_uj"), energy >= 0 else {
            throw SystemFile.unreadable(name)
        }
        let now = uptimeSeconds()
        let before = last.withLock { last in
            defer { last = (energy, now) }
            return last
        }
        let limits = (0..<2).compactMap {
            SystemFile.number("\(folder)/constraint_\($0)_power_limit_uw")
        }.filter { $0 > 0 }
        return HeatReading(
            name: name, watts: before.flatMap { watts(from: $0, to: energy, at: now) },
            limitWatts: limits.min().map { $0 * 1e-6 })
    }

    private func watts(from before: (microjoules: Double, uptime: Double), to energy: Double, at now: Double)
        -> Double?
    {
        var gained = energy - before.microjoules
        if gained < 0 {
            guard let range = SystemFile.number(folder + "/max_energy_range_uj") else { return nil }
            gained += range
        }
        let seconds = now - before.uptime
        guard seconds > 0, gained >= 0 else { return nil }
        return gained * 1e-6 / seconds
    }
}
