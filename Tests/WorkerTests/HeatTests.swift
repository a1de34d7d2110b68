import FoundationEssentials
import Serving
import Stores
import Synchronization
import TestSupport
import Testing

@testable import Worker

/// Sensors over folders that look like `/sys`, and what a worker makes of them.
@Suite struct HeatTests {
    /// Writes files into a folder that is removed afterwards.
    private func withSystem<Result>(
        _ files: [String: String], _ body: (String) throws -> Result
    ) async throws -> Result {
        try await withDataFolder { root in
            for (path, text) in files { try Self.write(text, to: "\(root)/\(path)") }
            return try body(root)
        }
    }

    private static func write(_ text: String, to path: String) throws {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        try FileManager.default.createDirectory(atPath: "/" + folder, withIntermediateDirectories: true)
        writeBytes(Array(text.utf8), to: path)
    }

    private static let zone = "class/thermal/thermal_zone0"

    @Test("A thermal zone tells its temperature and the lowest trip point")
    func zone() async throws {
        try await withSystem([
            "\(Self.zone)/type": "x86_pkg_temp\n", "\(Self.zone)/temp": "61250\n",
            "\(Self.zone)/trip_point_0_type": "critical\n", "\(Self.zone)/trip_point_0_temp": "100000\n",
            "\(Self.zone)/trip_point_1_type": "passive\n", "\(Self.zone)/trip_point_1_temp": "85000\n",
            "\(Self.zone)/trip_point_2_type": "active\n", "\(Self.zone)/trip_point_2_temp": "40000\n",
            "class/thermal/thermal_zone1/type": "iwlwifi_1\n", "class/thermal/thermal_zone1/temp": "99000\n",
            "class/thermal/cooling_device0/type": "Processor\n",
        ]) { root in
            let sensors = ThermalZoneSensor.all(root: root)
            #expect(sensors.map(\.name) == ["x86_pkg_temp"])
            let reading = try sensors[0].read()
            #expect(reading == HeatReading(name: "x86_pkg_temp", celsius: 61.25, limitCelsius: 85))
            #expect(ThermalZoneSensor.all(root: root) { _ in true }.count == 2)
        }
    }

    @Test(
        "A zone that says nonsense, or is gone, cannot be read; the next time it may",
        arguments: ["", "hot\n", "0x20\n", "61.5\n", "999999999999999999999\n", "\u{0}\u{1}"])
    func garbage(text: String) async throws {
        try await withSystem(["\(Self.zone)/type": "cpu-thermal\n", "\(Self.zone)/temp": "50000\n"]) { root in
            let sensor = try #require(ThermalZoneSensor.all(root: root).first)
            #expect(try sensor.read().celsius == 50)
            try Self.write(text, to: "\(root)/\(Self.zone)/temp")
            let error = #expect(throws: WorkerError.self) { try sensor.read() }
            #expect(error?.code == .sensorUnreadable)
            try FileManager.default.removeItem(atPath: "\(root)/\(Self.zone)")
            #expect(throws: WorkerError.self) { try sensor.read() }
            try Self.write("-5000\n", to: "\(root)/\(Self.zone)/temp")
            #expect(try sensor.read().celsius == -5)
        }
    }

    @Test("A folder in a file's place, and a machine without sensors, are no sensors")
    func none() async throws {
        try await withSystem(["\(Self.zone)/type/x": "", "class/hwmon/hwmon0/name/x": ""]) { root in
            #expect(ThermalZoneSensor.all(root: root).isEmpty)
            #expect(HardwareMonitorSensor.all(root: root).isEmpty)
            #expect(ThermalZoneSensor.all(root: root + "/none").isEmpty)
            #expect(PowerCapSensor.all(root: root) { 0 }.isEmpty)
            #expect(GraphicsCardSensor.all(library: "libondol-is-not-there.so").isEmpty)
            // A library that is none of NVIDIA's is no sensor either.
            #expect(GraphicsCardSensor.all(library: "libc.so.6").isEmpty)
        }
    }

    @Test("The hardware monitor's processor chips tell each of their temperatures")
    func monitor() async throws {
        let chip = "class/hwmon/hwmon3"
        try await withSystem([
            "\(chip)/name": "coretemp\n", "\(chip)/temp1_input": "70000\n",
            "\(chip)/temp1_label": "Package id 0\n",
            "\(chip)/temp1_max": "84000\n", "\(chip)/temp1_crit": "100000\n", "\(chip)/temp2_input": "junk\n",
            "\(chip)/fan1_input": "1200\n", "class/hwmon/hwmon1/name": "nvme\n",
            "class/hwmon/hwmon1/temp1_input": "90000\n",
        ]) { root in
            let sensors = HardwareMonitorSensor.all(root: root)
            #expect(sensors.map(\.name) == ["coretemp Package id 0", "coretemp"])
            let reading = try sensors[0].read()
            #expect(
                reading == HeatReading(name: "coretemp Package id 0", celsius: 70, limitCelsius: 84))
            #expect(throws: WorkerError.self) { try sensors[1].read() }
        }
    }

    @Test("Power is what the counter gains, also over its end")
    func power() async throws {
        let domain = "class/powercap/intel-rapl:0"
        try await withSystem([
            "\(domain)/name": "package-0\n", "\(domain)/energy_uj": "1000000\n",
            "\(domain)/max_energy_range_uj": "10000000\n",
            "\(domain)/constraint_0_power_limit_uw": "65000000\n",
            "class/powercap/intel-rapl:0:0/name": "core\n",
            "class/powercap/intel-rapl:0:0/energy_uj": "5\n",
            "class/powercap/intel-rapl/enabled": "1\n",
        ]) { root in
            let source = UptimeSource()
            let sensors = PowerCapSensor.all(root: root) { source.seconds.withLock { $0 } }
            #expect(sensors.map(\.name) == ["package-0"])
            let first = try sensors[0].read()
            #expect(first == HeatReading(name: "package-0", limitWatts: 65))
            source.seconds.withLock { $0 = 2 }
            try Self.write("7000000\n", to: "\(root)/\(domain)/energy_uj")
            #expect(try sensors[0].read().watts == 3)
            source.seconds.withLock { $0 = 4 }
            try Self.write("1000000\n", to: "\(root)/\(domain)/energy_uj")
            #expect(try sensors[0].read().watts == 2)
            // No time between two readings: no power.
            #expect(try sensors[0].read().watts == nil)
            try Self.write("secret\n", to: "\(root)/\(domain)/energy_uj")
            #expect(throws: WorkerError.self) { try sensors[0].read() }
        }
    }

    @Test("Several sensors are one reading: the hottest, with the power of all")
    func together() {
        let readings = [
            HeatReading(name: "a", celsius: 50), HeatReading(name: "b", celsius: 70, limitCelsius: 90),
            HeatReading(name: "p", watts: 30), HeatReading(name: "q", watts: 12),
        ]
        #expect(
            HeatReading.hottest(of: readings)
                == HeatReading(name: "b", celsius: 70, limitCelsius: 90, watts: 42))
        #expect(HeatReading.hottest(of: []) == nil)
        #expect(HeatReading.hottest(of: [readings[2]])?.watts == 30)
    }

    // MARK: the worker

    @Test("A warm device takes smaller batches, a hot one nothing new until it has cooled")
    func levels() async throws {
        try await withFloor { floor in
            let sensor = ScriptedSensor(celsius: 70)
            let worker = try floor.worker(sensors: [sensor])
            func heatTo(_ celsius: Double, _ level: HeatLevel) async throws {
                sensor.say(celsius: celsius)
                try await eventually("heat") {
                    floor.clock.advance(by: 1)
                    return worker.status.heat == level
                        && floor.observer.notes.withLock { $0.capacities.last?.heat } == level
                }
            }
            try await floor.running(worker) {
                try await heatTo(95, .hot)
                #expect(floor.observer.notes.withLock { $0.capacities.last?.allowedRows } == 0)
                let request = try await floor.accept(.sample(1, 2, 3, 4))
                for _ in 0..<20 {
                    floor.clock.advance(by: 1)
                    try await Task.sleep(for: .milliseconds(1))
                }
                #expect(try await floor.jobs(request).allSatisfy { $0.state == .queued })
                // Below the second threshold by less than the hysteresis is still hot.
                sensor.say(celsius: 84)
                try await eventually("read") {
                    floor.clock.advance(by: 1)
                    return worker.status.celsius == 84
                }
                #expect(worker.status.heat == .hot)
                try await heatTo(81, .warm)
                try await eventually("done") {
                    floor.clock.advance(by: 1)
                    return try await floor.jobs(request).allSatisfy { $0.state == .done }
                }
                #expect(floor.engine.script.withLock { $0.log.allSatisfy { $0.count <= 2 } })
                #expect(floor.observer.notes.withLock { $0.capacities.last?.allowedRows } == 2)
                try await heatTo(60, .cool)
                #expect(floor.observer.notes.withLock { $0.capacities.last?.allowedRows } == 4)
            }
        }
    }

    @Test(
        "A sensor that falls silent counts as warm after a while; one that never spoke leaves the device cool"
    )
    func silence() async throws {
        try await withFloor { floor in
            let sensor = ScriptedSensor()
            let worker = try floor.worker(sensors: [sensor])
            try await floor.running(worker) {
                try await eventually("read") { floor.observer.notes.withLock { !$0.heat.isEmpty } }
                #expect(worker.status.heat == .cool)
                sensor.say(celsius: 50)
                try await eventually("read") {
                    floor.clock.advance(by: 1)
                    return worker.status.celsius == 50
                }
                sensor.say(celsius: nil)
                try await eventually("warm") {
                    floor.clock.advance(by: 5)
                    return worker.status.heat == .warm
                        && floor.observer.notes.withLock { $0.capacities.last?.heat } == .warm
                }
            }
        }
    }
}

/// A clock's seconds that a test sets.
private final class UptimeSource: Sendable {
    let seconds = Mutex(0.0)
}
