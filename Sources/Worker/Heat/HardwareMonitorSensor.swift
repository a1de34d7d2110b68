/// A temperature of a chip that Linux's hardware monitor knows.
///
/// Source: Linux, Documentation/hwmon/sysfs-interface.rst: `temp*_input`, `temp*_max`, `temp*_crit` in thousandths of a °C.
public struct HardwareMonitorSensor: HeatSensor {
    /// The chip and the temperature's label, such as `coretemp Package id 0`.
    public let name: String
    private let path: String

    /// The temperatures of this machine.
    ///
    /// - Parameters:
    ///   - root: where the system's files are mounted, `/sys`.
    ///   - accepts: chooses by a chip's name; by default the chips that measure processors.
    public static func all(
        root: String = "/sys", where accepts: (String) -> Bool = ProcessorSensors.isChip
    ) -> [HardwareMonitorSensor] {
        let folder = root + "/class/hwmon"
        return SystemFile.names(in: folder).flatMap { chip -> [HardwareMonitorSensor] in
            guard let name = SystemFile.text("\(folder)/\(chip)/name"), accepts(name) else { return [] }
            return SystemFile.names(in: "\(folder)/\(chip)").compactMap { file in
                guard file.hasPrefix("temp"), file.hasSuffix("_input") else { return nil }
                let path = "\(folder)/\(chip)/\(file.dropLast("_input".count))"
                let label = SystemFile.text(path + "_label").map { " " + $0 } ?? ""
                return HardwareMonitorSensor(name: name + label, path: path)
            }
        }
    }

    /// Reads the temperature.
    /// - Throws: ``WorkerError`` with `sensorUnreadable`.
    public func read() throws -> HeatReading {
        guard let temperature = SystemFile.number(path + "_input") else { throw SystemFile.unreadable(name) }
        let limits = ["_max", "_crit"].compactMap { SystemFile.number(path + $0) }.filter { $0 > 0 }
        return HeatReading(
            name: name, celsius: temperature / 1000, limitCelsius: limits.min().map { $0 / 1000 })
    }
}
