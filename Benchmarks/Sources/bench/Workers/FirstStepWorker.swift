import ArgumentParser
import ImagePipelines

/// From the start of a process to the end of the first step.
struct FirstStepWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "first-step")

    /// Ends the drawing after its first step.
    private struct FirstStepDone: Error {}

    @Option var folder: String
    @Option var size: Int
    @Option var steps = 20

    func run() async throws {
        let pipeline = try PictureWorker.pipeline(folder: folder)
        do {
            try await PictureWorker.draw(pipeline, size: size, steps: steps) { _ in throw FirstStepDone() }
        } catch is FirstStepDone {
            Turns.say(["steps": 1])
        }
    }
}
