import Bars
import Foundation
import Serving
import Stores

/// A data folder of a measurement's own, with settings and keys.
struct ServiceFolder {
    /// Where it is.
    let path: String

    /// Makes an empty folder; what was there of an earlier run is removed.
    init(_ name: String) throws {
        path = "\(BenchFolders.state)/flood/\(name)"
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Writes the settings: the usual ones, but for plans.
    func write(plans: [Plan], more: String = "") throws {
        var text = more
        for plan in plans {
            text += """

                [plans.\(plan.name)]
                requests_per_minute = \(plan.requestsPerMinute)
                pictures_per_day = \(plan.picturesPerDay)
                pictures_at_once = \(plan.picturesAtOnce)
                weight = \(plan.weight)
                longest_wait_seconds = \(plan.longestWaitSeconds)

                """
        }
        try text.write(toFile: "\(path)/settings.toml", atomically: true, encoding: .utf8)
    }

    /// Makes keys. Call it while no service runs.
    func makeKeys(_ count: Int, plan: String) async throws -> [Key] {
        let store = try SQLiteStore(folder: path)
        var chance = SystemRandomNumberGenerator()
        let now = Moment(secondsSinceEpoch: Date().timeIntervalSince1970)
        var keys: [Key] = []
        for number in 0..<count {
            let secret = KeySecret(at: now, using: &chance)
            let record = KeyRecord(
                id: secret.id, label: "\(plan) \(number)", plan: plan, scopes: [.draw], created: now)
            let salt = (0..<32).map { _ in UInt8.random(in: 0...255, using: &chance) }
            try await store.add(secret, record, salt: salt)
            keys.append(Key(text: secret.text, caller: .key(secret.id)))
        }
        try store.close()
        return keys
    }

    /// A caller's key.
    struct Key: Sendable {
        let text: String
        let caller: CallerIdentifier
    }

    /// Starts the service over the folder.
    func serve(_ settings: FloodSettings, onStarted: (Int32) -> Void = { _ in }) async throws -> ServedOndol {
        try await ServedOndol(
            program: settings.ondol,
            arguments: ["serve", "--data", path, "--port", "\(settings.port)", "--model", settings.model],
            folder: path, onStarted: onStarted)
    }
}

extension Plan {
    /// What callers of the measurements may: so much that the line alone decides.
    static func open(_ name: String, atOnce: Int = 16, longestWaitSeconds: Double = 60) -> Plan {
        Plan(
            name: name, requestsPerMinute: 100_000, picturesPerDay: 1_000_000, picturesAtOnce: atOnce,
            longestWaitSeconds: longestWaitSeconds)
    }
}
