import Server
import Serving

/// Figures in the text form that Prometheus reads.
///
/// Source: Prometheus documentation, "Exposition formats", text format 0.0.4.
struct MetricsText {
    /// What kind of figure it is.
    enum Kind: String { case counter, gauge }

    /// The media type of ``text``.
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    /// Adds a figure with one value.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        add(name, kind, help, [([], value)])
    }

    /// Adds a figure with a value for each set of labels.
    mutating func add(
        _ name: String, _ kind: Kind, _ help: String, _ values: [(labels: [(String, String)], value: Double)]
    ) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for (labels, value) in values {
            let list = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
            text += name + (list.isEmpty ? "" : "{\(list)}") + " \(Self.number(value))\n"
        }
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }
}

extension MetricsText {
    /// The service's own figures.
    init(_ state: borrowing SharedDesk.State, at now: Moment) {
        let tally = state.tally
        add("ondol_requests_accepted_total", .counter, "Requests taken.", Double(tally.acceptedRequests))
        add(
            "ondol_pictures_accepted_total", .counter, "Pictures taken, by tier.",
            Tier.allCases.map { ([("tier", $0.rawValue)], Double(tally.acceptedPictures[$0] ?? 0)) })
        add(
            "ondol_requests_refused_total", .counter, "Requests turned away, by reason.",
            Refusal.Reason.allCases.map { ([("reason", $0.rawValue)], Double(tally.refusals[$0] ?? 0)) })
        add(
            "ondol_policy_stops_total", .counter,
            "Requests that the policy or the registry kept from being drawn, by outcome.",
            PolicyStop.allCases.map { ([("outcome", $0.rawValue)], Double(tally.policyStops[$0] ?? 0)) })
        add("ondol_pictures_delivered_total", .counter, "Pictures delivered.", Double(tally.delivered))
        add(
            "ondol_pictures_in_promised_range_total", .counter,
            "Pictures delivered within the range promised.",
            Double(tally.deliveredInRange))
        add(
            "ondol_pictures_late_total", .counter, "Pictures delivered later than promised.",
            Double(tally.deliveredLate))
        add(
            "ondol_pictures_failed_total", .counter, "Pictures that could not be drawn.", Double(tally.failed)
        )
        add("ondol_pictures_cancelled_total", .counter, "Pictures cancelled.", Double(tally.cancelled))
        add(
            "ondol_delivery_seconds_total", .counter, "Seconds from acceptance to delivery, all together.",
            tally.deliverySeconds)
        add(
            "ondol_device_seconds_total", .counter, "Device-seconds of the pictures delivered.",
            tally.deliveredWorkSeconds)
        add("ondol_pictures_waiting", .gauge, "Pictures in the line.", Double(state.desk.queue.count))
        add(
            "ondol_waiting_device_seconds", .gauge, "Device-seconds of the pictures in the line.",
            state.desk.queue.workSeconds)
        add("ondol_pictures_drawing", .gauge, "Pictures being drawn.", Double(state.desk.drawingCount))
        add(
            "ondol_capacity_work_per_second", .gauge,
            "Device-seconds of work done in a second by all devices.",
            state.desk.capacity.workPerSecond)
        add("ondol_devices", .gauge, "Devices, hot ones included.", Double(state.desk.capacity.deviceCount))
        add(
            "ondol_demand_work_per_second", .gauge,
            "Device-seconds of work asked for in a second, as if all were drawn in full.",
            state.desk.memory.demand.workPerSecond(at: now))
        add(
            "ondol_tier_depth", .gauge, "Tier that auto gives: 0 full, 1 standard, 2 quick, 3 turbo.",
            Double(state.desk.memory.tiers.tier.depth))
        add(
            "ondol_expected_load_seconds", .gauge,
            "Seconds of work for each device that the forecast expects to wait in five minutes, at the tier of now.",
            state.desk.expectedLoad[state.desk.memory.tiers.tier])
    }

    /// The devices' own figures.
    mutating func add(busySeconds: [(device: String, seconds: Double)]) {
        add(
            "ondol_device_busy_seconds_total", .counter, "Seconds in which a device computed.",
            busySeconds.map { ([("device", $0.device)], $0.seconds) })
    }
}
