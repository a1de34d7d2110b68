import ImagePipelines

/// Which styles the rows of a batch have, and whether another row's find room among them.
///
/// A batch has programs ready for so many different styles; a job that would bring one more waits until some have left. Those
/// behind it that have styles wait with it, or it might wait for ever.
struct StyleSeats {
    private var styles: Set<String>
    private var isHolding = false

    init<Plan>(_ rows: [HeldJob<Plan>]) { styles = Set(rows.flatMap(\.styles)) }

    /// Takes a job's styles in; false where it must wait.
    mutating func seats<Plan>(_ job: HeldJob<Plan>) -> Bool { seats(job.styles) }

    /// Takes styles in; false where they must wait.
    mutating func seats(_ wanted: [String]) -> Bool {
        guard !wanted.isEmpty else { return true }
        let all = styles.union(wanted)
        guard !isHolding, all.count <= DenoisingSession.preparedStyleCount else {
            isHolding = true
            return false
        }
        styles = all
        return true
    }
}

extension HeldJob {
    /// The names of the styles that it is drawn with.
    var styles: [String] { order?.styles.map(\.style) ?? [] }
}
