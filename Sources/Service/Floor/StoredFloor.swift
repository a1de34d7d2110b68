import Server
import Serving
import Stores

/// How the floor is, for the operator's page.
struct StoredFloor: FloorService {
    let shared: SharedDesk
    let store: any KeyStore
    let plans: [Plan]
    let environment: ServiceEnvironment
    /// The devices as they are now.
    let devices: @Sendable () -> [FloorDevice]

    /// How often the floor is looked at for somebody who watches, in seconds.
    private static let interval = 1.0
    /// How far ahead the forecast looks, in minutes.
    private static let horizons = [5, 15, 60]
    /// Keys shown.
    private static let keyLimit = 20
    /// The wait that a forecast's number of devices is to hold, in seconds.
    private static let promiseSeconds = 60.0

    func floor(after number: UInt64?, waitingSeconds seconds: Double) async throws -> FloorReport {
        if number != nil, seconds > 0 { try await environment.sleep(min(seconds, Self.interval)) }
        let keys = try await store.keys()
        let now = environment.now()
        var report = FloorReport(
            number: max((number ?? 0) + 1, UInt64(max(0, now.microseconds))), moment: now)
        report.devices = devices()
        report.plans = plans
        report.keyCount = keys.count
        shared.with {
            report.look(at: $0, now: now, horizons: Self.horizons, promiseSeconds: Self.promiseSeconds)
        }
        report.keys = self.keys(keys, at: now)
        return report
    }

    /// The keys that did most today.
    private func keys(_ records: [KeyRecord], at now: Moment) -> [FloorKey] {
        let keys = shared.with { state in
            records.map { record in
                let usage = state.accounts[.key(record.id)].usage
                return FloorKey(
                    id: record.id.text, label: record.label, plan: record.plan,
                    picturesToday: usage.picturesToday, picturesOpen: usage.picturesOpen,
                    isRevoked: !record.isValid(at: now))
            }
        }
        let order = keys.sorted { ($0.picturesToday, $0.id) > ($1.picturesToday, $1.id) }
        return Array(order.prefix(Self.keyLimit))
    }
}

extension FloorReport {
    /// Takes what the desk knows.
    fileprivate mutating func look(
        at state: borrowing SharedDesk.State, now: Moment, horizons: [Int], promiseSeconds: Double
    ) {
        let desk = state.desk
        let capacity = desk.capacity.workPerSecond
        demand = FloorDemand(minutes: state.history.demand(at: now), capacityPerSecond: capacity)
        (pictures, refusals, policyStops) = state.history.sums(at: now)
        tier = desk.memory.tiers.tier
        let canDraw = capacity > 0
        queue = FloorQueue(
            waiting: desk.queue.count, drawing: desk.drawingCount, workSeconds: desk.queue.workSeconds,
            waitSeconds: canDraw ? desk.loadSeconds : nil)
        forecast = horizons.map { minutes in
            let seconds = Double(minutes) * 60
            let waiting = state.forecast.waitingWork(
                after: seconds, waitingSeconds: desk.queue.workSeconds, workPerSecond: capacity, at: now)
            return FloorForecast(
                minutes: minutes, askedPerSecond: state.forecast.workPerSecond(after: seconds, at: now),
                waitSeconds: canDraw ? waiting / capacity : nil,
                devicesNeeded: state.forecast.devicesNeeded(
                    over: seconds, waitingSeconds: desk.queue.workSeconds, promiseSeconds: promiseSeconds,
                    speed: canDraw ? desk.capacity.meanSpeed : 1, at: now))
        }
    }
}
