/// How many slips of the pen lie between two rows of symbols.
enum EditDistance {
    /// Whether one row becomes the other by at most so many insertions, deletions, replacements and swaps of neighbours.
    ///
    /// Source: optimal string alignment; L. Boytsov, "Indexing methods for approximate dictionary searching", ACM JEA 16,
    /// 2011, section 2.1. O(count²).
    static func isWithin(_ limit: Int, _ left: ArraySlice<UInt32>, _ right: [UInt32]) -> Bool {
        guard abs(left.count - right.count) <= limit else { return false }
        let left = Array(left)
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, symbol) in left.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for (column, other) in right.enumerated() {
                var cost = min(
                    last[column] + (symbol == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, symbol == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            if current.allSatisfy({ $0 > limit }) { return false }
            beforeLast = last
            last = current
        }
        return last[right.count] <= limit
    }
}
