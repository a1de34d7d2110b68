import Rights
import Serving
import TOMLKit

extension ServiceSettings {
    /// The largest settings file, in bytes.
    public static let maximumFileBytes = 1 << 20

    /// Reads a settings file. What it leaves out keeps its default.
    ///
    /// - Throws: ``ServiceError`` with code `invalidSetting`: no TOML (with line and column), or every setting that is
    ///   unknown, of the wrong kind or out of range, all at once.
    public init(toml text: String) throws(ServiceError) {
        guard text.utf8.count <= Self.maximumFileBytes else {
            throw ServiceError(
                .invalidSetting,
                "the settings have \(text.utf8.count) bytes; \(Self.maximumFileBytes) are the most")
        }
        // The parser would take it for the end.
        if let end = text.utf8.firstIndex(of: 0) {
            let line = text.utf8[..<end].count { $0 == 0x0A } + 1
            throw ServiceError(.invalidSetting, "the settings are not TOML at line \(line): a zero byte")
        }
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            let place = error.source.begin
            throw ServiceError(
                .invalidSetting,
                "the settings are not TOML at line \(place.line), column \(place.column): \(error.description)"
            )
        } catch {
            throw ServiceError(.invalidSetting, "the settings are not TOML", cause: error)
        }
        self.init()
        var faults: [String] = []
        let known = Dictionary(uniqueKeysWithValues: Self.fields.map { ($0.key, $0) })
        for (key, value) in Self.leaves(of: table) {
            if key.hasPrefix("plans.") {
                if let fault = readPlan(key, value) { faults.append("\(key) \(fault)") }
            } else if let field = known[key] {
                if let fault = field.read(value, &self) { faults.append("\(key) \(fault)") }
            } else {
                faults.append("\(key) is no setting")
            }
        }
        faults += contradictions
        guard faults.isEmpty else {
            throw ServiceError(
                .invalidSetting,
                "the settings cannot be used: \(faults.joined(separator: "; ")). `ondol settings` prints them all"
            )
        }
    }

    /// The settings file of these settings, with what each means.
    public var toml: String {
        var lines: [String] = []
        var table = ""
        for field in Self.fields {
            let parts = field.key.split(separator: ".")
            let name = parts.dropLast().joined(separator: ".")
            if name != table {
                table = name
                lines += lines.isEmpty ? ["[\(name)]"] : ["", "[\(name)]"]
            }
            lines += ["# \(field.text)", "\(parts[parts.count - 1]) = \(field.write(self))"]
        }
        for plan in plans.values.sorted(by: { $0.name < $1.name }) {
            lines += ["", "[plans.\(plan.name)]"]
            for field in PlanField.all {
                lines += ["# \(field.text)", "\(field.name) = \(field.write(plan))"]
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What single settings cannot say.
    private var contradictions: [String] {
        var faults: [String] = []
        func check(_ body: () throws(ServingError) -> Void) {
            do throws(ServingError) { try body() } catch { faults.append(error.message) }
        }
        check(admission.validate)
        check(recipes.validate)
        check(tiers.validate)
        check(heat.validate)
        for plan in plans.values.sorted(by: { $0.name < $1.name }) { check(plan.validate) }
        do { try retention.validate() } catch { faults.append(error.message) }
        if plans[visitors.plan] == nil {
            faults.append("visitors.plan names the plan \(visitors.plan), which is not there")
        }
        if provenance.certificate.isEmpty != provenance.privateKey.isEmpty {
            faults.append("provenance.certificate and provenance.private_key belong together")
        }
        if !Self.isCurrency(ledger.currency) {
            faults.append("ledger.currency must be three capital letters, as \"KRW\"")
        }
        if claims.answerDays < claims.lookDays {
            faults.append("claims.answer_days must be no less than claims.look_days")
        }
        if drawing.models.isEmpty { faults.append("drawing.models must name a model") }
        return faults
    }

    private static func isCurrency(_ code: String) -> Bool { (try? Currency(code)) != nil }

    private mutating func readPlan(_ key: String, _ value: any TOMLValueConvertible) -> String? {
        let parts = key.split(separator: ".", maxSplits: 2).map(String.init)
        guard parts.count == 3, let field = PlanField.all.first(where: { $0.name == parts[2] }) else {
            return "is no setting of a plan"
        }
        var plan = plans[parts[1]] ?? Plan(name: parts[1])
        defer { plans[parts[1]] = plan }
        return field.read(value, &plan)
    }

    /// Every value of the file with its whole name.
    private static func leaves(of table: TOMLTable, under prefix: String = "") -> [(
        String, any TOMLValueConvertible
    )] {
        table.keys.sorted().flatMap { key -> [(String, any TOMLValueConvertible)] in
            guard let value = table[key] else { return [] }
            if let inner = value.table { return leaves(of: inner, under: prefix + key + ".") }
            return [(prefix + key, value)]
        }
    }
}

/// One setting of a plan.
struct PlanField: Sendable {
    let name: String
    let text: String
    let write: @Sendable (Plan) -> String
    let read: @Sendable (any TOMLValueConvertible, inout Plan) -> String?

    static let all: [PlanField] = [
        count("requests_per_minute", \.requestsPerMinute, "Requests a minute."),
        count("pictures_per_day", \.picturesPerDay, "Pictures in a day of UTC."),
        count("pictures_at_once", \.picturesAtOnce, "Pictures waiting or being drawn at one time."),
        number("weight", \.weight, "Share of the devices beside others who wait; 2 gets twice what 1 gets."),
        number(
            "longest_wait_seconds", \.longestWaitSeconds,
            "Longest wait in seconds that is promised before a request is turned away."),
        PlanField(
            name: "lowest_tier", text: "Lowest tier that `auto` may fall to.",
            write: { "\"\($0.lowestTier.rawValue)\"" }
        ) { value, plan in
            guard let tier = value.string.flatMap(Tier.init(rawValue:)) else {
                return "must be one of " + Tier.allCases.map(\.rawValue).joined(separator: ", ")
            }
            plan.lowestTier = tier
            return nil
        },
        PlanField(
            name: "picture_micros",
            text: "Price of a delivered picture in millionths of ledger.currency; styles add their fees.",
            write: { "\($0.pictureMicros)" }
        ) { value, plan in
            guard let number = value.int, (0...1_000_000_000_000).contains(number) else {
                return "must be a whole number from 0 to 1000000000000"
            }
            plan.pictureMicros = number
            return nil
        },
    ]

    private static func count(
        _ name: String, _ path: WritableKeyPath<Plan, Int> & Sendable, _ text: String
    ) -> Self {
        Self(name: name, text: text, write: { "\($0[keyPath: path])" }) { value, plan in
            guard let number = value.int, number >= 1 else { return "must be a whole number of 1 or more" }
            plan[keyPath: path] = number
            return nil
        }
    }

    private static func number(
        _ name: String, _ path: WritableKeyPath<Plan, Double> & Sendable, _ text: String
    ) -> Self {
        Self(name: name, text: text, write: { SettingField.text($0[keyPath: path]) }) { value, plan in
            guard let number = value.double ?? value.int.map(Double.init), number > 0 else {
                return "must be a number above 0"
            }
            plan[keyPath: path] = number
            return nil
        }
    }
}
