import ArgumentParser
import Simulation

extension DeviceProfile: ExpressibleByArgument {}

/// What draws in a simulation.
struct FleetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A kind of device: "
                + DeviceProfile.allCases.map(\.rawValue).joined(separator: ", ") + ".",
            valueName: "kind"))
    var profile = DeviceProfile.gpuLike

    @Option(
        help: ArgumentHelp(
            "Devices from a TOML file with tables [[devices]] instead; Docs/simulation.md has its settings.",
            valueName: "file"))
    var fleet: String?

    @Option(help: "How fast a device is beside its profile, 0.001 to 1000.")
    var speed = 1.0

    @Option(help: "Temperature in °C that full load leads to; from 80 on it costs capacity.")
    var busyCelsius: Double?

    @Option(help: "Mean hours between two breakdowns of one device; 0 for never.")
    var failureHours = 0.0

    @Option(help: "Seconds that a broken device is gone.")
    var repairSeconds = 300.0

    func validate() throws {
        guard (1e-3...1e3).contains(speed) else { throw ValidationError("--speed must be 0.001 to 1000") }
        if let busyCelsius, !(-50...200).contains(busyCelsius) {
            throw ValidationError("--busy-celsius must be -50 to 200")
        }
        guard failureHours == 0 || (0.001...1e6).contains(failureHours) else {
            throw ValidationError("--failure-hours must be 0, or 0.001 to 1000000")
        }
        guard (1...2_678_400).contains(repairSeconds) else {
            throw ValidationError("--repair-seconds must be 1 to 2678400")
        }
        if fleet != nil, speed != 1 || busyCelsius != nil || failureHours != 0 {
            throw ValidationError("--fleet says all about the devices; leave out --speed and the like")
        }
    }

    /// The devices: of the file, or so many of the profile.
    /// - Parameter count: how many; nil where only a file may say it.
    /// - Throws: ``CommandError`` where the file cannot be read or used.
    func groups(count: Int) throws -> [DeviceGroup] {
        if let fleet {
            let text = try InputFile.text(fleet, maximumBytes: FleetFile.maximumBytes, kind: "fleet")
            do { return try FleetFile.groups(toml: text) } catch {
                throw CommandError("\(fleet): \(error.message)")
            }
        }
        var group = profile.group(count: count)
        group.speed = speed
        if let busyCelsius { group.heat?.busyCelsius = busyCelsius }
        if failureHours > 0 {
            group.meanSecondsBetweenFailures = failureHours * 3600
            group.repairSeconds = repairSeconds
        }
        return [group]
    }
}
