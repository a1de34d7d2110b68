/// A thermal zone of Linux.
///
/// Source: Linux, Documentation/driver-api/thermal/sysfs-api.rst: `temp` and `trip_point_*_temp` in thousandths of a °C.
public struct ThermalZoneSensor: HeatSensor {
    /// The zone's type, such as `x86_pkg_temp`.
    public let name: String
    private let folder: String

    /// The zones of this machine.
    ///
    /// - Parameters:
    ///   - root: where the system's files are mounted, `/sys`.
    ///   - accepts: chooses by a zone's type; by default the zones that measure processors.
    public static func all(
        root: String = "/sys", where accepts: (String) -> Bool = ProcessorSensors.isZone
    ) -> [ThermalZoneSensor] {
        let folder = root + "/class/thermal"
        return SystemFile.names(in: folder).filter { $0.hasPrefix("thermal_zone") }.compactMap { zone in
            guard let type = SystemFile.text("\(folder)/\(zone)/type"), accepts(type) else { return nil }
            return ThermalZoneSensor(name: type, folder: "\(folder)/\(zone)")
        }
    }

    /// Reads the zone.
    /// - Throws: ``WorkerError`` with `sensorUnreadable`.
    public func read() throws -> HeatReading {
        guard let temperature = SystemFile.number(folder + "/temp") else { throw SystemFile.unreadable(name) }
        return HeatReading(name: name, celsius: temperature / 1000, limitCelsius: limit)
    }

    /// The lowest trip point at which the system acts.
    private var limit: Double? {
        (0..<16).compactMap { index -> Double? in
            guard let type = SystemFile.text("\(folder)/trip_point_\(index)_type"),
                ["critical", "hot", "passive"].contains(type),
                let temperature = SystemFile.number("\(folder)/trip_point_\(index)_temp"), temperature > 0
            else { return nil }
            return temperature / 1000
        }.min()
    }
}

/// Which of a machine's sensors measure what draws, where that is the processor: not its disks, radios and batteries.
public enum ProcessorSensors {
    /// Whether a thermal zone does, by its type.
    public static func isZone(_ type: String) -> Bool {
        let type = type.lowercased()
        return ["x86_pkg_temp", "cpu", "soc", "tcpu", "package"].contains { type.hasPrefix($0) }
    }

    /// Whether a chip of the hardware monitor does, by its name.
    public static func isChip(_ name: String) -> Bool {
        ["coretemp", "k10temp", "zenpower", "cpu_thermal", "scpi_sensors", "apm_xgene"].contains(name)
    }
}
