import FoundationEssentials
import Glibc
import Training

/// Shows a run's progress on a line, and keeps every look in `log.jsonl`.
final class TrainingLog {
    private let path: String
    private var recent: [Double] = []
    private var losses: [Double] = []
    private var lastLine = ContinuousClock.now
    private var isFirst = true

    /// A log in `folder`, which is made.
    init(folder: String, name: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = "\(folder)/\(name).jsonl"
    }

    /// Shows a step: the loss averaged over the last steps, pictures a second, time left.
    func show(_ report: StepReport, batchSize: Int) throws {
        recent = Array((recent + [report.duration / .seconds(1)]).suffix(50))
        losses = Array((losses + [report.values[0].value]).suffix(100))
        let clock = ContinuousClock.now
        let interval: Duration = Terminal.isInteractive ? .milliseconds(200) : .seconds(30)
        guard isFirst || clock - lastLine >= interval || report.step == report.totalSteps else { return }
        isFirst = false
        lastLine = clock
        let secondsPerStep = recent.reduce(0, +) / Double(recent.count)
        let loss = losses.reduce(0, +) / Double(losses.count)
        let left = Double(report.totalSteps - report.step) * secondsPerStep
        let text = """
            step \(report.step)/\(report.totalSteps)  loss \(Terminal.fixed(loss, 4))  \
            \(Terminal.fixed(Double(batchSize) / secondsPerStep, 1)) pictures/s  \
            \(Terminal.duration(seconds: left)) left
            """
        Terminal.isInteractive ? Terminal.progress(text) : Terminal.note(text)
        var values = Dictionary(report.values.map { ($0.name, $0.value) }) { $1 }
        values["mean loss"] = loss
        values["learning rate"] = report.learningRate
        values["samples"] = Double(report.samples)
        values["seconds per step"] = secondsPerStep
        try keep(step: report.step, values)
    }

    /// Notes what was measured on pictures that are not trained on.
    func keep(step: Int, _ values: [String: Double]) throws {
        let entry = values.merging(["step": Double(step)]) { $1 }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var line = try encoder.encode(entry)
        line.append(0x0A)
        try append(line)
    }

    private func append(_ line: Data) throws {
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
        guard file >= 0 else { throw CommandError("\(path) cannot be opened; check who may write there") }
        defer { close(file) }
        let written = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        guard written == line.count else {
            throw CommandError("\(path) cannot be written; check the room on the disk")
        }
    }
}
