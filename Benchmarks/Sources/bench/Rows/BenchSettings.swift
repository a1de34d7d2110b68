import Bars
import DiffusionModels
import Foundation

/// What a run of the benchmarks measures with.
struct BenchSettings: Sendable {
    /// How often the two of a contest take turns.
    var turns = 5
    /// How many processors each may keep busy.
    var threads = ProcessInfo.processInfo.activeProcessorCount
    /// The Python that peers run in; nil leaves them out.
    var python: String?
    /// The model to measure: a folder that may not be there.
    var model = "\(BenchFolders.project)/Models/hanji"
    /// A model of Stable Diffusion 1.5's size; made where it is not there.
    var large = "\(BenchFolders.state)/sd15"
    /// The `ondol` program.
    var ondol = "\(BenchFolders.project)/.build/release/ondol"
    /// Pictures the autoencoder is measured on.
    var restoredPictures = 256
    /// Pictures that are drawn and judged, half by Korean captions and half by English.
    var judgedPictures = 500

    /// The folder of the model to measure, opened, or nil where there is none.
    func openedModel() throws -> ModelFolder? {
        guard FileManager.default.fileExists(atPath: "\(model)/model_index.json") else { return nil }
        return try ModelFolder(path: model)
    }

    /// Starts our side of a contest.
    func worker(_ kind: String, _ arguments: [String]) throws -> Contestant {
        try Contestant(
            "ondol-\(kind)", program: CommandLine.arguments[0], arguments: ["worker", kind] + arguments,
            threads: threads)
    }

    /// Starts the peer's side of a contest.
    func peer(_ kind: String, _ arguments: [String]) throws -> Contestant {
        guard let python else {
            throw BenchError("there is no Python for the peers; `make bench` sets one up")
        }
        return try Contestant(
            "peer-\(kind)", program: python,
            arguments: [
                "\(BenchFolders.project)/Tools/bench/peer_\(kind).py", "--turns", "--threads", "\(threads)",
            ]
                + arguments,
            threads: threads)
    }
}
