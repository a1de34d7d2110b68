import ArgumentParser
import Bars
import Foundation
import ImagePipelines
import PJRT
import Images
import Kernels
import Serving

/// Pictures of the lower tiers with features reused between steps, against the same with every step computed whole.
struct ReuseRun {
    /// What was seen of a tier.
    struct Figures {
        /// Seconds with features reused, as a part of those without.
        var time = 0.0
        /// How near the pictures are, in decibels (PSNR): the mean over the pictures.
        var decibels = 0.0
    }

    let run: BatchRun
    /// The tiers whose recipes reuse features.
    static let tiers = Tier.allCases.filter { TierRecipes()[$0].featureInterval > 1 }

    /// Draws so many pictures both ways, in turns, one after another.
    nonisolated(nonsending) func measure(_ tier: Tier, pictures count: Int) async throws -> Figures {
        let recipe = TierRecipes()[tier]
        var seconds: (reused: [Double], whole: [Double]) = ([], [])
        var figures = Figures()
        for number in 0...count {
            let reused = try await draw(number, recipe, interval: recipe.featureInterval)
            let whole = try await draw(number, recipe, interval: 1)
            // The first compiles.
            guard number > 0 else { continue }
            seconds.reused.append(reused.seconds)
            seconds.whole.append(whole.seconds)
            figures.decibels += Self.decibels(reused.picture, whole.picture) / Double(count)
        }
        let middle = (seconds.reused.sorted()[count / 2], seconds.whole.sorted()[count / 2])
        note(String(format: "%@: %.3f s reused, %.3f s whole", tier.rawValue, middle.0, middle.1))
        figures.time = middle.0 / middle.1
        return figures
    }

    nonisolated(nonsending) private func draw(
        _ number: Int, _ recipe: TierRecipe, interval: Int
    ) async throws -> (picture: Picture, seconds: Double) {
        var request = PictureRequest(prompt: Prompts.prompt(UInt64(number * 7919)), seed: UInt64(number))
        request.stepCount = recipe.steps
        request.guidedShare = recipe.guidedShare
        request.guidanceScale = 5
        request.solver = .dpmSolverPlusPlus
        request.featureInterval = interval
        let session = try run.pipeline.session(size: run.size, capacity: 1)
        let row = try await session.join(run.pipeline.plan(request))
        let clock = ContinuousClock()
        let start = clock.now
        while session.hasWork { _ = try await session.advance() }
        return (try await session.finish(row), (clock.now - start) / .seconds(1))
    }

    private static func decibels(_ left: Picture, _ right: Picture) -> Double {
        let sum = zip(left.bytes, right.bytes).reduce(0) {
            let difference = Int($1.0) - Int($1.1)
            return $0 + difference * difference
        }
        // Equal pictures have no end of decibels; 99 is what is counted for them.
        return sum == 0 ? 99 : 10 * log10(255 * 255 * Double(left.bytes.count) / Double(sum))
    }
}

/// Measures reuse in a process of its own, which the device's memory leaves when it ends.
struct ReuseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reuse", shouldDisplay: false)

    @Option var model: String
    @Option var pictures: Int

    func run() async throws {
        HostAllocator.keepLargeBlocks()
        let run = ReuseRun(run: try BatchRun(model: model))
        var numbers: [Double] = []
        for tier in ReuseRun.tiers {
            let figures = try await run.measure(tier, pictures: pictures)
            numbers += [figures.time, figures.decibels]
        }
        say(numbers.map { "\($0)" }.joined(separator: " "))
    }
}
