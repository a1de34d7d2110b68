import DiffusionModels
import Glibc
import ImagePipelines
import Images
import NeuralNetworks
import PJRT
import Samplers
import Serving
import Stores
import TestSupport
import Testing

@testable import Worker

/// The worker with the small random model that the pipelines are tested with, on the CPU plugin.
@Suite(.enabled(if: TinyPipeline.hasDevice, "needs the CPU plugin: make setup"), .serialized)
struct PipelineWorkerTests {
    /// Orders that share nothing but their size.
    private static func mixture() -> [DrawingOrder] {
        let shape = PictureShape(model: "hanji", width: 64, height: 64)
        let recipes = [
            TierRecipe(steps: 8, solver: .ddim),
            TierRecipe(steps: 5, solver: .eulerAncestral, guidedShare: 0.6),
            TierRecipe(steps: 10, solver: .dpmSolverPlusPlus, guidedShare: 0.5),
            TierRecipe(steps: 4, solver: .euler, guidedShare: 0),
        ]
        return recipes.enumerated().map { index, recipe in
            var order = DrawingOrder(
                prompt: index % 2 == 0 ? "노을 속 바닷가의 소녀" : "A fox in the snowy village at midnight",
                shape: shape, seeds: [UInt64(40 + index)])
            order.negativePrompt = index == 0 ? "blurry" : ""
            order.guidanceScale = [5, 3, 9, 4][index]
            order.ownRecipe = recipe
            return order
        }
    }

    /// The same picture, drawn by the pipeline alone.
    private func alone(_ order: DrawingOrder, photo: Picture? = nil) async throws -> Picture {
        let pipeline = try TinyPipeline.pipeline.get()
        let recipe = try #require(order.ownRecipe)
        var request = PictureRequest(prompt: order.prompt, seed: order.seeds[0])
        request.negativePrompt = order.negativePrompt
        request.stepCount = recipe.steps
        request.solver = Solver(rawValue: recipe.solver.rawValue)
        request.guidanceScale = order.guidanceScale ?? 5
        request.guidedShare = recipe.guidedShare
        if let photo, let strength = order.photo?.strength {
            request.photo = .init(photo, strength: strength)
        }
        var drawn: Picture?
        try await pipeline.draw(
            [pipeline.plan(request)], size: pipeline.sizes.size(width: 64, height: 64)
        ) { drawn = $1 }
        return try #require(drawn)
    }

    /// The largest difference of two pictures, in levels of 255; within 1e-3 is none but for rounding.
    private func distance(_ left: Picture, _ right: Picture) -> Int {
        zip(left.bytes, right.bytes).map { abs(Int($0) - Int($1)) }.max() ?? .max
    }

    private func withTinyFloor(_ body: (Floor<PipelineEngine>) async throws -> Void) async throws {
        try await withDataFolder { folder in
            let clock = ManualClock()
            let settings = WorkerSettings(
                name: "worker", usualShape: PictureShape(model: "hanji", width: 64, height: 64))
            let engine = PipelineEngine(["hanji": try TinyPipeline.pipeline.get()])
            let floor = try Floor(folder, clock, engine, settings: settings, store: StoreSettings())
            try await body(floor)
            try floor.store.close()
        }
    }

    @Test("Jobs of different steps, prompts, guidance and solvers share a batch and are drawn as if alone")
    func mixedBatch() async throws {
        try await withTinyFloor { floor in
            let orders = Self.mixture()
            var requests: [NewRequest] = []
            for order in orders { requests.append(try await floor.accept(order)) }
            try await floor.running(floor.worker()) {
                for request in requests {
                    try await eventually("done") { try await floor.jobs(request)[0].state == .done }
                }
            }
            for (order, request) in zip(orders, requests) {
                let drawn = try await floor.picture(floor.jobs(request)[0].picture)
                #expect(try await distance(drawn, alone(order)) <= 1)
            }
            let steps = floor.observer.notes.withLock { $0.steps }
            // On a busy machine the device may begin before the last of them is prepared.
            #expect(steps.contains { $0.rows == 4 && $0.capacity == 4 && $0.evaluations == 8 })
            #expect((10...13).contains(steps.count))
            // Shorter ones leave, and the batch shrinks with them.
            #expect(steps.last?.rows == 1 && steps.last?.capacity == 1)
            #expect(steps.last?.evaluations == 1)
        }
    }

    @Test("Jobs that join while others are drawn change nobody's picture")
    func joiningLater() async throws {
        try await withTinyFloor { floor in
            let orders = Self.mixture()
            var requests: [NewRequest] = []
            try await floor.running(floor.worker()) {
                for order in orders {
                    let stepCount = floor.observer.notes.withLock { $0.steps.count }
                    requests.append(try await floor.accept(order))
                    try await eventually("a step") {
                        floor.observer.notes.withLock { $0.steps.count } > stepCount
                    }
                }
                for request in requests {
                    try await eventually("done") { try await floor.jobs(request)[0].state == .done }
                }
            }
            for (order, request) in zip(orders, requests) {
                let drawn = try await floor.picture(floor.jobs(request)[0].picture)
                #expect(try await distance(drawn, alone(order)) <= 1)
            }
        }
    }

    @Test("A photo is begun with, as the pipeline does, in the format that was asked for")
    func photo() async throws {
        try await withTinyFloor { floor in
            // Darker from row to row.
            let rows = (0..<64).map { row in [UInt8](repeating: UInt8(255 - 3 * row), count: 240) }
            let photo = Picture(width: 80, height: 64, bytes: Array(rows.joined()))
            var generator = SeededGenerator(seed: 5)
            let id = PictureIdentifier(at: floor.clock.now, using: &generator)
            let written = try await floor.store.write(
                photo.encoded(as: .png()), as: id, mediaType: "image/png", until: nil)
            _ = try await floor.store.keep(
                written, as: .upload, of: Floor<PipelineEngine>.caller, request: nil, at: floor.clock.now)
            var order = Self.mixture()[0]
            order.photo = .init(id, strength: 0.5)
            let request = try await floor.accept(order)
            order.output = .init(.webp, quality: 80)
            let compressed = try await floor.accept(order)
            try await floor.running(floor.worker()) {
                for request in [request, compressed] {
                    try await eventually("done") { try await floor.jobs(request)[0].state == .done }
                }
            }
            let job = try await floor.jobs(request)[0]
            #expect(try await distance(floor.picture(job.picture), alone(order, photo: photo)) <= 1)
            let picture = try #require(try await floor.jobs(compressed)[0].picture)
            let found = try await floor.store.picture(picture, for: .service, at: floor.clock.now)
            let record = try #require(found)
            #expect(record.mediaType == "image/webp")
            #expect(try await PictureFormat(magicOf: floor.store.open(record).collect()) == .webp)
        }
    }

    @Test(
        "A masked photo is drawn beside one without a mask; a mask of another size than its photo fails its job"
    )
    func mask() async throws {
        try await withTinyFloor { floor in
            let photo = Picture(width: 1, height: 1, filledWith: .init(red: 200, green: 30, blue: 90))
            // One transparent pixel is a mask of everything; what is kept is tested where pictures are drawn.
            var names: [PictureIdentifier] = []
            for (seed, bytes) in zip(UInt64(5)..., [try photo.encoded(as: .png()), transparentPixel]) {
                var generator = SeededGenerator(seed: seed)
                let id = PictureIdentifier(at: floor.clock.now, using: &generator)
                let written = try await floor.store.write(bytes, as: id, mediaType: "image/png", until: nil)
                _ = try await floor.store.keep(
                    written, as: .upload, of: Floor<PipelineEngine>.caller, request: nil, at: floor.clock.now)
                names.append(id)
            }
            var order = Self.mixture()[0]
            order.photo = .init(names[0], strength: 0.5)
            let plain = try await floor.accept(order)
            order.photo?.mask = names[1]
            let masked = try await floor.accept(order)
            try await floor.running(floor.worker()) {
                for request in [plain, masked] {
                    try await eventually("done") { try await floor.jobs(request)[0].state == .done }
                }
            }
            let pictures = try await (
                floor.picture(floor.jobs(plain)[0].picture), floor.picture(floor.jobs(masked)[0].picture)
            )
            #expect(distance(pictures.0, pictures.1) <= 1)
            // A mask that fits another photo fails its job with the reason.
            let wide = Picture(width: 2, height: 1, filledWith: .black)
            var generator = SeededGenerator(seed: 9)
            let id = PictureIdentifier(at: floor.clock.now, using: &generator)
            let written = try await floor.store.write(
                wide.encoded(as: .png()), as: id, mediaType: "image/png", until: nil)
            _ = try await floor.store.keep(
                written, as: .upload, of: Floor<PipelineEngine>.caller, request: nil, at: floor.clock.now)
            order.photo?.picture = id
            let unfit = try await floor.accept(order)
            try await floor.running(floor.worker()) {
                try await eventually("failed") { try await floor.jobs(unfit)[0].state == .failed }
            }
            let failure = try #require(try await floor.jobs(unfit)[0].failure)
            #expect(failure.code == "invalid_request" && failure.message.contains("2x1"))
        }
    }

    @Test("A size that the model does not have fails the job with the pipeline's reason")
    func refused() async throws {
        try await withTinyFloor { floor in
            let odd = PictureShape(model: "hanji", width: 65, height: 64)
            let size = try await floor.accept(DrawingOrder(prompt: "a fox", shape: odd, seeds: [1]))
            try await floor.running(floor.worker()) {
                try await eventually("failed") { try await floor.jobs(size)[0].state == .failed }
            }
            let failure = try #require(try await floor.jobs(size)[0].failure)
            #expect(failure.code == "invalid_request")
            #expect(failure.message.contains("65x64") && !failure.message.contains("fox"))
        }
    }
}

/// The model of the pipelines' tests.
enum TinyPipeline {
    static let hasDevice = pluginPath != nil

    private static let testsFolder = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")

    /// The model.
    static let folder = "\(testsFolder)/ImagePipelinesTests/Fixtures/model"

    private static let pluginPath: String? = {
        let variable = PluginSearch.environmentVariable
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let search = PluginSearch(
            environment: getenv(variable).map { [variable: String(cString: $0)] } ?? [:],
            projectFolder: "/\(root)/.ondol/plugins")
        return try? search.find { access($0, R_OK) == 0 }.path
    }()

    static let pipeline = Result {
        let client = try Client(plugin: Plugin.load(path: pluginPath ?? ""))
        return try TextToImagePipeline(
            folder: ModelFolder(path: folder),
            compiler: ProgramCompiler(client: client), policy: .reference)
    }
}
