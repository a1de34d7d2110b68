import Bars

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
