import Bars
import DiffusionModels
import Dispatch
import Foundation
import ImagePipelines
import Synchronization

/// Styles at work on the built-in model: what four of them cost a batch, and what loading one costs those that draw.
struct StyleRows {
    /// Rank of the adapters, as `ondol train adapter` makes them.
    static let rank = 8
    /// Pictures that are drawn together, guided.
    static let rows = 4
    /// Turns, each with and without.
    static let turns = 5
    /// Steps in each turn.
    static let steps = 12
    /// Styles that are loaded cold.
    static let coldCount = 8

    private let pipeline: TextToImagePipeline
    private let styles: RandomStyle

    /// Opens the built-in model on this machine's processor.
    init() throws {
        let model = "\(BenchFolders.project)/Models/hanji"
        let device = try Device(cache: "\(BenchFolders.state)/cache")
        pipeline = try TextToImagePipeline(
            folder: ModelFolder(path: model), compiler: device.compiler, policy: device.policy)
        styles = try RandomStyle(model: model, folder: "\(BenchFolders.state)/styles")
    }

    private func session(_ wanted: [[PictureStyle]], steps: Int) async throws -> DenoisingSession {
        let session = try pipeline.session(size: pipeline.usualSize, capacity: wanted.count)
        for (index, styles) in wanted.enumerated() {
            var request = PictureRequest(prompt: "a girl at the sea in the evening", seed: UInt64(index))
            (request.stepCount, request.guidanceScale, request.solver) = (steps, 5, .ddim)
            request.styles = styles
            _ = try await session.join(pipeline.plan(request))
        }
        return session
    }

    private func style(_ number: Int) throws -> PictureStyle {
        PictureStyle(
            try pipeline.style(named: "\(number)", adapterFile: styles.write(number, rank: Self.rank)))
    }

    private static func seconds(_ body: () async throws -> Void) async throws -> Double {
        let start = DispatchTime.now().uptimeNanoseconds
        try await body()
        return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
    }

    private static func median(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : values.sorted()[values.count / 2]
    }

    // MARK: four styles in one batch

    /// Seconds of a step of four rows with a style each, over those of four rows without any.
    func fourStyles() async throws -> Double {
        let four = try (1...Self.rows).map { [try style($0)] }
        let none = Array(repeating: [PictureStyle](), count: Self.rows)
        var (with, without): ([Double], [Double]) = ([], [])
        for turn in 0...Self.turns {
            for wanted in [four, none] {
                let session = try await session(wanted, steps: Self.steps)
                for _ in 0..<Self.steps {
                    let seconds = try await Self.seconds { _ = try await session.advance() }
                    // The first turn compiles, and touches memory for the first time.
                    guard turn > 0 else { continue }
                    if wanted[0].isEmpty { without.append(seconds) } else { with.append(seconds) }
                }
            }
        }
        let (styled, plain) = (Self.median(with), Self.median(without))
        note(
            String(
                format: "a step of %d rows: %.1f ms with four styles of rank %d, %.1f ms without", Self.rows,
                styled * 1000, Self.rank, plain * 1000))
        return styled / plain
    }

    // MARK: a cold style

    /// What loading a style for the first time costs.
    struct Cold {
        /// Seconds of the others' steps while it loads, over those before.
        let others: Double
        /// Seconds from when it is loaded until its first step is done.
        let startSeconds: Double
    }

    /// Draws three rows, loads styles one after the other beside them as a worker does, and lets each join.
    func cold() async throws -> Cold {
        _ = try await fourStyles()
        let none = Array(repeating: [PictureStyle](), count: Self.rows - 1)
        var (before, during, starts): ([Double], [Double], [Double]) = ([], [], [])
        for number in 0..<Self.coldCount {
            let file = try styles.write(1000 + number, rank: Self.rank)
            let session = try await session(none + [[]], steps: 1000)
            // The fourth row's place is left empty for whoever comes.
            for _ in 0..<6 {
                let seconds = try await Self.seconds { _ = try await session.advance() }
                before.append(seconds)
            }
            let loading = Loading(pipeline: pipeline, name: "cold-\(number)", file: file)
            loading.start()
            var loaded: PipelineStyle?
            while loaded == nil {
                let seconds = try await Self.seconds { _ = try await session.advance() }
                during.append(seconds)
                loaded = try loading.result()
            }
            guard let loaded else { continue }
            starts.append(
                try await Self.seconds {
                    let next = try await self.session(none + [[PictureStyle(loaded)]], steps: Self.steps)
                    _ = try await next.advance()
                })
        }
        note(
            String(
                format:
                    "steps of %d rows: %.1f ms, %.1f ms while a style loads; its first step after %.0f ms",
                Self.rows, Self.median(before) * 1000, Self.median(during) * 1000, Self.median(starts) * 1000)
        )
        return Cold(
            others: Self.median(during) / Self.median(before), startSeconds: starts.max() ?? .infinity)
    }

    /// A style that is loaded on a thread of its own.
    private final class Loading: Sendable {
        private let pipeline: TextToImagePipeline
        private let name: String
        private let file: String
        private let queue = DispatchQueue(label: "styles", qos: .utility)
        private let outcome = Mutex<Result<PipelineStyle, any Error>?>(nil)

        init(pipeline: TextToImagePipeline, name: String, file: String) {
            self.pipeline = pipeline
            self.name = name
            self.file = file
        }

        func start() {
            queue.async { [self] in
                let result = Result { try pipeline.style(named: name, adapterFile: file) }
                outcome.withLock { $0 = result }
            }
        }

        /// The style; nil while it is loaded.
        func result() throws -> PipelineStyle? { try outcome.withLock { try $0?.get() } }
    }
}
