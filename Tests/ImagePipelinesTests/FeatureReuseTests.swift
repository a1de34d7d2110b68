import PJRT
import Samplers
import Tensors
import Testing

@testable import ImagePipelines

/// Steps that take over the features of inner levels from the step before.
@Suite(.enabled(if: TinyModel.hasDevice, "needs the CPU plugin: make setup"), .serialized)
struct FeatureReuseTests {
    private static let tolerance = DenoisingSessionTests.tolerance

    private func request(_ index: Int, steps: Int, interval: Int, seed: UInt64) -> PictureRequest {
        var request = PictureRequest.tiny(index, steps: steps, guidance: 6, seed: seed)
        request.featureInterval = interval
        return request
    }

    private func session(_ capacity: Int) throws -> (DenoisingSession, TextToImagePipeline) {
        let pipeline = try TinyModel.exact.get()
        return (
            try pipeline.session(size: pipeline.sizes.size(width: 64, height: 64), capacity: capacity),
            pipeline
        )
    }

    @Test("One picture is computed whole every so many steps", arguments: [1, 2, 3, 5])
    func alone(interval: Int) async throws {
        let (session, pipeline) = try session(1)
        _ = try await session.join(pipeline.plan(request(0, steps: 7, interval: interval, seed: 2)))
        var reused: [Bool] = []
        while session.hasWork {
            reused.append(session.reusesFeatures)
            _ = try await session.advance()
        }
        #expect(reused == (0..<7).map { $0 % interval != 0 })
    }

    /// The outermost level around features of the very same step is the whole network.
    @Test(
        "Around its own features the outermost level gives what the whole network gives",
        arguments: [false, true])
    func sameInput(isGuided: Bool) async throws {
        let pipeline = try TinyModel.exact.get()
        let client = pipeline.programs.compiler.client
        let size = try pipeline.sizes.size(width: 64, height: 64)
        let shape: Shape = [2, size.latentHeight, size.latentWidth, pipeline.folder.unet.inputChannels]
        let noise = NoiseGenerator(seed: 3).normals(count: shape.elementCount)
        let plan = try pipeline.plan(request(0, steps: 4, interval: 2, seed: 3))
        let numbers = StepNumbers(plan.solverPlan.steps[1], guidanceScale: 6).values
        let context = try await pipeline.context(of: plan.prompt)
        func results(_ features: StepProgram.FeatureUse?, _ kept: [Buffer] = []) async throws -> [Buffer] {
            let program = try pipeline.programs.program(
                .step(
                    StepProgram(
                        rows: 2, latentHeight: size.latentHeight, latentWidth: size.latentWidth,
                        tokens: pipeline.tokenCount, guidedRows: isGuided ? 2 : 0, features: features)))
            let rowShape = Array(context.shape.dimensions.dropFirst())
            let contexts = HostTensor.batch(
                Array(repeating: context, count: isGuided ? 4 : 2), rowShape: rowShape)
            let latent = HostTensor(noise, shape: shape)
            return try program(
                [
                    client.buffer(from: latent), client.buffer(from: latent), client.buffer(from: latent),
                    client.buffer(from: contexts),
                    client.buffer(from: HostTensor(numbers + numbers, shape: [2, StepNumbers.count])),
                ] + kept)
        }
        let whole = try await results(nil)[0].hostTensor().elements(as: Float.self)
        let keeping = try await results(.keeping)
        let kept = try await keeping[0].hostTensor().elements(as: Float.self)
        let reused = try await results(.reusing, [keeping[2]])[0].hostTensor().elements(as: Float.self)
        #expect(TinyModel.distance(kept, whole) < 1e-5)
        #expect(TinyModel.distance(reused, whole) < 1e-5)
    }

    @Test("A picture with features reused is near the whole one, and not it")
    func near() async throws {
        let (_, pipeline) = try session(1)
        func latent(_ interval: Int) async throws -> [Float] {
            try await DenoisingSession.lastLatent(
                request(0, steps: 8, interval: interval, seed: 4), on: pipeline)
        }
        let (whole, reused, again) = try await (latent(1), latent(2), latent(2))
        #expect(reused == again)
        let distance = TinyModel.distance(reused, whole)
        #expect(distance > 1e-5 && distance < 0.3, "\(distance)")
    }

    @Test("A batch reuses only where all of its pictures allow it, and never what a newcomer does not have")
    func batches() async throws {
        let (session, pipeline) = try session(4)
        _ = try await session.join(pipeline.plan(request(0, steps: 12, interval: 2, seed: 5)))
        func step() async throws -> Bool {
            let isReused = session.reusesFeatures
            _ = try await session.advance()
            return isReused
        }
        #expect(try await [step(), step(), step()] == [false, true, false])
        // The newcomer's features are not there yet: the step that would have reused is whole, for both.
        _ = try await session.join(pipeline.plan(request(1, steps: 12, interval: 3, seed: 6)))
        #expect(try await [step(), step(), step()] == [false, true, false])
        let strict = try await session.join(pipeline.plan(request(0, steps: 6, interval: 1, seed: 7)))
        #expect(try await [step(), step()] == [false, false])
        session.leave(strict)
        #expect(try await [step(), step()] == [false, true])
        try await session.resize(to: 2)
        #expect(try await step() == false)
    }

    @Test("Beside others, a picture that allows no reuse is drawn as if alone")
    func strict() async throws {
        let (session, pipeline) = try session(2)
        let plan = request(0, steps: 6, interval: 1, seed: 8)
        let row = try await session.join(pipeline.plan(plan))
        _ = try await session.join(pipeline.plan(request(1, steps: 9, interval: 2, seed: 9)))
        for _ in 0..<6 { _ = try await session.advance() }
        let alone = try await DenoisingSession.lastLatent(plan, on: pipeline)
        #expect(try await TinyModel.distance(session.latent(row, at: 0), alone) < Self.tolerance)
    }

    @Test("Where guidance ends, nothing is reused that was guided")
    func guidanceEnds() async throws {
        let (session, pipeline) = try session(1)
        var request = request(0, steps: 6, interval: 2, seed: 10)
        request.guidedShare = 0.5
        _ = try await session.join(pipeline.plan(request))
        var reused: [Bool] = []
        while session.hasWork {
            reused.append(session.reusesFeatures)
            _ = try await session.advance()
        }
        #expect(reused == [false, true, false, false, true, false])
    }

    @Test(
        "Where guidance ends for one of two, features are reused once more for both, and then computed for those that need them"
    )
    func guidanceEndsForOne() async throws {
        let (session, pipeline) = try session(2)
        var short = request(0, steps: 8, interval: 2, seed: 12)
        short.guidedShare = 0.375
        let other = request(1, steps: 8, interval: 2, seed: 13)
        _ = try await session.join(pipeline.plan(short))
        let row = try await session.join(pipeline.plan(other))
        var steps: [(Int, Bool)] = []
        while session.hasWork {
            steps.append((session.evaluationCount, session.reusesFeatures))
            _ = try await session.advance()
        }
        #expect(steps.map(\.0) == [4, 4, 4, 4, 3, 3, 3, 3])
        #expect(steps.map(\.1) == [false, true, false, true, false, true, false, true])
        let alone = try await DenoisingSession.lastLatent(other, on: pipeline, capacity: 1)
        #expect(try await TinyModel.distance(session.latent(row, at: 1), alone) < Self.tolerance)
    }

    @Test("An interval out of range is refused", arguments: [0, -1, 6])
    func refused(interval: Int) throws {
        let pipeline = try TinyModel.exact.get()
        #expect(throws: PipelineError.self) {
            try pipeline.plan(request(0, steps: 6, interval: interval, seed: 11))
        }
    }
}
