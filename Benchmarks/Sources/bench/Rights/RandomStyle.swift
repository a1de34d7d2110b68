import Bars
import DiffusionModels
import Foundation
import Samplers
import Tensors

/// Adapters of random numbers for the attention of a model, as files that nobody has loaded yet.
struct RandomStyle {
    private let shapes: [(path: String, shape: Shape)]
    private let folder: String

    /// Finds the layers in a model's weights.
    init(model: String, folder: String) throws {
        let weights = try SafetensorsFile(path: "\(model)/unet/diffusion_pytorch_model.safetensors")
        let endings = AdapterTarget.names(in: .unet).map { ".\($0).weight" }
        shapes = weights.names.filter { name in endings.contains(where: name.hasSuffix) }.compactMap { name in
            weights.description(of: name).map { ("unet." + name.dropLast(".weight".count), $0.shape) }
        }
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Writes an adapter, and gives back its file.
    func write(_ number: Int, rank: Int) throws -> String {
        var stream = UInt64(number) * 10_000
        func random(_ shape: Shape) -> HostTensor {
            stream += 1
            return HostTensor(
                NoiseGenerator(seed: stream).normals(count: shape.elementCount).map { 0.05 * $0 },
                shape: shape)
        }
        var tensors: [String: HostTensor] = [:]
        for (path, shape) in shapes {
            tensors["\(path).lora_A.weight"] = random([rank, shape[1]])
            tensors["\(path).lora_B.weight"] = random([shape[0], rank])
        }
        let path = "\(folder)/style-\(number).safetensors"
        try SafetensorsWriter.write(tensors, to: path)
        return path
    }
}
