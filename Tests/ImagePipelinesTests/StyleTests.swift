import DiffusionModels
import Samplers
import Tensors
import Testing

@testable import ImagePipelines

/// Rows with styles of their own are drawn as if alone with the style worked into the weights.
@Suite(.enabled(if: TinyModel.hasDevice, "needs the CPU plugin: make setup"), .serialized)
struct StyleTests {
    /// What the issue asks is 1e-3.
    static let tolerance: Float = 1e-4

    private func request(_ index: Int, _ styles: [PictureStyle], seed: UInt64) -> PictureRequest {
        var request = PictureRequest.tiny(index, steps: 5, guidance: 4, seed: seed)
        request.styles = styles
        return request
    }

    /// Draws all side by side, each joining a step after the one before; and each alone, which merges.
    private func compare(_ requests: [PictureRequest]) async throws -> [Float] {
        let pipeline = try TinyModel.exact.get()
        let size = try pipeline.sizes.size(width: 64, height: 64)
        let session = try pipeline.session(size: size, capacity: requests.count)
        var rows: [DenoisingSession.Row] = []
        while rows.count < requests.count || session.hasWork {
            if rows.count < requests.count {
                rows.append(try await session.join(pipeline.plan(requests[rows.count])))
            }
            _ = try await session.advance()
        }
        var distances: [Float] = []
        for (index, request) in requests.enumerated() {
            let alone = try await DenoisingSession.lastLatent(request, on: pipeline, capacity: 1)
            distances.append(TinyModel.distance(try await session.latent(rows[index], at: index), alone))
        }
        return distances
    }

    @Test("four styles, none and two at once in one batch are each as alone")
    func mixture() async throws {
        let pipeline = try TinyModel.exact.get()
        let styles = try (1...4).map {
            try RandomAdapter.style("style-\($0)", for: pipeline, rank: $0 + 2, seed: UInt64($0))
        }
        let wanted: [[PictureStyle]] = [
            [PictureStyle(styles[0])], [PictureStyle(styles[1], strength: 0.5)], [],
            [PictureStyle(styles[2], strength: -1)],
            [PictureStyle(styles[3], strength: 1.5), PictureStyle(styles[0], strength: 0.25)],
        ]
        let requests = wanted.enumerated().map { request($0 % 2, $1, seed: UInt64(40 + $0)) }
        for (index, distance) in try await compare(requests).enumerated() {
            #expect(distance < Self.tolerance, "row \(index): \(distance)")
        }
        // And the styles do something.
        for (index, request) in requests.enumerated() where !request.styles.isEmpty {
            var plain = request
            plain.styles = []
            let styled = try await DenoisingSession.lastLatent(request, on: pipeline, capacity: 1)
            let without = try await DenoisingSession.lastLatent(plain, on: pipeline, capacity: 1)
            #expect(TinyModel.distance(styled, without) > 0.01, "row \(index)")
        }
    }

    @Test("styles of convolutions and of the text encoder share a batch with others")
    func reaches() async throws {
        let pipeline = try TinyModel.exact.get()
        let everything = try RandomAdapter.style(
            "everything", for: pipeline, rank: 3, seed: 7, deviation: 0.1
        ) {
            component, _ in component == .unet
        }
        let text = try RandomAdapter.style("text", for: pipeline, rank: 2, seed: 8) { component, path in
            component == .textEncoder && path.contains("layers")
        }
        let attention = try RandomAdapter.style("attention", for: pipeline, rank: 12, seed: 9)
        #expect(everything.forms[.unet] == LowRankForm(rank: 4, reach: .everything))
        #expect(text.forms == [.textEncoder: LowRankForm(rank: 4, reach: .transformers)])
        let requests = [
            request(0, [PictureStyle(everything)], seed: 1), request(1, [PictureStyle(text)], seed: 2),
            request(0, [PictureStyle(attention), PictureStyle(text, strength: 0.5)], seed: 3),
            request(1, [], seed: 4),
        ]
        for (index, distance) in try await compare(requests).enumerated() {
            #expect(distance < Self.tolerance, "row \(index): \(distance)")
        }
        var plain = requests[1]
        plain.styles = []
        let without = try await DenoisingSession.lastLatent(plain, on: pipeline, capacity: 1)
        let with = try await DenoisingSession.lastLatent(requests[1], on: pipeline, capacity: 1)
        #expect(TinyModel.distance(with, without) > 0.01)
    }

    @Test("a batch without styles runs the very program it ran before")
    func unburdened() throws {
        let pipeline = try TinyModel.exact.get()
        let step = StepProgram(rows: 2, latentHeight: 8, latentWidth: 8, tokens: 8, guidedRows: 2)
        let plain = try pipeline.programs.source(of: .step(step))
        #expect(!plain.function.arguments.contains { $0.name.hasPrefix("style") })
        var styled = step
        styled.styles = StyleSlots(count: 4, form: LowRankForm(rank: 8, reach: .attention))
        let source = try pipeline.programs.source(of: .step(styled))
        #expect(source.function.arguments.count == plain.function.arguments.count + 5)
        #expect(source.parameters == plain.parameters)
        for rows: [[PictureStyle]?] in [[], [nil, nil], [[], nil, []]] {
            guard case .plain = BatchStyling(rows) else {
                Issue.record("\(rows.count) rows without styles were given some")
                continue
            }
        }
    }

    @Test("who wants what decides between merging and low-rank paths")
    func decisions() throws {
        let pipeline = try TinyModel.exact.get()
        let (first, second) = try (
            RandomAdapter.style("first", for: pipeline, seed: 1),
            RandomAdapter.style("second", for: pipeline, seed: 2)
        )
        let (one, two) = (PictureStyle(first), PictureStyle(second, strength: 0.5))
        guard case .merged(let merged) = BatchStyling([[two, one], nil, [one, two]]) else {
            Issue.record("the same two styles in two rows were not merged")
            return
        }
        #expect(merged == [one, two])
        guard case .rowwise(let rowwise) = BatchStyling([[one], nil, [], [two, one]]) else {
            Issue.record("different rows were merged")
            return
        }
        #expect(rowwise.styles.map(\.name) == ["first", "second"])
        #expect(rowwise.slots == 4)
        #expect(rowwise.weights == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0.5, 0, 0])
        guard case .rowwise = BatchStyling([[one], [PictureStyle(first, strength: 0.9)]]) else {
            Issue.record("two strengths were merged")
            return
        }
    }

    @Test("what no picture can have is refused before anything is drawn")
    func refusals() throws {
        let pipeline = try TinyModel.exact.get()
        let style = try RandomAdapter.style("refused", for: pipeline, seed: 1)
        func plan(_ styles: [PictureStyle]) throws { _ = try pipeline.plan(request(0, styles, seed: 1)) }
        try plan([PictureStyle(style, strength: 2)])
        for styles in [
            [PictureStyle(style, strength: 2.1)], [PictureStyle(style, strength: .nan)],
            [PictureStyle(style), PictureStyle(style, strength: 0.5)],
            (0..<5).map { _ in PictureStyle(style) },
        ] {
            #expect { try plan(styles) } throws: { ($0 as? PipelineError)?.code == .invalidSetting }
        }
        #expect {
            try RandomAdapter.style("wide", for: pipeline, rank: 300, seed: 1)
        } throws: {
            ($0 as? PipelineError)?.code == .model
        }
    }

    @Test("a style that was prepared for shares programs made before it came")
    func prepared() async throws {
        let pipeline = try TextToImagePipeline(
            folder: ModelFolder(path: "\(TinyModel.folder)/model"), compiler: TinyModel.compiler(),
            policy: .reference)
        let size = try pipeline.sizes.size(width: 64, height: 64)
        try pipeline.prepareStyles(
            StyleForms([.unet: LowRankForm(rank: 16, reach: .transformers)]), size: size, capacity: 2)
        let (small, large) = try (
            RandomAdapter.style("small", for: pipeline, rank: 4, seed: 3),
            RandomAdapter.style("large", for: pipeline, rank: 12, seed: 4)
        )
        // One vector each, in the prepared form.
        let elements = try pipeline.programs.layout(LowRankForm(rank: 16, reach: .transformers), of: .unet)
            .elementCount
        #expect(small.byteCount == 4 * elements && large.byteCount == 4 * elements)
        let session = try pipeline.session(size: size, capacity: 2)
        let row = try await session.join(pipeline.plan(request(0, [PictureStyle(small)], seed: 1)))
        _ = try await session.join(pipeline.plan(request(1, [PictureStyle(large)], seed: 2)))
        while session.hasWork { _ = try await session.advance() }
        #expect(small.byteCount == 4 * elements && large.byteCount == 4 * elements)
        let alone = try await DenoisingSession.lastLatent(
            request(0, [PictureStyle(small)], seed: 1), on: pipeline, capacity: 1)
        #expect(TinyModel.distance(try await session.latent(row, at: 0), alone) < Self.tolerance)
    }

    @Test(
        "mixed styles that reuse features, and whose guidance ends at different steps, compile nothing while they are drawn"
    )
    func preparedWithFeatures() async throws {
        let pipeline = try TextToImagePipeline(
            folder: ModelFolder(path: "\(TinyModel.folder)/model"), compiler: TinyModel.compiler(),
            policy: .reference)
        let size = try pipeline.sizes.size(width: 64, height: 64)
        try pipeline.prepareStyles(
            StyleForms([.unet: LowRankForm(rank: 16, reach: .transformers)]), size: size, capacity: 2,
            reusesFeatures: true)
        let styles = try [4, 12].map {
            try RandomAdapter.style("rank \($0)", for: pipeline, rank: $0, seed: UInt64($0))
        }
        func request(_ index: Int, share: Double) -> PictureRequest {
            var request = self.request(index, [PictureStyle(styles[index])], seed: UInt64(index))
            request.featureInterval = 2
            request.guidedShare = share
            return request
        }
        let session = try pipeline.session(size: size, capacity: 2)
        _ = try await session.join(pipeline.plan(request(0, share: 1)))
        _ = try await session.join(pipeline.plan(request(1, share: 0.4)))
        // Texts are read by now; what is left are steps.
        let before = pipeline.programs.compilationCount.withLock { $0 }
        var evaluations: Set<Int> = []
        var reusedCount = 0
        for _ in 0..<4 {
            evaluations.insert(session.evaluationCount)
            reusedCount += session.reusesFeatures ? 1 : 0
            _ = try await session.advance()
        }
        // Both rows are computed twice as long as one of them is guided.
        #expect(evaluations == [4] && reusedCount == 2)
        #expect(pipeline.programs.compilationCount.withLock { $0 } == before)
    }
}
