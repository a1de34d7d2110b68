import Samplers
import Testing
import Tokenizers

@testable import ImagePipelines

/// Sizes and requests are checked before anything is drawn.
struct PicturePlanTests {
    @Test(arguments: [(8, 64, 64), (8, 512, 384), (16, 128, 2048), (1, 65, 67), (128, 128, 1920)])
    func sizesThatFitAreTaken(factor: Int, width: Int, height: Int) throws {
        let size = try PictureSizeRule(factor: factor).size(width: width, height: height)
        #expect((size.latentWidth * factor, size.latentHeight * factor) == (width, height))
    }

    @Test(arguments: [
        (8, 100, 100, "are 96x96 and 104x104"), (8, 512, 100, "are 512x96 and 512x104"),
        (16, 1, 128, "is 64x128"), (16, 5000, -7, "is 2048x64"), (128, 64, 2048, "is 128x2048"),
        (8, .max, .min, "is 2048x64"),
    ])
    func othersAreRefusedWithTheNearest(factor: Int, width: Int, height: Int, nearest: String) throws {
        do throws(PipelineError) {
            _ = try PictureSizeRule(factor: factor).size(width: width, height: height)
            Issue.record("\(width)x\(height) was taken")
        } catch {
            #expect(error.code == .invalidSize)
            #expect(error.message.contains(nearest), "\(error)")
        }
    }

    private static let tokenizer = Result {
        try Tokenizer(folder: "\(TinyModel.folder)/model/tokenizer")
    }

    private func plan(_ change: (inout PictureRequest) -> Void) throws -> PicturePlan {
        var request = PictureRequest(prompt: TinyModel.prompts[0], seed: 1)
        change(&request)
        return try PicturePlan(
            request, tokenizer: Self.tokenizer.get(),
            scheduler: SchedulerConfiguration(
                file: "\(TinyModel.folder)/model/scheduler/scheduler_config.json"))
    }

    static let refused: [(PipelineError.Code, @Sendable (inout PictureRequest) -> Void)] = [
        (.invalidSetting, { $0.stepCount = 0 }),
        (.invalidSetting, { $0.stepCount = -1 }),
        (.invalidSetting, { $0.stepCount = 1_000_000 }),
        (.invalidSetting, { $0.guidanceScale = -0.1 }),
        (.invalidSetting, { $0.guidanceScale = 50.1 }),
        (.invalidSetting, { $0.guidanceScale = .nan }),
        (.invalidSetting, { $0.guidanceScale = .infinity }),
        (.invalidSetting, { $0.photo = .init(.init(width: 1, height: 1, filledWith: .white), strength: 0) }),
        (
            .invalidSetting,
            { $0.photo = .init(.init(width: 1, height: 1, filledWith: .white), strength: 1.1) }
        ),
        (
            .invalidSetting,
            { $0.photo = .init(.init(width: 1, height: 1, filledWith: .white), strength: .nan) }
        ),
        (.invalidPrompt, { $0.prompt = String(repeating: "집", count: 1 << 20) }),
        (.invalidPrompt, { $0.negativePrompt = String(repeating: "a", count: 1 << 20) }),
    ]

    @Test(arguments: refused.indices) func requestsOutOfRangeAreRefused(_ index: Int) throws {
        let (code, change) = Self.refused[index]
        do {
            _ = try plan(change)
            Issue.record("request \(index) was taken")
        } catch let error as PipelineError {
            #expect(error.code == code)
            #expect(!error.message.contains("집집") && !error.message.contains("aaa"), "shows the prompt")
        }
    }

    @Test(arguments: [(1, 0.0), (999, 50), (20, 1)]) func theEndsOfTheRangesAreTaken(
        steps: Int, guidance: Double
    ) throws {
        let plan = try plan {
            $0.stepCount = steps
            $0.guidanceScale = guidance
        }
        #expect(plan.solverPlan.steps.count == steps)
        #expect(plan.isGuided == (guidance > 1))
    }

    @Test func whatIsNotReadOfALongPromptIsCounted() throws {
        #expect(try plan { $0.prompt = "" }.prompt.droppedTokenCount == 0)
        #expect(try plan { _ in }.prompt.droppedTokenCount == 0)
        // A comma with a space is one token; 75 fit between start and end.
        let full = try plan { $0.prompt = String(repeating: ", ", count: 75) }
        #expect(full.prompt.droppedTokenCount == 0)
        let long = try plan { $0.negativePrompt = String(repeating: ", ", count: 80) }
        #expect(long.negativePrompt.droppedTokenCount == 5)
        #expect(long.negativePrompt.identifiers == full.prompt.identifiers)
    }
}
