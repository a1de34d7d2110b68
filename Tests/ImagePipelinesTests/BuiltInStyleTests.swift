import DiffusionModels
import Glibc
import NeuralNetworks
import PJRT
import Tensors
import Testing

@testable import ImagePipelines

/// Styles on the built-in model, as processors draw it.
@Suite(.enabled(if: TinyModel.hasDevice, "needs the CPU plugin: make setup"), .serialized)
struct BuiltInStyleTests {
    private static let folder =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Models/hanji"

    /// Latents in 32 bits, as a part of their largest value: what the order of sums changes.
    private static let tolerance: Float = 2e-4
    /// The mean over a picture's channels, each of 0 to 1, of the difference as processors draw, where attention rounds its
    /// operands to bf16.
    private static let pictureTolerance = 1e-3

    @Test(
        "Four styles in one batch are each as alone with merged weights",
        .enabled(if: access(folder + "/model_index.json", R_OK) == 0, "needs the built-in model"))
    func exactly() async throws {
        let pipeline = try pipeline(.reference)
        let requests = try requests(pipeline)
        let session = try await session(requests, pipeline)
        while session.0.hasWork { _ = try await session.0.advance() }
        for (index, request) in requests.enumerated() {
            let alone = try await latent(request, pipeline)
            let distance = TinyModel.distance(try await session.0.latent(session.1[index], at: index), alone)
            #expect(distance < Self.tolerance, "row \(index): \(distance)")
            var plain = request
            plain.styles = []
            let without = TinyModel.distance(try await latent(plain, pipeline), alone)
            #expect(without > 0.01, "row \(index) is hardly changed: \(without)")
        }
    }

    @Test(
        "As processors draw them, the pictures differ by less than a thousandth",
        .enabled(if: access(folder + "/model_index.json", R_OK) == 0, "needs the built-in model"))
    func asDrawn() async throws {
        let pipeline = try pipeline(.cpuInference)
        let requests = try requests(pipeline)
        let session = try await session(requests, pipeline)
        while session.0.hasWork { _ = try await session.0.advance() }
        for (index, request) in requests.enumerated() {
            let drawn = try await session.0.finish(session.1[index])
            let alone = try await self.session([request], pipeline)
            while alone.0.hasWork { _ = try await alone.0.advance() }
            let expected = try await alone.0.finish(alone.1[0])
            let sum = zip(drawn.bytes, expected.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
            let difference = Double(sum) / Double(255 * drawn.bytes.count)
            #expect(difference < Self.pictureTolerance, "row \(index): \(difference)")
        }
    }

    private func pipeline(_ policy: ComputePolicy) throws -> TextToImagePipeline {
        try TextToImagePipeline(
            folder: ModelFolder(path: Self.folder), compiler: TinyModel.compiler(), policy: policy)
    }

    private func requests(_ pipeline: TextToImagePipeline) throws -> [PictureRequest] {
        try (1...4).map { number in
            let style = try RandomAdapter.style(
                "style-\(number)", for: pipeline, rank: 8, seed: UInt64(number), deviation: 0.12)
            var request = PictureRequest(prompt: "노을 속 바닷가의 소녀, 수채화", seed: UInt64(70 + number))
            (request.stepCount, request.solver, request.guidanceScale) = (8, .ddim, 5)
            request.styles = [PictureStyle(style, strength: 1.2 - 0.2 * Double(number))]
            return request
        }
    }

    private func session(
        _ requests: [PictureRequest], _ pipeline: TextToImagePipeline
    ) async throws -> (DenoisingSession, [DenoisingSession.Row]) {
        let session = try pipeline.session(size: pipeline.usualSize, capacity: requests.count)
        var rows: [DenoisingSession.Row] = []
        for request in requests { rows.append(try await session.join(pipeline.plan(request))) }
        return (session, rows)
    }

    private func latent(_ request: PictureRequest, _ pipeline: TextToImagePipeline) async throws -> [Float] {
        let (session, rows) = try await session([request], pipeline)
        while session.hasWork { _ = try await session.advance() }
        return try await session.latent(rows[0], at: 0)
    }
}
