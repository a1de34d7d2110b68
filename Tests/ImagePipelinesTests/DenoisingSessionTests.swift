import Images
import Samplers
import Tensors
import Testing

@testable import ImagePipelines

/// Rows of a batch keep out of each other's way.
@Suite(.enabled(if: TinyModel.hasDevice, "needs the CPU plugin: make setup"), .serialized)
struct DenoisingSessionTests {
    /// Programs for other numbers of rows may sum in another order; measured: 0.
    static let tolerance: Float = 1e-5

    private func session(_ capacity: Int) throws -> (DenoisingSession, TextToImagePipeline) {
        let pipeline = try TinyModel.exact.get()
        return (
            try pipeline.session(size: pipeline.sizes.size(width: 64, height: 64), capacity: capacity),
            pipeline
        )
    }

    /// Rows with different solvers, lengths, guidance, texts and seeds.
    static let mixture: [PictureRequest] = {
        var ancestral = PictureRequest.tiny(1, steps: 5, guidance: 3, seed: 7)
        ancestral.solver = .eulerAncestral
        var multistep = PictureRequest.tiny(0, steps: 9, guidance: 9, seed: 8)
        multistep.solver = .dpmSolverPlusPlus
        return [
            .tiny(0, steps: 4, guidance: 5, seed: 6), ancestral, multistep, .tiny(1, guidance: 1, seed: 9),
        ]
    }()

    @Test func rowsThatJoinLateAreDrawnAsIfAlone() async throws {
        let (session, pipeline) = try session(4)
        var drawn: [Int: [Float]] = [:]
        var rows: [DenoisingSession.Row: Int] = [:]
        var stepNumber = 0
        while rows.count < Self.mixture.count || session.hasWork {
            // One joins before each of the first four steps, so that no two stand at the same timestep.
            if rows.count < Self.mixture.count {
                let index = rows.count
                rows[try await session.join(pipeline.plan(Self.mixture[index]))] = index
            }
            for progress in try await session.advance() where progress.isFinished {
                let index = try #require(rows[progress.row])
                drawn[index] = try await session.latent(progress.row, at: index)
            }
            stepNumber += 1
        }
        #expect(stepNumber == 2 + 9)
        for (index, request) in Self.mixture.enumerated() {
            let alone = try await DenoisingSession.lastLatent(request, on: pipeline)
            #expect(TinyModel.distance(try #require(drawn[index]), alone) < Self.tolerance, "row \(index)")
        }
    }

    @Test func aFinishedRowStaysAsItIsAndItsPlaceIsUsedAgain() async throws {
        let (session, pipeline) = try session(2)
        let short = try await session.join(pipeline.plan(.tiny(0, steps: 2)))
        let long = try await session.join(pipeline.plan(.tiny(1, steps: 6)))
        for _ in 0..<2 { _ = try await session.advance() }
        let finished = try await session.latent(short, at: 0)
        #expect(try await session.advance().map(\.row) == [long])
        #expect(try await session.latent(short, at: 0) == finished)

        _ = try await session.finish(short)
        let third = try await session.join(pipeline.plan(.tiny(0, steps: 6, seed: 3)))
        #expect(third != short)
        while session.hasWork { _ = try await session.advance() }
        let alone = try await DenoisingSession.lastLatent(.tiny(0, steps: 6, seed: 3), on: pipeline)
        #expect(TinyModel.distance(try await session.latent(third, at: 0), alone) < Self.tolerance)
        let other = try await DenoisingSession.lastLatent(.tiny(1, steps: 6), on: pipeline)
        #expect(TinyModel.distance(try await session.latent(long, at: 1), other) < Self.tolerance)
    }

    @Test func theSameSeedGivesTheSamePictureAndAnotherSeedAnother() async throws {
        let (_, pipeline) = try session(1)
        func picture(_ request: PictureRequest) async throws -> Picture? {
            var drawn: Picture?
            try await pipeline.draw(
                [pipeline.plan(request)], size: pipeline.sizes.size(width: 64, height: 64)
            ) { drawn = $1 }
            return drawn
        }
        for request in Self.mixture {
            let first = try #require(try await picture(request))
            #expect(try await picture(request) == first)
            var other = request
            other.seed += 1
            #expect(try await picture(other) != first)
        }
    }

    @Test func promptNegativePromptAndGuidanceAreHeard() async throws {
        let (_, pipeline) = try session(1)
        let request = PictureRequest.tiny(0)
        let latent = try await DenoisingSession.lastLatent(request, on: pipeline)
        func distance(_ change: (inout PictureRequest) -> Void) async throws -> Float {
            var changed = request
            change(&changed)
            return TinyModel.distance(try await DenoisingSession.lastLatent(changed, on: pipeline), latent)
        }
        #expect(try await distance { $0.prompt = TinyModel.prompts[1] } > 1e-3)
        #expect(try await distance { $0.negativePrompt = "snow" } > 1e-3)
        #expect(try await distance { $0.guidanceScale = 2 } > 1e-3)
        #expect(try await distance { $0.guidanceScale = 5 } == 0)
    }

    @Test func guidanceOfOneIsTheSameWithAndWithoutGuidedNeighbours() async throws {
        let (session, pipeline) = try session(2)
        let row = try await session.join(pipeline.plan(.tiny(0, guidance: 1, seed: 4)))
        _ = try await session.join(pipeline.plan(.tiny(1, guidance: 8, seed: 5)))
        while session.hasWork { _ = try await session.advance() }
        let alone = try await DenoisingSession.lastLatent(.tiny(0, guidance: 0, seed: 4), on: pipeline)
        #expect(TinyModel.distance(try await session.latent(row, at: 0), alone) < Self.tolerance)
    }

    @Test func cancellationEndsBeforeAStepAndLeavesTheSessionWhole() async throws {
        let pipeline = try TinyModel.exact.get()
        let task = Task {
            let session = try pipeline.session(
                size: pipeline.sizes.size(width: 64, height: 64), capacity: 1)
            let row = try await session.join(pipeline.plan(.tiny(0)))
            _ = try await session.advance()
            let before = try await session.latent(row, at: 0)
            withUnsafeCurrentTask { $0?.cancel() }
            await #expect(throws: CancellationError.self) { try await session.advance() }
            return try await (before, session.latent(row, at: 0))
        }
        let (before, after) = try await task.value
        #expect(before == after)
    }

    @Test func previewsShowTheGuessAndChangeNothing() async throws {
        let (session, pipeline) = try session(1)
        let row = try await session.join(pipeline.plan(.tiny(0)))
        #expect(try await session.preview(row) == nil)
        for _ in 0..<5 { _ = try await session.advance() }
        _ = try #require(try await session.preview(row))
        _ = try await session.advance()
        #expect(
            try await session.latent(row, at: 0)
                == DenoisingSession.lastLatent(.tiny(0), on: pipeline, capacity: 1))
        // DDIM's last step goes almost all the way to the guess.
        let preview = try #require(try await session.preview(row))
        let drawn = try await session.finish(row)
        let differences = zip(preview.bytes, drawn.bytes).map { abs(Int($0) - Int($1)) }
        #expect(differences.reduce(0, +) < 8 * differences.count)
    }

    @Test func aPhotoKeepsItsCompositionTheMoreTheLessIsDrawn() async throws {
        let pipeline = try TinyModel.exact.get()
        let size = try pipeline.sizes.size(width: 64, height: 64)
        // Bright above, dark below, of other proportions than the drawing.
        let photo = Picture(
            width: 200, height: 100,
            bytes: (0..<100).flatMap { row in [UInt8](repeating: row < 50 ? 230 : 20, count: 600) })
        let encoded = try await pipeline.latent(of: photo, size: size).elements(as: Float.self)
        func distance(strength: Double) async throws -> Float {
            var request = PictureRequest.tiny(0, steps: 20, guidance: 1)
            request.photo = .init(photo, strength: strength)
            return TinyModel.distance(
                try await DenoisingSession.lastLatent(request, on: pipeline), encoded)
        }
        let (little, half) = (try await distance(strength: 0.1), try await distance(strength: 0.5))
        let all = try await distance(strength: 1)
        #expect(4 * little < all)
        #expect(little < half && half < all)
    }

    @Test func aSessionRefusesWhatItCannotDo() async throws {
        let (session, pipeline) = try session(1)
        let row = try await session.join(pipeline.plan(.tiny(0)))
        await refusal(.sessionFull) { _ = try await session.join(pipeline.plan(.tiny(1))) }
        await refusal(.invalidRow) { _ = try await session.finish(row) }
        session.leave(row)
        session.leave(row)
        await refusal(.invalidRow) { _ = try await session.preview(row) }
        #expect(session.freeRowCount == 1)
        #expect(try await session.advance().isEmpty)
        for capacity in [-1, 0, 65, .max] {
            #expect(throws: PipelineError.self) {
                try pipeline.session(size: session.size, capacity: capacity)
            }
        }
    }

    private func refusal(
        _ code: PipelineError.Code, sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () async throws -> Void
    ) async {
        do {
            try await body()
            Issue.record("nothing was refused", sourceLocation: sourceLocation)
        } catch {
            #expect((error as? PipelineError)?.code == code, sourceLocation: sourceLocation)
        }
    }
}
