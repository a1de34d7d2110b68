import FoundationEssentials

/// What a run's `log.jsonl` says, line by line.
struct LossCurve {
    private let entries: [[String: Double]]

    /// Reads a log; lines that cannot be read are passed over, as a run that was killed leaves them.
    init(log path: String) {
        let data = FileManager.default.contents(atPath: path) ?? Data()
        entries = data.split(separator: 0x0A).compactMap {
            try? JSONDecoder().decode([String: Double].self, from: Data($0))
        }
    }

    /// Steps and mean losses, at most `limit` of them, evenly spread, the last among them.
    func points(limit: Int = 200) -> [[Double]] {
        let all = entries.compactMap { entry in entry["mean loss"].map { [entry["step"] ?? 0, $0] } }
        guard all.count > limit, limit > 1 else { return all }
        return (0..<limit).map { all[$0 * (all.count - 1) / (limit - 1)] }
    }

    /// The steps at which something of that name was noted.
    func steps(of name: String) -> [Int] {
        entries.compactMap { entry in entry[name].flatMap { _ in entry["step"].map { Int($0) } } }
    }

    /// The last value of that name, or nil where the log has none.
    func last(_ name: String) -> Double? { entries.last { $0[name] != nil }?[name] }
}
