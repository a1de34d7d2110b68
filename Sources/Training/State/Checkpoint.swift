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
    }

    /// Where the run stood.
    public let progress: Progress
    private let file: SafetensorsFile

    /// The newest checkpoint in a run's folder, or nil where there is none.
    public static func latest(in folder: String) throws -> Checkpoint? {
        guard let path = paths(in: folder).last else { return nil }
        return try Checkpoint(path: path)
    }

    /// Opens a checkpoint's folder.
    public init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: "\(path)/progress.json"),
            let progress = try? JSONDecoder().decode(Progress.self, from: data)
        else {
            throw TrainingError(
                .malformed, "\(path)/progress.json cannot be read; remove \(path) to resume before it")
        }
        self.progress = progress
        file = try SafetensorsFile(path: "\(path)/state.safetensors")
    }

    func tensor(_ group: TrainingState.Group, _ parameter: ParameterSpecification) throws -> HostTensor {
        let tensor = try file.tensor(named: "\(group.rawValue)/\(parameter.name)")
        guard tensor.shape == parameter.deviceShape, tensor.elementType == .f32 else {
            throw TrainingError(
                .malformed,
                "\(file.path): \(parameter.name) is \(tensor.type), the model needs \(parameter.deviceShape) f32"
            )
        }
        return tensor
    }

    /// The averaged weights by name, as they lie on the device.
    public func averages() throws -> [String: HostTensor] {
        let prefix = TrainingState.Group.average.rawValue + "/"
        var tensors: [String: HostTensor] = [:]
        for name in file.names where name.hasPrefix(prefix) {
            tensors[String(name.dropFirst(prefix.count))] = try file.tensor(named: name)
        }
        return tensors
    }

    /// Saves a state and removes all but the newest `kept` checkpoints.
    static func save(_ state: TrainingState, progress: Progress, in folder: String, keeping kept: Int = 2)
        throws
    {
        let digits = "\(progress.step)"
        let name = "checkpoint-" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits
        let partial = "\(folder)/\(name).partial"
        let manager = FileManager.default
        try? manager.removeItem(atPath: partial)
        try manager.createDirectory(atPath: partial, withIntermediateDirectories: true)
        var tensors: [String: HostTensor] = [:]
        for group in TrainingState.Group.allCases {
            for (parameter, tensor) in try state.tensors(group) {
                tensors["\(group.rawValue)/\(parameter.name)"] = tensor
            }
        }
        try SafetensorsWriter.write(tensors, metadata: [:], to: "\(partial)/state.safetensors")
        try JSONEncoder().encode(progress).write(to: URL(filePath: "\(partial)/progress.json"))
        let final = "\(folder)/\(name)"
        try? manager.removeItem(atPath: final)
        try manager.moveItem(atPath: partial, toPath: final)
        for old in paths(in: folder).dropLast(kept) { try? manager.removeItem(atPath: old) }
    }

    private static func paths(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix("checkpoint-") && !$0.hasSuffix(".partial") }.sorted()
            .map { "\(folder)/\($0)" }
    }
}
