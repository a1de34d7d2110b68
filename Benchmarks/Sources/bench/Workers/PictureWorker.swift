import ArgumentParser
import Bars
import DiffusionModels
import ImagePipelines
import NeuralNetworks
import PJRT
import Samplers

/// Whole pictures, from a sentence to pixels in memory.
struct PictureWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "picture")

    /// What the peer draws too.
    static let prompt = "a quiet boy sitting alone in the sunset, soft tones, hand drawn"

    @Option var folder: String
    @Option var size: Int
    @Option var steps = 20

    func run() async throws {
        let pipeline = try Self.pipeline(folder: folder)
        try await Self.draw(pipeline, size: size, steps: steps)
        try await Turns.take {
            try await Turns.seconds { try await Self.draw(pipeline, size: size, steps: steps) }
        }
    }

    /// A pipeline with a cache of programs.
    static func pipeline(
        folder: String, cache: String = BenchFolders.cache
    ) throws -> TextToImagePipeline {
        let device = try Device(cache: cache)
        return try TextToImagePipeline(
            folder: ModelFolder(path: folder), compiler: device.compiler, policy: device.policy)
    }

    /// Draws one picture.
    /// - Parameter observe: is told after each step how many are done.
    nonisolated(nonsending) static func draw(
        _ pipeline: TextToImagePipeline, size: Int, steps: Int,
        observing observe: (Int) throws -> Void = { _ in }
    ) async throws {
        var request = PictureRequest(prompt: prompt, seed: 1)
        request.stepCount = steps
        request.solver = .ddim
        let plan = try pipeline.plan(request)
        try await pipeline.draw(
            [plan], size: pipeline.sizes.size(width: size, height: size),
            observing: { progress in try observe(progress.first?.stepsDone ?? 0) }, delivering: { _, _ in })
    }
}
