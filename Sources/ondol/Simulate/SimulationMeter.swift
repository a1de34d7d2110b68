import Simulation

/// Tells on a terminal how far a simulation has come, and ends it where somebody presses Ctrl-C.
final class SimulationMeter {
    private let isShown: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastShown: ContinuousClock.Instant
    private var isLineOpen = false

    /// Between two words: a person reads no faster.
    private static let interval = Duration.milliseconds(200)

    init(isQuiet: Bool) {
        isShown = !isQuiet && Terminal.isInteractive
        start = clock.now
        lastShown = clock.now
    }

    /// Seconds since the beginning.
    var seconds: Double { (clock.now - start) / .seconds(1) }

    /// Shows a line now and then; false where it is to end.
    func watch(_ progress: SimulationProgress, _ label: String) -> Bool {
        guard !Interruption.isRequested else { return false }
        let now = clock.now
        guard isShown, now - lastShown >= Self.interval else { return true }
        lastShown = now
        Terminal.progress(Self.line(progress, label))
        isLineOpen = true
        return true
    }

    /// The line, as `Ondol  ██████░░░░  61 %  1.2 million requests  3,400 waiting`.
    static func line(_ progress: SimulationProgress, _ label: String) -> String {
        let share = min(1, progress.seconds / max(progress.durationSeconds, 1e-9))
        let width = 24
        let full = Int((share * Double(width)).rounded())
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
        let state = share < 1 ? "\(Terminal.fixed(share * 100, 0)) %" : "emptying the line"
        return "\(label)  \(bar)  \(state)  \(progress.requests) requests  \(progress.waiting) waiting"
    }

    /// Leaves the cursor at the start of an empty line.
    func end() {
        guard isLineOpen else { return }
        isLineOpen = false
        Terminal.progress("")
    }
}
