import ArgumentParser
import AttributeClassifier
import Bars
import Foundation

/// Trains the classifier that judges drawn pictures, and says how often it is right.
struct ClassifierCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classifier", abstract: "Trains the classifier that judges drawn pictures.")

    @Option(help: "Steps of training.")
    var steps = 1500

    @Option(help: "Pictures in a batch.")
    var batch = 32

    @Flag(help: "Learn cyanotypes too, which the style rows of bench-rights ask about.")
    var cyanotypes = false

    @Option(help: "A classifier's weights to begin with.")
    var from: String?

    @Option(help: "Where the weights are written; by default into Benchmarks/Classifier.")
    var out: String?

    /// Where a classifier's weights lie in the repository.
    static func weights(_ world: ClassifierWorld) -> String {
        "\(BenchFolders.classifier)/\(world == .scenes ? "classifier" : "cyanotypes").safetensors"
    }

    func run() throws {
        let device = try Device(cache: BenchFolders.cache)
        let clock = ContinuousClock()
        let start = clock.now
        let world: ClassifierWorld = cyanotypes ? .scenesAndCyanotype : .scenes
        let out = out ?? Self.weights(world)
        let weights = try Classifier.train(
            world: world, steps: steps, batchSize: batch, compiler: device.compiler,
            beginning: from, folder: "\(BenchFolders.state)/classifier\(cyanotypes ? "-cyanotypes" : "")"
        ) { report in
            guard report.step % 25 == 0 else { return }
            let values = report.values.map { "\($0.name) \(String(format: "%.3f", $0.value))" }
            let seconds = (clock.now - start) / .seconds(1)
            note(
                "\(report.step) of \(report.totalSteps), \(Int(seconds)) s: \(values.joined(separator: ", "))"
            )
        }
        let seconds = Int((clock.now - start) / .seconds(1))
        try Classifier.write(
            weights, to: out,
            metadata: [
                "steps": "\(steps)", "batch": "\(batch)", "pictures": "\(Classifier.trainingPictures)",
            ])
        let classifier = try Classifier(path: out, world: world, compiler: device.compiler)
        let accuracy = try classifier.accuracyOnPaintedPictures()
        print("\(steps) steps of \(batch) in \(seconds) s")
        for attribute in PictureAttribute.allCases {
            let (plain, soft) = (accuracy.untouched[attribute] ?? 0, accuracy.softened[attribute] ?? 0)
            print(String(format: "%@: %.3f, softened %.3f", attribute.rawValue, plain, soft))
        }
    }
}
