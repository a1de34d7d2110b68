import Serving

/// The floor, as its description has it.
extension OpenAPIDescription {
    var floorSchemas: JSONObject {
        var schemas = JSONObject()
        schemas.append("Floor", floor)
        schemas.append("FloorDevice", device)
        return schemas
    }

    private static func array(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }
    private static let optionalNumber: JSONValue = ["type": ["number", "null"]]

    private var device: JSONValue {
        Self.complete([
            "name": Self.string, "kind": Self.string,
            "state": Self.words(FloorDevice.State.self, isNullable: false),
            "celsius": Self.optionalNumber, "heat": Self.words(HeatLevel.self, isNullable: false),
            "warm_celsius": Self.number, "hot_celsius": Self.number, "busy_rows": Self.integer,
            "allowed_rows": Self.integer, "rows": Self.integer, "step_seconds": Self.optionalNumber,
        ])
    }

    private var floor: JSONValue {
        let minute = Self.complete(["asked_seconds": Self.number, "refused_seconds": Self.number])
        let forecast = Self.complete([
            "minutes": Self.integer, "asked_per_second": Self.number, "wait_seconds": Self.optionalNumber,
            "devices_needed": Self.integer,
        ])
        let queue = Self.complete([
            "waiting": Self.integer, "drawing": Self.integer, "work_seconds": Self.number,
            "wait_seconds": Self.optionalNumber,
        ])
        let tier = Self.words(Tier.self, isNullable: false)
        let plan = Self.complete([
            "name": Self.string, "requests_per_minute": Self.integer, "pictures_per_day": Self.integer,
            "pictures_at_once": Self.integer, "weight": Self.number, "longest_wait_seconds": Self.number,
            "lowest_tier": tier,
        ])
        let key = Self.complete([
            "id": Self.string, "label": Self.string, "plan": Self.string, "pictures_today": Self.integer,
            "pictures_open": Self.integer, "revoked": ["type": "boolean"],
        ])
        let reason = Self.words(Refusal.Reason.self, isNullable: false)
        return Self.complete([
            "object": ["const": "ondol.floor"], "number": Self.string, "time": Self.integer,
            "devices": Self.array(Self.reference("FloorDevice")),
            "demand": Self.complete(["capacity_per_second": Self.number, "minutes": Self.array(minute)]),
            "forecast": Self.array(forecast), "queue": queue, "tier": tier,
            "pictures": Self.array(Self.complete(["tier": tier, "count": Self.integer])),
            "refusals": Self.array(Self.complete(["reason": reason, "count": Self.integer])),
            "policy": Self.array(
                Self.complete([
                    "outcome": Self.words(PolicyStop.self, isNullable: false), "count": Self.integer,
                ])), "plans": Self.array(plan), "keys": Self.array(key), "key_count": Self.integer,
        ])
    }

    /// An object of which no member may be missing.
    private static func complete(_ properties: JSONObject) -> JSONValue {
        object(properties, required: properties.members.map(\.name))
    }
}
