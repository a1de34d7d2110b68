import Serving

/// Writes the floor as operators see it.
struct FloorAnswer: Sendable {
    /// How many minutes of the past are told.
    static let minuteCount = 60

    let report: FloorReport

    /// The whole report.
    var json: JSONValue {
        [
            "object": "ondol.floor", "number": .string(String(report.number)),
            "time": .integer(JobAnswer.second(report.moment)),
            "devices": .array(report.devices.map(Self.json)), "demand": Self.json(report.demand),
            "forecast": .array(report.forecast.map(Self.json)), "queue": Self.json(report.queue),
            "tier": .string(report.tier.rawValue),
            "pictures": .array(
                Tier.allCases.map {
                    ["tier": .string($0.rawValue), "count": .integer(report.pictures[$0] ?? 0)]
                }),
            "refusals": .array(
                Refusal.Reason.allCases.map {
                    ["reason": .string($0.rawValue), "count": .integer(report.refusals[$0] ?? 0)]
                }),
            "policy": .array(
                PolicyStop.allCases.map {
                    ["outcome": .string($0.rawValue), "count": .integer(report.policyStops[$0] ?? 0)]
                }),
            "plans": .array(report.plans.map(Self.json)), "keys": .array(report.keys.map(Self.json)),
            "key_count": .integer(report.keyCount),
        ]
    }

    private static func json(_ device: FloorDevice) -> JSONValue {
        [
            "name": .string(device.name), "kind": .string(device.kind),
            "state": .string(device.state.rawValue), "celsius": JSONValue(seconds: device.celsius),
            "heat": .string(device.heat.rawValue), "warm_celsius": JSONValue(seconds: device.warmCelsius),
            "hot_celsius": JSONValue(seconds: device.hotCelsius), "busy_rows": .integer(device.busyRows),
            "allowed_rows": .integer(device.allowedRows), "rows": .integer(device.rows),
            "step_seconds": JSONValue(seconds: device.stepSeconds),
        ]
    }

    private static func json(_ demand: FloorDemand) -> JSONValue {
        [
            "capacity_per_second": JSONValue(seconds: demand.capacityPerSecond),
            "minutes": .array(
                demand.minutes.suffix(minuteCount).map {
                    [
                        "asked_seconds": JSONValue(seconds: $0.askedSeconds),
                        "refused_seconds": JSONValue(seconds: $0.refusedSeconds),
                    ]
                }),
        ]
    }

    private static func json(_ forecast: FloorForecast) -> JSONValue {
        [
            "minutes": .integer(forecast.minutes),
            "asked_per_second": JSONValue(seconds: forecast.askedPerSecond),
            "wait_seconds": JSONValue(seconds: forecast.waitSeconds),
            "devices_needed": .integer(forecast.devicesNeeded),
        ]
    }

    private static func json(_ queue: FloorQueue) -> JSONValue {
        [
            "waiting": .integer(queue.waiting), "drawing": .integer(queue.drawing),
            "work_seconds": JSONValue(seconds: queue.workSeconds),
            "wait_seconds": JSONValue(seconds: queue.waitSeconds),
        ]
    }

    private static func json(_ plan: Plan) -> JSONValue {
        [
            "name": .string(plan.name), "requests_per_minute": .integer(plan.requestsPerMinute),
            "pictures_per_day": .integer(plan.picturesPerDay),
            "pictures_at_once": .integer(plan.picturesAtOnce), "weight": .number(plan.weight),
            "longest_wait_seconds": JSONValue(seconds: plan.longestWaitSeconds),
            "lowest_tier": .string(plan.lowestTier.rawValue),
        ]
    }

    private static func json(_ key: FloorKey) -> JSONValue {
        [
            "id": .string(key.id), "label": .string(key.label), "plan": .string(key.plan),
            "pictures_today": .integer(key.picturesToday), "pictures_open": .integer(key.picturesOpen),
            "revoked": .bool(key.isRevoked),
        ]
    }
}
