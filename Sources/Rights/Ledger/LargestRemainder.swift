/// Exact division of whole amounts.
enum LargestRemainder {
    /// Parts of `total` in proportion to `weights`, whose sum is `total` to the unit.
    ///
    /// Each part gets its whole quota; the units left over go to the largest remainders, one each. Among equal
    /// remainders the first served is `rotation` places on, and so another one each time: over many divisions nobody gains
    /// by standing first.
    ///
    /// Source: the Hamilton method of apportionment; M. Balinski, H. Young, "Fair Representation", 1982, chapter 3.
    /// - Parameters:
    ///   - total: 0 or more.
    ///   - weights: each 0 or more, together 1 to `Int64.max`.
    /// - Throws: ``RightsError`` with code `invalidValue` or `overflow`. O(n log n).
    static func parts(of total: Int64, weights: [Int64], rotation: UInt64 = 0) throws -> [Int64] {
        guard total >= 0, !weights.isEmpty, weights.allSatisfy({ $0 >= 0 }) else {
            throw RightsError(
                .invalidValue, "an amount to divide and its weights are 0 or more, and there is one at least")
        }
        var weightSum: Int64 = 0
        for weight in weights {
            let (sum, overflows) = weightSum.addingReportingOverflow(weight)
            guard !overflows else {
                throw RightsError(.overflow, "the weights' sum does not fit into 64 bits")
            }
            weightSum = sum
        }
        guard weightSum > 0 else {
            throw RightsError(.invalidValue, "all weights are 0, so nobody gets a part")
        }

        var parts: [Int64] = []
        var remainders: [Int64] = []
        parts.reserveCapacity(weights.count)
        for weight in weights {
            let product = total.multipliedFullWidth(by: weight)
            // Fits: weight <= weightSum, so the quotient is at most total.
            let (quotient, remainder) = weightSum.dividingFullWidth(product)
            parts.append(quotient)
            remainders.append(remainder)
        }
        let left = Int(total - parts.reduce(0, +))
        guard left > 0 else { return parts }
        let count = weights.count
        let offset = Int(rotation % UInt64(count))
        let order = (0..<count).map { ($0 + offset) % count }.enumerated().sorted {
            (remainders[$1.element], $0.offset) < (remainders[$0.element], $1.offset)
        }
        for (_, index) in order.prefix(left) { parts[index] += 1 }
        return parts
    }
}
