import Serving
import TOMLKit

/// A fleet as a file describes it: TOML, one table `[[devices]]` for each kind of device.
public enum FleetFile {
    /// The largest file, in bytes.
    public static let maximumBytes = 1 << 20
    /// The most kinds of devices.
    public static let maximumGroups = 64

    /// Reads a fleet.
    ///
    /// What a table leaves out is its profile's; without a profile it is that of `gpu-like`.
    ///
    /// - Throws: ``SimulationError`` with code `invalidFleet`: no TOML (with line and column), or all that is unknown, of the
    ///   wrong kind or out of range, at once.
    public static func groups(toml text: String) throws(SimulationError) -> [DeviceGroup] {
        let table = try parse(text)
        guard table.keys == ["devices"], let list = table["devices"]?.array, !list.isEmpty else {
            throw SimulationError(
                .invalidFleet,
                "a fleet file has tables [[devices]] and nothing else; begin with [[devices]], profile = \"gpu-like\" "
                    + "and count = 8")
        }
        guard list.count <= maximumGroups else {
            throw SimulationError(
                .invalidFleet, "\(list.count) tables [[devices]]; \(maximumGroups) are the most")
        }
        var groups: [DeviceGroup] = []
        var faults: [String] = []
        for (index, value) in list.enumerated() {
            let place = "devices \(index + 1)"
            guard let table = value.table else {
                faults.append("\(place) is no table")
                continue
            }
            var group = DeviceProfile.gpuLike.group(count: 1)
            for field in FleetField.all {
                guard let value = table[field.name] else { continue }
                if let fault = field.read(value, &group) { faults.append("\(place): \(field.name) \(fault)") }
            }
            let known = Set(FleetField.all.map(\.name))
            faults += table.keys.sorted().filter { !known.contains($0) }
                .map { "\(place): \($0.prefix(64)) is no setting of a device" }
            do { try group.validate() } catch { faults.append("\(place): \(error.message)") }
            groups.append(group)
        }
        guard faults.isEmpty else {
            throw SimulationError(
                .invalidFleet, "the fleet cannot be used: \(faults.joined(separator: "; "))")
        }
        return groups
    }

    private static func parse(_ text: String) throws(SimulationError) -> TOMLTable {
        guard text.utf8.count <= maximumBytes else {
            throw SimulationError(
                .invalidFleet, "the fleet file has \(text.utf8.count) bytes; \(maximumBytes) are the most")
        }
        // The parser would take it for the end.
        if let end = text.utf8.firstIndex(of: 0) {
            let line = text.utf8[..<end].count { $0 == 0x0A } + 1
            throw SimulationError(.invalidFleet, "the fleet is not TOML at line \(line): a zero byte")
        }
        do {
            return try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            let place = error.source.begin
            throw SimulationError(
                .invalidFleet,
                "the fleet is not TOML at line \(place.line), column \(place.column): \(error.description)",
                cause: error)
        } catch {
            throw SimulationError(.invalidFleet, "the fleet is not TOML", cause: error)
        }
    }
}
