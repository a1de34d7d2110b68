import ArgumentParser
import Bars
import DiffusionModels
import Foundation
import ImagePipelines
import Images
import Kernels
import NeuralNetworks
import PJRT
import Samplers
import Tensors

/// Pictures of different recipes at different steps in one batch, against the same one after another.
struct BatchRun {
    /// What was seen.
    struct Figures {
        /// Pictures a second in batches, as a multiple of those one after another.
        var throughput = 0.0
        /// The mean over a picture's channels, each of 0 to 1, of the difference between it drawn beside others and alone; of
        /// the picture where it is largest. Rounding to 255 steps hides small differences at one place, and not in the mean.
        var difference = 0.0
    }

    let pipeline: TextToImagePipeline
    let size: PictureSize
    /// Rows of a batch.
    static let rows = 4

    /// Opens a model on the CPU.
    init(model: String) throws {
        let environment = ProcessInfo.processInfo.environment
        let search = PluginSearch(
            environment: environment, projectFolder: "\(BenchFolders.project)/.ondol/plugins",
            pythonFolders: InstalledFiles.pythonFolders(environment: environment))
        let plugin = try Plugin.load(path: search.find([.cpu], where: InstalledFiles.exists).path)
        let policy = try ComputePolicy.cpuInference(hasKernels: ProcessorKernels.register(on: plugin))
        let client = try Client(plugin: plugin)
        let compiler = ProgramCompiler(
            client: client, cache: ExecutableCache(folder: BenchFolders.cache) { note("flood: \($0)") })
        pipeline = try TextToImagePipeline(
            folder: ModelFolder(path: model), compiler: compiler, policy: policy)
        size = pipeline.usualSize
    }

    /// Draws so many pictures both ways, in turns.
    nonisolated(nonsending) func measure(pictures count: Int, turns: Int = 3) async throws -> Figures {
        let plans = try (0..<count).map(plan)
        var (together, alone): ([Double], [Double]) = ([], [])
        var drawn: (together: [Drawn], alone: [Drawn]) = ([], [])
        for turn in 0...turns {
            let clock = ContinuousClock()
            var start = clock.now
            drawn.together = try await draw(plans, rows: Self.rows)
            let first = (clock.now - start) / .seconds(1)
            start = clock.now
            drawn.alone = try await draw(plans, rows: 1)
            let second = (clock.now - start) / .seconds(1)
            // The first turn compiles.
            guard turn > 0 else { continue }
            together.append(first)
            alone.append(second)
        }
        note("in batches \(Self.text(together)), one after another \(Self.text(alone)); \(count) pictures")
        let middle = (together.sorted()[together.count / 2], alone.sorted()[alone.count / 2])
        let pairs = Array(zip(drawn.together, drawn.alone))
        let latents = pairs.map { Self.distance($0.latent, $1.latent) }.max() ?? 0
        let steps = pairs.map { Self.largestStep($0.picture, $1.picture) }.max() ?? 0
        note(
            "no channel differs by more than \(steps) of 255; before decoding the latents differ by "
                + String(format: "%.4f of their largest value at most", latents))
        let difference = pairs.map { Self.meanDifference($0.picture, $1.picture) }.max() ?? 0
        return Figures(throughput: middle.1 / middle.0, difference: difference)
    }

    private static func text(_ seconds: [Double]) -> String {
        seconds.map { String(format: "%.2f", $0) }.joined(separator: " ") + " s"
    }

    /// Pictures with the recipes of the tiers in turn, so that neighbours stand at different steps of different solvers.
    private func plan(_ number: Int) throws -> PicturePlan {
        var request = PictureRequest(prompt: Prompts.prompt(UInt64(number * 7919)), seed: UInt64(number))
        request.stepCount = [20, 12, 16, 8][number % 4]
        request.solver = [.dpmSolverPlusPlus, .ddim, .euler, .dpmSolverPlusPlus][number % 4]
        request.guidanceScale = 5
        return try pipeline.plan(request)
    }

    /// A picture, and what it was decoded from.
    private struct Drawn {
        let latent: [Float]
        let picture: Picture
    }

    /// Draws plans with at most so many rows, each joining when a row is free, as a worker does.
    nonisolated(nonsending) private func draw(_ plans: [PicturePlan], rows: Int) async throws -> [Drawn] {
        var pictures = [Drawn?](repeating: nil, count: plans.count)
        let session = try pipeline.session(size: size, capacity: rows)
        var seated: [DenoisingSession.Row: Int] = [:]
        var next = 0
        while next < plans.count || !seated.isEmpty {
            // One at each step, so that they stand at different ones.
            if next < plans.count, session.freeRowCount > 0 {
                seated[try await session.join(plans[next])] = next
                next += 1
            } else if next == plans.count, let capacity = [1, 2].first(where: { $0 >= seated.count }),
                capacity < session.capacity
            {
                try await session.resize(to: capacity)
            }
            for progress in try await session.advance() where progress.isFinished {
                guard let index = seated.removeValue(forKey: progress.row) else { continue }
                let latent = try await session.latent(of: progress.row).elements(as: Float.self)
                pictures[index] = Drawn(latent: latent, picture: try await session.finish(progress.row))
            }
        }
        return pictures.compactMap(\.self)
    }

    private static func distance(_ left: [Float], _ right: [Float]) -> Double {
        let largest = right.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
        return Double(zip(left, right).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) } / largest)
    }

    private static func meanDifference(_ left: Picture, _ right: Picture) -> Double {
        let sum = zip(left.bytes, right.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / 255 / Double(left.bytes.count)
    }

    private static func largestStep(_ left: Picture, _ right: Picture) -> Int {
        zip(left.bytes, right.bytes).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
    }
}

/// Measures batches in a process of its own, which the device's memory leaves when it ends.
struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "batch", shouldDisplay: false)

    @Option var model: String
    @Option var pictures: Int

    func run() async throws {
        HostAllocator.keepLargeBlocks()
        let figures = try await BatchRun(model: model).measure(pictures: pictures)
        say("\(figures.throughput) \(figures.difference)")
    }
}
