import ArgumentParser
import Bars
import DiffusionModels
import Glibc
import ImagePipelines
import Tensors

/// The most memory a process takes that draws a picture.
struct MemoryWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "memory")

    @Option var folder: String
    @Option var size: Int
    @Option var steps = 2
    @Option var cache = BenchFolders.cache

    func run() async throws {
        let pipeline = try PictureWorker.pipeline(folder: folder, cache: cache)
        try await PictureWorker.draw(pipeline, size: size, steps: steps)
        var usage = rusage()
        guard getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { throw BenchError("getrusage failed") }
        Turns.say(["peakBytes": usage.ru_maxrss * 1024, "weightBytes": try Self.weightBytes(folder: folder)])
    }

    /// What the weights of all components take in 32 bits.
    private static func weightBytes(folder: String) throws -> Int {
        let model = try ModelFolder(path: folder)
        return try ModelComponent.allCases.reduce(0) { sum, component in
            let file = try SafetensorsFile(
                path: "\(model.folder(of: component))/\(component.weightsFileName)")
            return sum + file.header.tensors.reduce(0) { $0 + 4 * $1.shape.elementCount }
        }
    }
}
