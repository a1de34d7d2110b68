import ArgumentParser

/// The command line.
@main
struct Ondol: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ondol",
        abstract: "Draws pictures from sentences, on a model of its own, on whatever chip there is.",
        version: "0.1.0",
        subcommands: [PaintCommand.self, TrainCommand.self])
}
