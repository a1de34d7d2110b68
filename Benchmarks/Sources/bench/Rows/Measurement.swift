/// One line of the table: a number and what it must reach.
struct Row: Sendable {
    /// What a number must be to be good enough.
    enum Bar: Sendable {
        case atMost(Double)
        case atLeast(Double)

        /// Whether the number reaches it.
        func isReached(by value: Double) -> Bool {
            switch self {
            case .atMost(let limit): value <= limit
            case .atLeast(let limit): value >= limit
            }
        }

        var text: String {
            switch self {
            case .atMost(let limit): "<=\(limit)"
            case .atLeast(let limit): ">=\(limit)"
            }
        }
    }

    let name: String
    let bar: Bar

    init(_ name: String, _ bar: Bar) {
        self.name = name
        self.bar = bar
    }
}

/// Something that is measured in one go and fills one or more rows.
struct Measurement: Sendable {
    let rows: [Row]
    /// One value for each row, or nil where the model to measure is not there.
    let values: @Sendable (BenchSettings) async throws -> [Double]?

    /// Several rows at once.
    init(_ rows: [Row], _ values: @escaping @Sendable (BenchSettings) async throws -> [Double]?) {
        self.rows = rows
        self.values = values
    }

    /// One row.
    init(
        _ name: String, _ bar: Row.Bar, _ value: @escaping @Sendable (BenchSettings) async throws -> Double?
    ) {
        self.init([Row(name, bar)]) { settings in try await value(settings).map { [$0] } }
    }
}
