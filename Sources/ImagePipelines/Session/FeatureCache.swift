import PJRT

/// The features of a batch's last whole step, and how many steps have used them.
///
/// A batch takes them over only where all of its pictures allow it, as often as the strictest of them allows, and only while
/// nobody has joined since: a newcomer has none. A picture that allows it therefore depends on who is drawn beside it, as
/// little as a picture does on one step of its inner levels.
struct FeatureCache {
    private var kept: (buffer: Buffer, guidance: StepGuidance)?
    /// Steps since the whole one, itself counted.
    private var age = 0

    /// What the next step is to do, and which rows it asks about twice: where it reuses, those that the features are of,
    /// although some of them may need it no more.
    ///
    /// - Parameters:
    ///   - guidance: what the rows need.
    ///   - interval: every how many steps all must be computed, as the strictest picture wants it.
    func plan(
        for guidance: StepGuidance, interval: Int
    ) -> (use: StepProgram.FeatureUse?, guidance: StepGuidance) {
        guard interval > 1 else { return (nil, guidance) }
        guard let held = kept?.guidance.holding(guidance), age < interval else { return (.keeping, guidance) }
        return (.reusing, held)
    }

    /// The features for a step that reuses them.
    var buffer: Buffer? { kept?.buffer }

    /// A step was done.
    /// - Parameter new: the features that it kept.
    mutating func stepped(_ use: StepProgram.FeatureUse?, keeping new: Buffer?, guidance: StepGuidance) {
        switch use {
        case nil: kept = nil
        case .keeping:
            kept = new.map { ($0, guidance) }
            age = 1
        case .reusing: age += 1
        }
    }

    /// Somebody has joined, or rows have moved: what is kept fits no more.
    mutating func forget() { kept = nil }
}
