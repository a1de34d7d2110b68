/// The values used last, by key; the one used longest ago goes where there are more than `limit`.
struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let limit: Int
    private var values: [Key: Value] = [:]
    /// The keys, the one used last at the end. A handful, so that a search costs nothing.
    private var order: [Key] = []

    /// Keeps at most `limit` values, at least one.
    init(limit: Int) { self.limit = max(limit, 1) }

    /// The value of a key, which counts as a use.
    mutating func value(for key: Key) -> Value? {
        guard let value = values[key] else { return nil }
        touch(key)
        return value
    }

    /// Keeps a value.
    mutating func keep(_ value: Value, for key: Key) {
        values[key] = value
        touch(key)
        if order.count > limit { values[order.removeFirst()] = nil }
    }

    private mutating func touch(_ key: Key) {
        order.removeAll { $0 == key }
        order.append(key)
    }
}
