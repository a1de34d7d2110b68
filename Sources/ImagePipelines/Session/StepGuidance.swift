/// Which rows of a step are asked about twice, with the prompt and without.
///
/// Programs are compiled for none of a batch's rows, for half of them and for all, whichever these are; so a step is as
/// dear as the rows that need guidance, not as if one of them made all of them dear. More sizes would save a tenth more, and
/// cost a compilation each.
struct StepGuidance: Hashable {
    /// Places that are computed twice, rising. Some may be there only to fill a program.
    let slots: [Int]
    /// Places that need it.
    let guided: [Int]
    /// Rows of the batch.
    let rows: Int

    /// - Parameters:
    ///   - guided: places that need guidance in the next step, rising.
    ///   - unguided: places that move without any.
    init(guided: [Int], unguided: [Int], rows: Int) {
        self.guided = guided
        self.rows = rows
        // Where all that move need it, empty rows are computed with them: only the whole program is sure to be there.
        let count = guided.isEmpty || !unguided.isEmpty ? Self.computed(guided.count, of: rows) : rows
        let fillers = (0..<rows).filter { !guided.contains($0) }.prefix(count - guided.count)
        slots = (guided + fillers).sorted()
    }

    private init(slots: [Int], guided: [Int], rows: Int) {
        self.slots = slots
        self.guided = guided
        self.rows = rows
    }

    /// How many rows are computed twice where so many need it; `GuidedRows` of `Serving` reckons with the same.
    static func computed(_ guided: Int, of rows: Int) -> Int {
        sizes(of: rows).first { $0 >= guided } ?? rows
    }

    /// The numbers that programs are compiled for, rising.
    static func sizes(of rows: Int) -> [Int] { rows > 1 ? [0, (rows + 1) / 2, rows] : [0, rows] }

    /// Network evaluations of the step.
    var evaluationCount: Int { rows + slots.count }
    /// Whether some rows are computed twice and others are not.
    var isPartial: Bool { !slots.isEmpty && slots.count < rows }

    /// The same with all rows computed twice, if any is.
    var whole: StepGuidance {
        StepGuidance(slots: slots.isEmpty ? [] : Array(0..<rows), guided: guided, rows: rows)
    }

    /// Another step's guidance in the slots of this one; nil where they are not enough, or where none are needed.
    func holding(_ other: StepGuidance) -> StepGuidance? {
        guard rows == other.rows, slots.isEmpty == other.slots.isEmpty,
            other.guided.allSatisfy(slots.contains)
        else { return nil }
        return StepGuidance(slots: slots, guided: other.guided, rows: rows)
    }

    /// For each row where its answer lies, the answers of the slots coming first, and then those with the prompt alone.
    var answers: [Int32] {
        (0..<rows).map { place in
            Int32(guided.contains(place) ? slots.firstIndex(of: place) ?? 0 : slots.count + place)
        }
    }
}
