import Serving

extension Scenario {
    /// A first guess of how many devices of the first group it takes: as many as draw the busiest moment's requests in
    /// `full`, at least 1.
    public var devicesAtHeight: Int {
        guard let group = fleet.first else { return 1 }
        let shape = crowds.first?.shapes.first ?? Self.floodShape
        guard let work = try? group.workSeconds(shape, recipe: recipes.full) else { return 1 }
        let invented = crowds.reduce(0) { sum, crowd in
            let pictures =
                Double(crowd.pictureCounts.reduce(0, +)) / Double(max(1, crowd.pictureCounts.count))
            return sum + crowd.peakRequestsPerSecond * pictures
        }
        let recordedRate = recorded.map { Double($0.pictureCount) / max(1, $0.seconds) } ?? 0
        let devices = (invented + recordedRate) * work / group.speed
        return Int(min(max(1, devices.rounded(.up)), 100_000))
    }
}
