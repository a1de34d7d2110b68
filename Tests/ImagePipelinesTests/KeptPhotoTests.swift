import Images
import Samplers
import Testing

@testable import ImagePipelines

/// Photos that are drawn anew inside a mask alone.
@Suite(.enabled(if: TinyModel.hasDevice, "needs the CPU plugin: make setup"), .serialized)
struct KeptPhotoTests {
    /// Of the drawing's proportions and twice its size, no two parts alike.
    private static let photo = Picture(
        width: 128, height: 128,
        bytes: (0..<16_384).flatMap { (pixel: Int) -> [UInt8] in
            [UInt8(pixel % 128 * 2), UInt8(pixel / 128 * 2), UInt8(pixel % 97)]
        })
    /// The right half.
    private static let half = PictureMask(
        width: 128, height: 128, isDrawn: (0..<128 * 128).map { $0 % 128 >= 64 })

    private func request(_ solver: Solver, strength: Double = 1, mask: PictureMask?, seed: UInt64 = 3)
        -> PictureRequest
    {
        var request = PictureRequest.tiny(0, steps: 5, guidance: 3, seed: seed)
        request.solver = solver
        request.photo = .init(Self.photo, strength: strength, mask: mask)
        return request
    }

    private func session(_ capacity: Int) throws -> (DenoisingSession, TextToImagePipeline) {
        let pipeline = try TinyModel.exact.get()
        return (
            try pipeline.session(size: pipeline.sizes.size(width: 64, height: 64), capacity: capacity),
            pipeline
        )
    }

    @Test(
        "Outside of the mask the picture and its previews are the photo to the last bit, inside something else",
        arguments: Solver.allCases, [0.6, 1.0])
    func untouched(solver: Solver, strength: Double) async throws {
        let (session, pipeline) = try session(1)
        let row = try await session.join(
            pipeline.plan(request(solver, strength: strength, mask: Self.half)))
        let fitted = try Self.photo.fitted(width: 64, height: 64)
        func check(_ picture: Picture) {
            var differing = 0
            for y in 0..<64 {
                for x in 0..<32 { #expect(picture[x: x, y: y] == fitted[x: x, y: y]) }
                for x in 34..<64 where picture[x: x, y: y] != fitted[x: x, y: y] { differing += 1 }
            }
            #expect(differing > 64 * 25)
        }
        while session.hasWork {
            _ = try await session.advance()
            if let preview = try await session.preview(row) { check(preview) }
        }
        check(try await session.finish(row))
    }

    @Test(
        "At each boundary the latent outside of the mask is the photo's with the noise the next step expects")
    func latents() async throws {
        let (session, pipeline) = try session(2)
        let plan = try pipeline.plan(request(.dpmSolverPlusPlus, mask: Self.half))
        let row = try await session.join(plan)
        let encoded = try await pipeline.latent(of: Self.photo, size: session.size).elements(as: Float.self)
        let noise = NoiseGenerator(seed: 3).normals(count: encoded.count)
        let (height, width) = (session.size.latentHeight, session.size.latentWidth)
        let channels = encoded.count / (height * width)
        for step in plan.solverPlan.steps {
            _ = try await session.advance()
            let latent = try await session.latent(row, at: 0)
            for index in encoded.indices {
                let expected =
                    Float(step.knownWeight) * encoded[index] + Float(step.knownNoiseWeight) * noise[index]
                let column = (index / channels) % width
                if column < width / 2 { #expect(abs(latent[index] - expected) < 1e-5) }
            }
        }
        let last = try await session.latent(row, at: 0)
        #expect(last != encoded)
    }

    @Test(
        "Jobs with and without masks share a batch and are drawn as if alone, also when rows move and leave")
    func shared() async throws {
        let (session, pipeline) = try session(4)
        let requests = [
            PictureRequest.tiny(1, steps: 7, seed: 4), request(.euler, mask: Self.half, seed: 5),
            request(.ddim, strength: 0.7, mask: nil, seed: 6),
            request(.eulerAncestral, strength: 0.8, mask: Self.half, seed: 7),
        ]
        var rows: [DenoisingSession.Row: Int] = [:]
        var drawn: [Int: Picture] = [:]
        var waiting = requests.indices.makeIterator()
        while drawn.count < requests.count {
            if let index = waiting.next() {
                rows[try await session.join(pipeline.plan(requests[index]))] = index
            }
            for moved in try await session.advance() where moved.isFinished {
                drawn[try #require(rows[moved.row])] = try await session.finish(moved.row)
                // The rows that are left are seated anew.
                let left = 4 - session.freeRowCount
                if left > 0, rows.count == requests.count { try await session.resize(to: max(2, left)) }
            }
        }
        for (index, request) in requests.enumerated() {
            var alone: Picture?
            try await pipeline.draw([pipeline.plan(request)], size: session.size) { alone = $1 }
            let bytes = try #require(alone).bytes
            let differences = zip(try #require(drawn[index]).bytes, bytes).map { abs(Int($0) - Int($1)) }
            #expect(differences.max() ?? .max <= 1, "row \(index)")
        }
    }

    @Test("A neighbour with a mask changes no bit of a row without one")
    func neighbour() async throws {
        func latent(besideMask: Bool) async throws -> [Float] {
            let (session, pipeline) = try session(2)
            let row = try await session.join(pipeline.plan(.tiny(1, steps: 5, guidance: 3, seed: 4)))
            _ = try await session.join(pipeline.plan(request(.ddim, mask: besideMask ? Self.half : nil)))
            while session.hasWork { _ = try await session.advance() }
            return try await session.latent(row, at: 0)
        }
        #expect(try await latent(besideMask: true) == latent(besideMask: false))
    }

    @Test("A mask of everything draws what no mask does")
    func everything() async throws {
        let (_, pipeline) = try session(1)
        let all = PictureMask(
            width: 128, height: 128, isDrawn: [Bool](repeating: true, count: 128 * 128))
        let masked = try await DenoisingSession.lastLatent(
            request(.ddim, strength: 0.6, mask: all), on: pipeline)
        let plain = try await DenoisingSession.lastLatent(
            request(.ddim, strength: 0.6, mask: nil), on: pipeline)
        #expect(masked == plain)
    }

    @Test("A mask of another size than its photo, and one that leaves nothing to draw, are refused")
    func refused() async throws {
        let (session, pipeline) = try session(1)
        let small = PictureMask(width: 2, height: 1, isDrawn: [true, false])
        let none = PictureMask(
            width: 128, height: 128, isDrawn: [Bool](repeating: false, count: 128 * 128))
        for mask in [small, none] {
            let error = #expect(throws: PipelineError.self) {
                try pipeline.plan(request(.ddim, mask: mask))
            }
            #expect(error?.code == .invalidPhoto)
        }
        // A single pixel is nothing any more at the drawing's size.
        var dot = [Bool](repeating: false, count: 128 * 128)
        dot[0] = true
        let plan = try pipeline.plan(
            request(.ddim, mask: PictureMask(width: 128, height: 128, isDrawn: dot)))
        let error = await #expect(throws: PipelineError.self) { try await session.join(plan) }
        #expect(error?.code == .invalidPhoto)
        #expect(session.freeRowCount == 1)
    }
}
