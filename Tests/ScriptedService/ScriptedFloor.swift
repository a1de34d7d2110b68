import Server
import Serving

/// A floor that is as it was told to be.
public actor ScriptedFloor: FloorService {
    private var report: FloorReport

    /// Makes a floor.
    public init(_ report: FloorReport = ScriptedFloor.busy) { self.report = report }

    /// Makes the floor another.
    public func change(_ change: @Sendable (inout FloorReport) -> Void) {
        change(&report)
        report.number += 1
    }

    /// See ``FloorService``.
    public func floor(after number: UInt64?, waitingSeconds seconds: Double) async throws -> FloorReport {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        while report.number == number, clock.now < end { try await Task.sleep(for: .milliseconds(2)) }
        return report
    }

    /// A busy afternoon: six devices, of which one is warm, one too hot and one lost.
    public static let busy: FloorReport = {
        var report = FloorReport(number: 1, moment: ScriptedService.moment)
        report.devices = [
            FloorDevice(
                name: "seoul-1 · 0", kind: "NVIDIA H200", state: .drawing, celsius: 66, busyRows: 7,
                allowedRows: 8, rows: 8, stepSeconds: 0.041),
            FloorDevice(
                name: "seoul-1 · 1", kind: "NVIDIA H200", state: .drawing, celsius: 82, heat: .warm,
                busyRows: 4,
                allowedRows: 4, rows: 8, stepSeconds: 0.038),
            FloorDevice(
                name: "seoul-2 · 0", kind: "NVIDIA L4", state: .cooling, celsius: 89, heat: .hot, busyRows: 1,
                allowedRows: 0, rows: 4, stepSeconds: 0.19),
            FloorDevice(
                name: "seoul-2 · 1", kind: "NVIDIA L4", state: .idle, celsius: 43, allowedRows: 4, rows: 4,
                stepSeconds: 0.17),
            FloorDevice(
                name: "attic", kind: "CPU, 8 cores", state: .drawing, busyRows: 1, allowedRows: 1, rows: 1,
                stepSeconds: 2.4),
            FloorDevice(name: "busan-1 · 0", kind: "TPU v5e", state: .lost, allowedRows: 8, rows: 8),
        ]
        report.demand = FloorDemand(
            minutes: (0..<60).map { minute in
                let wave = minute < 38 ? 9.0 : 9 + Double(minute - 37) * 4.1
                let asked = (wave + Double(minute * 7 % 5)) * 60 / 20
                return FloorDemand.Minute(askedSeconds: asked, refusedSeconds: max(0, asked - 168))
            }, capacityPerSecond: 2.8)
        report.forecast = [
            FloorForecast(minutes: 5, askedPerSecond: 5.6, waitSeconds: 74, devicesNeeded: 11),
            FloorForecast(minutes: 15, askedPerSecond: 6.1, waitSeconds: 96, devicesNeeded: 13),
            FloorForecast(minutes: 60, askedPerSecond: 3.2, waitSeconds: 31, devicesNeeded: 7),
        ]
        report.queue = FloorQueue(waiting: 143, drawing: 13, workSeconds: 168, waitSeconds: 58)
        report.tier = .quick
        report.pictures = [.full: 212, .standard: 1480, .quick: 934]
        report.policyStops = [.refused: 14, .askedBack: 9, .licensedStyle: 5]
        report.refusals = [.waitTooLong: 388, .requestsPerMinute: 97, .picturesPerDay: 21, .queueFull: 6]
        report.plans = [
            .visitor, Plan(name: "studio", weight: 2, longestWaitSeconds: 300, lowestTier: .standard),
            Plan(
                name: "partner", requestsPerMinute: 600, picturesPerDay: 50_000, picturesAtOnce: 64, weight: 8
            ),
        ]
        report.keys = [
            FloorKey(
                id: "k7f3a9", label: "한빛 출판사", plan: "partner", picturesToday: 8412, picturesOpen: 31),
            FloorKey(
                id: "k02bd1", label: "Blue Kite Games", plan: "studio", picturesToday: 611, picturesOpen: 6),
            FloorKey(
                id: "k91c40", label: "intern's script", plan: "studio", picturesToday: 208, isRevoked: true),
        ]
        report.keyCount = 41
        return report
    }()
}
