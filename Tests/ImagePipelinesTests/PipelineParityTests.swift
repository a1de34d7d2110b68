import Images
import Samplers
import Tensors
import Testing

@testable import ImagePipelines

/// Whole pictures equal those of diffusers 0.42.1, from prompt and noise to pixels, step by step.
///
/// Expected numbers: `python Tools/parity/pipeline_tiny.py`. Both sides compute in f32.
@Suite(.enabled(if: TinyModel.hasDevice, "needs the CPU plugin: make setup"), .serialized)
struct PipelineParityTests {
    struct Case: Sendable, CustomStringConvertible {
        let name: String
        let solver: Solver
        var description: String { name }
    }

    static let cases = [
        Case(name: "ddim", solver: .ddim), Case(name: "euler", solver: .euler),
        Case(name: "dpm", solver: .dpmSolverPlusPlus),
    ]

    /// Measured: 6e-7.
    @Test(arguments: cases) func trajectoriesAndPicturesAreTheReferences(_ reference: Case) async throws {
        let distance = try await largestDistance(reference, on: TinyModel.exact.get())
        #expect(distance.latents < 2e-5)
        // Half a step of eight bits.
        #expect(distance.pictures < 0.51 / 255)
    }

    /// As drawing on CPUs has it. Measured: 1e-3.
    @Test(arguments: cases) func attentionOverHalfPrecisionStaysClose(_ reference: Case) async throws {
        let distance = try await largestDistance(reference, on: TinyModel.fast.get())
        #expect(distance.latents < 2e-3)
        #expect(distance.pictures < 2 / 255)
    }

    /// Both rows side by side: the largest distance of any step's latents, and of the pictures' colours in 0…1.
    private func largestDistance(
        _ reference: Case, on pipeline: TextToImagePipeline
    ) async throws -> (latents: Float, pictures: Float) {
        let session = try pipeline.session(size: pipeline.sizes.size(width: 64, height: 64), capacity: 2)
        var rows: [DenoisingSession.Row] = []
        for index in 0..<2 {
            var request = PictureRequest.tiny(index)
            request.solver = reference.solver
            rows.append(
                try await session.join(
                    pipeline.plan(request), noise: TinyModel.floats("initial", at: index)))
        }
        var largest: Float = 0
        for step in 0..<6 {
            let progress = try await session.advance()
            #expect(progress.map(\.stepsDone) == [step + 1, step + 1])
            largest = try max(
                largest,
                TinyModel.distance(
                    await session.latents().elements(),
                    TinyModel.floats("\(reference.name).latents", at: step)))
        }
        #expect(!session.hasWork)
        var pictures: Float = 0
        for (index, row) in rows.enumerated() {
            let drawn = try await session.finish(row).tensor().elements(as: Float.self)
            let expected = try TinyModel.floats("\(reference.name).picture", at: index)
            for (value, expected) in zip(drawn, expected) {
                pictures = max(pictures, abs(value - min(1, max(-1, expected))) / 2)
            }
        }
        return (largest, pictures)
    }

    @Test func aDrawingThatBeginsWithAPhotoIsTheReferences() async throws {
        let pipeline = try TinyModel.exact.get()
        let photo = try Picture.pictures(of: TinyModel.tensor("photo"))[0]
        var request = PictureRequest.tiny(0, steps: 8)
        request.photo = .init(photo, strength: 0.5)
        let session = try pipeline.session(size: pipeline.sizes.size(width: 64, height: 64), capacity: 1)

        let encoded = try await pipeline.latent(of: photo, size: session.size)
        #expect(try TinyModel.distance(encoded.elements(), TinyModel.floats("photo.encoded", at: 0)) < 1e-4)

        _ = try await session.join(pipeline.plan(request), noise: TinyModel.floats("photo.noise", at: 0))
        for step in 0..<4 {
            let progress = try await session.advance()
            #expect(progress.map(\.stepCount) == [4])
            let expected = try TinyModel.floats("photo.latents", at: step)
            #expect(try await TinyModel.distance(session.latents().elements(), expected) < 1e-3)
        }
    }
}
