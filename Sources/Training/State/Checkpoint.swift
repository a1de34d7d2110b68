import FoundationEssentials
import NeuralNetworks
import Tensors

/// A training run as it was saved: a folder with the state's tensors and where the run stood.
///
/// The folder is written beside its final place and renamed, so that a checkpoint is whole or absent.
public struct Checkpoint: Sendable {
    /// Where a run stood.
    public struct Progress: Sendable, Hashable, Codable {
        /// Steps done.
        public var step: Int
        /// Pictures seen.
        public var samples: Int
        /// Seconds of training so far.
        public var seconds: Double
        /// What the run was set to, as text; a run resumes only with the same objective.
        public var objective: String

        /// Says where a run stood.
        public init(step: Int, samples: Int, seconds: Double, objective: String) {
            self.step = step
            self.samples = samples
            self.seconds = seconds
            self.objective = objective
        }
    }

    /// Where the run stood.
    public let progress: Progress
    private let path: String
    private let file: SafetensorsFile

    /// The newest checkpoint in a run's folder, or nil where there is none.
    public static func latest(in folder: String) throws -> Checkpoint? {
        guard let path = paths(in: folder).last else { return nil }
        return try Checkpoint(path: path)
    }

    /// Opens a checkpoint's folder.
    /// - Throws: ``TrainingError`` with `malformed` where a file is missing or damaged.
    public init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: "\(path)/progress.json"),
            let progress = try? JSONDecoder().decode(Progress.self, from: data), progress.step >= 0,
            progress.samples >= 0
        else {
            throw TrainingError(
                .malformed, "\(path)/progress.json cannot be read; remove \(path) to resume before it")
        }
        self.path = path
        self.progress = progress
        file = try Self.reading(path) { try SafetensorsFile(path: "\(path)/state.safetensors") }
    }

    private static func reading<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw TrainingError(
                .malformed, "the checkpoint \(path) is damaged; remove it to resume before it", cause: error)
        }
    }

    func tensor(_ group: TrainingState.Group, _ parameter: ParameterSpecification) throws -> HostTensor {
        let name = "\(group.rawValue)/\(parameter.name)"
        guard let entry = file.description(of: name) else {
            throw TrainingError(
                .malformed,
                "\(path) holds no \(name), which the model needs; it was saved by a run of another model: choose another folder"
            )
        }
        guard entry.shape == parameter.deviceShape, entry.elementType == .f32 else {
            throw TrainingError(
                .malformed,
                "\(path): \(name) is \(entry.shape) \(entry.elementType.rawValue), the model needs \(parameter.deviceShape) f32; choose another folder"
            )
        }
        return try Self.reading(path) { try file.tensor(named: name) }
    }

    /// The averaged weights by name, as they lie on the device.
    public func averages() throws -> [String: HostTensor] {
        let prefix = TrainingState.Group.average.rawValue + "/"
        var tensors: [String: HostTensor] = [:]
        for name in file.names where name.hasPrefix(prefix) {
            tensors[String(name.dropFirst(prefix.count))] = try Self.reading(path) {
                try file.tensor(named: name)
            }
        }
        return tensors
    }

    /// Saves a state and removes all but the newest `kept` checkpoints.
    /// - Throws: ``TrainingError`` with `file` where there is no room; the checkpoints before it stay.
    static func save(_ state: TrainingState, progress: Progress, in folder: String, keeping kept: Int = 2)
        throws
    {
        var tensors: [String: HostTensor] = [:]
        for group in TrainingState.Group.allCases {
            for (parameter, tensor) in try state.tensors(group) {
                tensors["\(group.rawValue)/\(parameter.name)"] = tensor
            }
        }
        try write(tensors, progress: progress, in: folder)
        for old in paths(in: folder).dropLast(kept) { try? FileManager.default.removeItem(atPath: old) }
    }

    /// Makes a checkpoint of weights alone, as of a model whose run is lost: they are their own averages, and the
    /// optimizer's moments begin anew.
    /// - Parameters:
    ///   - weights: `f32`, by parameter name, as they lie on the device.
    ///   - progress: where the lost run stood.
    /// - Throws: ``TrainingError`` with `file` where there is no room.
    public static func begin(with weights: [String: HostTensor], progress: Progress, in folder: String)
        throws
    {
        var tensors: [String: HostTensor] = [:]
        for group in TrainingState.Group.allCases {
            for (name, tensor) in weights {
                tensors["\(group.rawValue)/\(name)"] =
                    group.isWeights ? tensor : HostTensor(repeating: Float(0), shape: tensor.shape)
            }
        }
        try write(tensors, progress: progress, in: folder)
    }

    private static func write(_ tensors: [String: HostTensor], progress: Progress, in folder: String) throws {
        let digits = "\(progress.step)"
        let name = "checkpoint-" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits
        let (partial, final) = ("\(folder)/\(name).partial", "\(folder)/\(name)")
        let manager = FileManager.default
        do {
            try? manager.removeItem(atPath: partial)
            try manager.createDirectory(atPath: partial, withIntermediateDirectories: true)
            try SafetensorsWriter.write(tensors, metadata: [:], to: "\(partial)/state.safetensors")
            try Array(JSONEncoder().encode(progress)).withUnsafeBytes {
                try AtomicFile.write($0, to: "\(partial)/progress.json")
            }
            try? manager.removeItem(atPath: final)
            try manager.moveItem(atPath: partial, toPath: final)
        } catch {
            // What is left of it would take the room that the next try needs.
            try? manager.removeItem(atPath: partial)
            throw TrainingError(
                .file,
                "step \(progress.step) could not be saved in \(folder); make room, then start again to go on where the last checkpoint stood",
                cause: error)
        }
    }

    private static func paths(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix("checkpoint-") && !$0.hasSuffix(".partial") }.sorted()
            .map { "\(folder)/\($0)" }
    }
}
