import Server
import Serving

/// What was asked for, turned away and delivered in each of the last sixty minutes.
struct HourHistory: Sendable {
    /// One minute.
    private struct Minute {
        var number: Int64
        var demand = FloorDemand.Minute(askedSeconds: 0, refusedSeconds: 0)
        var pictures: [Tier: Int] = [:]
        var refusals: [Refusal.Reason: Int] = [:]
        var stops: [PolicyStop: Int] = [:]
    }

    /// How many minutes are kept, the one under way included.
    static let length = 61

    private var minutes: [Minute] = []

    mutating func asked(workSeconds: Double, at now: Moment) {
        change(at: now) { $0.demand.askedSeconds += workSeconds }
    }

    mutating func refused(_ reason: Refusal.Reason, workSeconds: Double, at now: Moment) {
        change(at: now) { minute in
            minute.demand.refusedSeconds += workSeconds
            minute.refusals[reason, default: 0] += 1
        }
    }

    mutating func stopped(_ stop: PolicyStop, at now: Moment) {
        change(at: now) { $0.stops[stop, default: 0] += 1 }
    }

    mutating func delivered(_ tier: Tier, at now: Moment) {
        change(at: now) { $0.pictures[tier, default: 0] += 1 }
    }

    /// Whole minutes of the past, oldest first, silent ones included since the first that is kept.
    func demand(at now: Moment) -> [FloorDemand.Minute] {
        let present = Self.number(of: now)
        guard let first = minutes.first, first.number < present else { return [] }
        let known = Dictionary(uniqueKeysWithValues: minutes.map { ($0.number, $0.demand) })
        return (max(first.number, present - Int64(Self.length) + 1)..<present).map {
            known[$0] ?? FloorDemand.Minute(askedSeconds: 0, refusedSeconds: 0)
        }
    }

    /// Pictures delivered by tier, requests refused by reason, and those that the policy stopped, in the last hour.
    func sums(at now: Moment) -> (
        pictures: [Tier: Int], refusals: [Refusal.Reason: Int], stops: [PolicyStop: Int]
    ) {
        let oldest = Self.number(of: now) - Int64(Self.length) + 1
        return minutes.filter { $0.number >= oldest }.reduce(into: ([:], [:], [:])) { sums, minute in
            sums.pictures.merge(minute.pictures, uniquingKeysWith: +)
            sums.refusals.merge(minute.refusals, uniquingKeysWith: +)
            sums.stops.merge(minute.stops, uniquingKeysWith: +)
        }
    }

    private mutating func change(at now: Moment, _ body: (inout Minute) -> Void) {
        let present = Self.number(of: now)
        // The minute before is no step of the clock; from further back on it tells another hour.
        if let last = minutes.last, present < last.number - 1 { minutes = [] }
        let number = max(present, minutes.last?.number ?? .min)
        if minutes.last?.number != number {
            minutes.append(Minute(number: number))
            if minutes.count > Self.length { minutes.removeFirst() }
        }
        body(&minutes[minutes.count - 1])
    }

    private static func number(of now: Moment) -> Int64 {
        Int64((now.secondsSinceEpoch / 60).rounded(.down))
    }
}
