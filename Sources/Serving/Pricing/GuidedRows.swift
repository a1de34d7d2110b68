import Glibc

/// How many rows of a step are computed with and without the prompt where only some of them need it.
///
/// Steps are programs of fixed size: they compute none of a batch's rows twice, half of them, or all. So a batch whose pictures
/// have guidance only in a part of their steps costs a little more than they need together; prices know how much.
public enum GuidedRows {
    /// Rows that are computed twice where so many need it.
    public static func computed(_ guided: Int, of rows: Int) -> Int {
        guard guided > 0 else { return 0 }
        let half = (rows + 1) / 2
        return guided <= half ? half : rows
    }

    /// Rows that are computed twice beside those that need it, on the average over steps in which each row of a batch needs it
    /// with the same chance: pictures that came one after another stand at different steps. 1 for a row alone.
    ///
    /// - Parameters:
    ///   - share: the share of a picture's steps that are guided, 0 to 1.
    ///   - rows: rows of the batch.
    public static func excess(share: Double, of rows: Int) -> Double {
        guard rows > 1, share > 0, share < 1 else { return 1 }
        var mean = 0.0
        // The binomial distribution, from one number of guided rows to the next.
        var chance = pow(1 - share, Double(rows))
        for guided in 0...rows {
            mean += chance * Double(computed(guided, of: rows))
            chance *= Double(rows - guided) / Double(guided + 1) * share / (1 - share)
        }
        return mean / (share * Double(rows))
    }
}
