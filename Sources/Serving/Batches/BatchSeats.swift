extension Tier {
    /// The tier of most of those that come next; where several have equally many, that of the first. Nil where nobody comes.
    ///
    /// Batches are as large as suits those who come in numbers, not the one who is next.
    public static func usual(among tiers: some Sequence<Tier>) -> Tier? {
        var counts = [Int](repeating: 0, count: allCases.count)
        var order: [Tier] = []
        for tier in tiers {
            if counts[tier.depth] == 0 { order.append(tier) }
            counts[tier.depth] += 1
        }
        guard let most = counts.max() else { return nil }
        return order.first { counts[$0.depth] == most }
    }
}

extension TierRecipe {
    /// How many rows of another recipe a row of this one weighs in a step, at least 1.
    public func seats(beside other: TierRecipe) -> Int {
        max(1, Int((evaluationsPerStep / max(other.evaluationsPerStep, 1e-9)).rounded()))
    }
}
