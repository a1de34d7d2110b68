import PJRT

/// The features of a batch's last whole step, and how many steps have used them.
///
/// A batch takes them over only where all of its pictures allow it, as often as the strictest of them allows, and only while
/// nobody has joined since: a newcomer has none. A picture that allows it therefore depends on who is drawn beside it, as
/// little as a picture does on one step of its inner levels.
struct FeatureCache {
    private var kept: (buffer: Buffer, isGuided: Bool)?
    /// Steps since the whole one, itself counted.
    private var age = 0

    /// What the next step is to do.
    ///
    /// - Parameter interval: every how many steps all must be computed, as the strictest picture wants it.
    func use(isGuided: Bool, interval: Int) -> StepProgram.FeatureUse? {
        guard interval > 1 else { return nil }
        guard let kept, kept.isGuided == isGuided, age < interval else { return .keeping }
        return .reusing
    }

    /// The features for a step that reuses them.
    var buffer: Buffer? { kept?.buffer }

    /// A step was done.
    /// - Parameter new: the features that it kept.
    mutating func stepped(_ use: StepProgram.FeatureUse?, keeping new: Buffer?, isGuided: Bool) {
        switch use {
        case nil: kept = nil
        case .keeping:
            kept = new.map { ($0, isGuided) }
            age = 1
        case .reusing: age += 1
        }
    }

    /// Somebody has joined, or rows have moved: what is kept fits no more.
    mutating func forget() { kept = nil }
}
