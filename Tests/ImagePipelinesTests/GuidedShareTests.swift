import DiffusionModels
import Samplers
import Testing
import Tokenizers

@testable import ImagePipelines

/// Guidance that ends after a part of the steps, and sessions that change their number of rows.
@Suite(.enabled(if: TinyModel.hasDevice, "needs the CPU plugin: make setup"), .serialized)
struct GuidedShareTests {
    private static let tolerance = DenoisingSessionTests.tolerance

    private func request(_ index: Int, steps: Int, share: Double, seed: UInt64) -> PictureRequest {
        var request = PictureRequest.tiny(index, steps: steps, guidance: 6, seed: seed)
        request.guidedShare = share
        return request
    }

    private func session(_ capacity: Int) throws -> (DenoisingSession, TextToImagePipeline) {
        let pipeline = try TinyModel.exact.get()
        return (
            try pipeline.session(size: pipeline.sizes.size(width: 64, height: 64), capacity: capacity),
            pipeline
        )
    }

    @Test("A share of guided steps lies between guiding all of them and none")
    func share() async throws {
        let (_, pipeline) = try session(1)
        func latent(_ share: Double) async throws -> [Float] {
            try await DenoisingSession.lastLatent(request(0, steps: 6, share: share, seed: 2), on: pipeline)
        }
        let (none, half, all) = try await (latent(0), latent(0.5), latent(1))
        let plain = try await DenoisingSession.lastLatent(.tiny(0, guidance: 1, seed: 2), on: pipeline)
        let usual = try await DenoisingSession.lastLatent(.tiny(0, guidance: 6, seed: 2), on: pipeline)
        #expect(none == plain)
        #expect(all == usual)
        #expect(TinyModel.distance(half, all) > 1e-3)
        #expect(TinyModel.distance(half, none) > 1e-3)
    }

    @Test("Rows whose guidance ends at different steps are drawn as if alone")
    func mixed() async throws {
        let (session, pipeline) = try session(4)
        let requests = [
            request(0, steps: 6, share: 0.5, seed: 3), request(1, steps: 5, share: 0.8, seed: 4),
            request(0, steps: 7, share: 1, seed: 5), request(1, steps: 4, share: 0, seed: 6),
        ]
        var rows: [DenoisingSession.Row] = []
        var evaluations: [Int] = []
        while rows.count < requests.count || session.hasWork {
            if rows.count < requests.count {
                rows.append(try await session.join(pipeline.plan(requests[rows.count])))
            }
            evaluations.append(session.evaluationCount)
            _ = try await session.advance()
        }
        // Where some need guidance and others do not, half of the rows have it; the third is guided to its end.
        #expect(evaluations == [8, 8, 8, 6, 6, 6, 6, 8, 8])
        for (index, request) in requests.enumerated() {
            let alone = try await DenoisingSession.lastLatent(request, on: pipeline)
            #expect(
                try await TinyModel.distance(session.latent(rows[index], at: index), alone) < Self.tolerance,
                "row \(index)")
        }
    }

    @Test("Rows are computed twice where they need it, and as few others as programs allow", arguments: 1...9)
    func slots(rows: Int) {
        for pattern in 0..<(1 << rows) {
            let guided = (0..<rows).filter { pattern >> $0 & 1 == 1 }
            let others = (0..<rows).filter { pattern >> $0 & 1 == 0 }
            let guidance = StepGuidance(guided: guided, unguided: others, rows: rows)
            #expect(Set(guided).isSubset(of: guidance.slots))
            #expect(StepGuidance.sizes(of: rows).contains(guidance.slots.count))
            #expect(guidance.slots.count == StepGuidance.computed(guided.count, of: rows))
            #expect(guidance.evaluationCount == rows + guidance.slots.count)
            for (place, answer) in guidance.answers.enumerated() {
                let slot = guidance.slots.firstIndex(of: place) ?? -1
                #expect(Int(answer) == (guided.contains(place) ? slot : guidance.slots.count + place))
            }
            // Where nobody moves without guidance, the whole program serves, which is always there.
            let alone = StepGuidance(guided: guided, unguided: [], rows: rows)
            #expect(alone.slots.count == (guided.isEmpty ? 0 : rows))
        }
    }

    @Test("All that a mixed batch runs is compiled ahead")
    func preparedAhead() async throws {
        let pipeline = try TextToImagePipeline(
            folder: ModelFolder(path: "\(TinyModel.folder)/model"), compiler: TinyModel.compiler(),
            policy: .reference)
        let size = try pipeline.sizes.size(width: 64, height: 64)
        try pipeline.prepare(size: size, capacity: 4, readsPhotos: false, readsWeights: true)
        let before = pipeline.programs.compilationCount.withLock { $0 }
        let session = try pipeline.session(size: size, capacity: 4)
        for (index, share) in [0.5, 0.2, 1, 0].enumerated() {
            _ = try await session.join(
                pipeline.plan(request(index % 2, steps: 5, share: share, seed: UInt64(index))))
        }
        var evaluations: Set<Int> = []
        while session.hasWork {
            evaluations.insert(session.evaluationCount)
            _ = try await session.advance()
        }
        #expect(evaluations == [6, 8])
        #expect(pipeline.programs.compilationCount.withLock { $0 } == before)
    }

    @Test("A session that grows and shrinks between steps draws what one of a fixed size draws")
    func resizing() async throws {
        let (session, pipeline) = try session(1)
        var ancestral = request(1, steps: 7, share: 0.5, seed: 8)
        ancestral.solver = .eulerAncestral
        var multistep = request(0, steps: 8, share: 1, seed: 9)
        multistep.solver = .dpmSolverPlusPlus
        let requests = [request(0, steps: 3, share: 1, seed: 7), ancestral, multistep]
        var rows = [try await session.join(pipeline.plan(requests[0]))]
        _ = try await session.advance()
        try await session.resize(to: 4)
        for request in requests.dropFirst() { rows.append(try await session.join(pipeline.plan(request))) }
        #expect(session.capacity == 4 && session.freeRowCount == 1)
        for _ in 0..<2 { _ = try await session.advance() }
        let first = try await session.latent(rows[0], at: 0)
        _ = try await session.finish(rows[0])
        try await session.resize(to: 2)
        #expect(session.freeRowCount == 0)
        // DPM-Solver++ needs the guess of the step before, which must have moved with its row.
        while session.hasWork { _ = try await session.advance() }
        let drawn = [
            first, try await session.latent(rows[1], at: 0), try await session.latent(rows[2], at: 1),
        ]
        for (index, request) in requests.enumerated() {
            let alone = try await DenoisingSession.lastLatent(request, on: pipeline)
            #expect(TinyModel.distance(drawn[index], alone) < Self.tolerance, "row \(index)")
        }
    }

    @Test("A session refuses to become smaller than its pictures, and goes on")
    func tooSmall() async throws {
        let (session, pipeline) = try session(2)
        for seed in UInt64(1)...2 {
            _ = try await session.join(pipeline.plan(request(0, steps: 2, share: 1, seed: seed)))
        }
        for capacity in [1, 0, 65] {
            await #expect(throws: PipelineError.self) { try await session.resize(to: capacity) }
        }
        #expect(session.capacity == 2)
        while session.hasWork { _ = try await session.advance() }
    }

    @Test(
        "The first steps are guided, to the nearest number",
        arguments: [(10, 0.8, 8), (5, 0.5, 3), (7, 0, 0), (7, 1, 7), (1, 0.4, 0), (30, 0.55, 17)])
    func counts(steps: Int, share: Double, guided: Int) throws {
        let (_, pipeline) = try session(1)
        let plan = try pipeline.plan(request(0, steps: steps, share: share, seed: 1))
        #expect(plan.guidedStepCount == guided)
        #expect(plan.isGuided == (guided > 0))
    }

    @Test("A share beyond its range is refused", arguments: [-0.1, 1.1, .nan, .infinity])
    func refused(share: Double) throws {
        let (_, pipeline) = try session(1)
        let error = #expect(throws: PipelineError.self) {
            try pipeline.plan(request(0, steps: 5, share: share, seed: 1))
        }
        #expect(error?.code == .invalidSetting)
    }
}
