import ArgumentParser

/// Training, part by part.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Trains the built-in model on pictures this program paints, or an adapter on yours.",
        discussion: """
            First the autoencoder, then the model; an adapter changes a trained model's style. Each goes on where it \
            stood when it is started again. Ctrl-C saves and stops.
            """,
        subcommands: [
            TrainAutoencoderCommand.self, TrainModelCommand.self, TrainExportCommand.self,
            TrainImportCommand.self, TrainCardCommand.self, TrainAdapterCommand.self,
        ])
}

/// What all kinds of training are asked.
struct TrainingOptions: ParsableArguments {
    @Option(
        help:
            "The folder of the run: checkpoints, latents, samples and log. By default one in .ondol/training, named after what is trained."
    )
    var run: String?

    @Option(help: "A PJRT plugin file; by default the best that is installed.")
    var plugin: String?

    @Option(help: "Seconds between checkpoints.")
    var checkpointSeconds = 600.0

    @Option(help: "Stop after this many minutes; the next start goes on.")
    var minutes: Double?

    /// Says whether to stop: after Ctrl-C, or where the minutes from now on are over.
    func stopping() -> () -> Bool {
        Interruption.watch()
        let deadline = minutes.map { ContinuousClock.now + .seconds($0 * 60) }
        return { Interruption.isRequested || deadline.map { ContinuousClock.now > $0 } ?? false }
    }

    func validate() throws {
        guard checkpointSeconds > 0, checkpointSeconds <= 1e6 else {
            throw ValidationError("--checkpoint-seconds must be above 0 and at most 1000000")
        }
        guard minutes.map({ $0 > 0 && $0 <= 1e6 }) ?? true else {
            throw ValidationError("--minutes must be above 0 and at most 1000000")
        }
    }
}
