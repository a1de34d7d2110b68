import ImagePipelines

/// Tells on standard error how a drawing goes: a bar on a terminal, a line now and then elsewhere.
final class DrawingProgress {
    private let count: Int
    private let isQuiet: Bool
    private let isInteractive: Bool
    private let clock = ContinuousClock()
    private var meter = StepMeter()
    private var picture = 1
    private var lastStep: ContinuousClock.Instant
    private var lastLine: ContinuousClock.Instant
    private var isLineOpen = false

    /// Between lines where nobody looks.
    private static let interval = Duration.seconds(10)

    init(count: Int, isQuiet: Bool) {
        self.count = count
        self.isQuiet = isQuiet
        isInteractive = Terminal.isInteractive
        lastStep = clock.now
        lastLine = clock.now
    }

    /// Says what is drawn.
    func begin(_ text: String) {
        note(text)
        guard isInteractive, !isQuiet else { return }
        // A size that is drawn for the first time is compiled, which can take longer than the drawing.
        Terminal.progress("preparing")
        isLineOpen = true
    }

    /// Says what of the texts is not read.
    func warn(about plan: PicturePlan) {
        for (text, name) in [(plan.prompt, "sentence"), (plan.negativePrompt, "negative text")]
        where text.droppedTokenCount > 0 {
            note("the model does not read the last \(text.droppedTokenCount) tokens of the \(name)")
        }
    }

    /// Counts a step.
    func show(_ moved: [DenoisingSession.Progress]) {
        guard !isQuiet, let progress = moved.first else { return }
        let now = clock.now
        meter.add(seconds: (now - lastStep) / .seconds(1))
        lastStep = now
        let line = meter.line(
            step: progress.stepsDone, of: progress.stepCount, picture: picture, of: count,
            hasBar: isInteractive)
        if isInteractive {
            Terminal.progress(line)
            isLineOpen = true
        } else if now - lastLine >= Self.interval {
            lastLine = now
            Terminal.note(line)
        }
    }

    /// Says that a picture was written.
    func wrote(_ path: String) {
        picture += 1
        note("wrote \(path)")
        // Decoding and writing belong to no step.
        lastStep = clock.now
    }

    /// Leaves the cursor at the start of a line.
    func end() {
        guard isLineOpen else { return }
        isLineOpen = false
        Terminal.progress("")
    }

    private func note(_ text: String) {
        guard !isQuiet else { return }
        end()
        Terminal.note(text)
    }
}

/// Steps a second and time left, from the steps so far.
struct StepMeter {
    private var recent: [Double] = []
    private var stepCount = 0

    /// So many steps are averaged.
    private static let window = 8

    /// Counts a step. The first is left out of the average once there are others: it compiles and reads weights.
    mutating func add(seconds: Double) {
        stepCount += 1
        if stepCount == 2 { recent = [] }
        recent.append(seconds)
        if recent.count > Self.window { recent.removeFirst() }
    }

    /// Seconds a step takes.
    var secondsPerStep: Double { recent.reduce(0, +) / Double(max(recent.count, 1)) }

    /// The line to show, as `picture 2/4  ▕██████░░░░░░▏ step 10/20  0.42 s/step  12.6 s left`.
    func line(step: Int, of steps: Int, picture: Int, of pictures: Int, hasBar: Bool) -> String {
        var parts: [String] = []
        if pictures > 1 { parts.append("picture \(picture)/\(pictures)") }
        if hasBar { parts.append(Self.bar(Double(step) / Double(max(steps, 1)))) }
        let left = Double(steps - step + (pictures - picture) * steps) * secondsPerStep
        let digits = secondsPerStep < 1 ? 3 : 1
        parts += [
            "step \(step)/\(steps)", "\(Terminal.fixed(secondsPerStep, digits)) s/step",
            "\(Terminal.duration(seconds: left)) left",
        ]
        return parts.joined(separator: "  ")
    }

    private static func bar(_ share: Double) -> String {
        let width = 24
        let full = min(width, max(0, Int((share * Double(width)).rounded())))
        return String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
    }
}
