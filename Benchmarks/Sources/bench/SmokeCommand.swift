import ArgumentParser
import AttributeClassifier
import Bars
import DiffusionModels
import Foundation
import Painter

/// Runs each of our own benchmarks once at the smallest size, without peers or bars, so that none of them rots.
struct SmokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "smoke", abstract: "Runs each benchmark once on a tiny model, without peers.")

    func run() async throws {
        let folder = "\(BenchFolders.state)/tiny"
        try? FileManager.default.removeItem(atPath: folder)
        try SyntheticModel.tiny.write(to: folder)
        var settings = BenchSettings()
        settings.model = folder

        let unet = ["--folder", "\(folder)/unet", "--size", "16", "--tokens", "16"]
        try Self.turn(settings.worker("unet", unet))
        try Self.turn(settings.worker("training", unet + ["--batch", "2"]))
        let picture = ["--folder", folder, "--size", "128"]
        try Self.turn(settings.worker("picture", picture + ["--steps", "2"]))
        let memory = try settings.worker("memory", picture)
        try Self.report(memory.name, "peak bytes", memory.number("peakBytes", in: memory.answer()))
        memory.end()

        let model = try ModelFolder(path: folder)
        let device = try Device(cache: BenchFolders.cache)
        try Self.report("autoencoder", "dB", Restoration(model: model, device: device).meanDecibels(count: 8))
        let classifier = try Classifier(
            path: "\(BenchFolders.classifier)/classifier.safetensors", compiler: device.compiler)
        let painted = try classifier.accuracyOnPaintedPictures(count: 40).untouched[.timeOfDay] ?? 0
        guard painted >= 0.9 else {
            throw BenchError(
                "the classifier knows the time of day of \(painted) of painted pictures; train it anew with "
                    + "`Benchmarks/run classifier`")
        }
        Self.report("classifier", "time of day", painted)
        let drawn = try await DrawnPictures(model: model, device: device).accuracy(
            language: .korean, count: 4, classifier: classifier)
        Self.report("accuracy", "time of day", drawn[.timeOfDay] ?? 0)
    }

    private static func turn(_ worker: Contestant) throws {
        defer { worker.end() }
        _ = try worker.answer()
        report(worker.name, "seconds", try worker.turn())
    }

    private static func report(_ name: String, _ unit: String, _ value: Double) {
        FileHandle.standardOutput.write(Data("\(name) \(unit) \(String(format: "%.4f", value))\n".utf8))
    }
}
