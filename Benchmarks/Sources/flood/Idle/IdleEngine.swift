import Images
import Painter
import Serving
import Stores
import Worker

/// A device that is done before it begins: what is left is what the service itself costs.
final class IdleEngine: StepEngine {
    struct Plan: DrawingPlan {
        let stepCount = 1
        let guidedStepCount = 1
        let promptTokens = 12
        let drawnArea: PictureMask? = nil
    }

    let models: Set<String> = [shape.model]
    /// What every job gets: a painted picture, for one of a single colour would be encoded in no time.
    private let picture: Picture

    static let shape = PictureShape(model: "hanji", width: 128, height: 128)

    init() throws {
        let painting = try Scene(seed: 20_000_000).paint(size: Self.shape.width)
        picture = Picture(width: Self.shape.width, height: Self.shape.height, bytes: painting.pixels)
    }

    func plan(_ instructions: PictureInstructions) -> Plan { Plan() }
    func prepare(_ shape: PictureShape, capacity: Int) {}
    func openBatch(of shape: PictureShape, capacity: Int) -> Batch {
        Batch(picture: picture, capacity: capacity)
    }
    func judge(_ error: any Error) -> EngineFailure {
        EngineFailure(
            JobFailure(code: "device_failed", message: "The device that draws nothing has failed."),
            mayRetry: false, losesBatch: true)
    }

    final class Batch: StepBatch {
        private let picture: Picture
        private(set) var capacity: Int
        private var rows = 0
        private var nextRow = 0

        init(picture: Picture, capacity: Int) {
            self.picture = picture
            self.capacity = capacity
        }

        var evaluationCount: Int { capacity }

        nonisolated(nonsending) func join(_ plan: Plan) async throws -> Int {
            nextRow += 1
            rows += 1
            return nextRow
        }

        func leave(_ row: Int) { rows -= 1 }
        nonisolated(nonsending) func resize(to capacity: Int) async throws { self.capacity = capacity }
        nonisolated(nonsending) func advance() async throws {}
        nonisolated(nonsending) func preview(_ row: Int) async throws -> Picture? { nil }
        nonisolated(nonsending) func finish(_ row: Int) async throws -> Picture {
            rows -= 1
            return picture
        }
    }
}
