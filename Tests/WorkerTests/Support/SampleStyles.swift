import FoundationEssentials
import Images
import Rights
import Samplers
import Tensors
import TestSupport

@testable import Worker

/// A folder of styles for the small random model, with adapters of random numbers on its attention.
enum SampleStyles {
    /// Writes a style's folder.
    /// - Parameter change: what to write into the manifest that the style itself would not have.
    static func write(
        _ name: String, seed: UInt64, rank: Int = 4, in folder: String, deviation: Float = 0.3,
        changing change: (inout StyleManifest) throws -> Void = { _ in }
    ) throws {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try SafetensorsWriter.write(
            tensors(seed: seed, rank: rank, deviation: deviation), to: "\(path)/adapter.safetensors")
        var manifest = StyleManifest(
            identifier: try Identifier(name),
            title: LocalizedText(korean: "먹 \(name)", english: "Ink \(name)"),
            artist: "Maru Kim", adapter: "adapter.safetensors",
            adapterHash: ContentHash(of: readBytes("\(path)/adapter.safetensors")), baseModel: "hanji")
        try change(&manifest)
        writeBytes(try manifest.encoded(), to: "\(path)/\(StyleManifest.fileName)")
    }

    private static func tensors(seed: UInt64, rank: Int, deviation: Float) throws -> [String: HostTensor] {
        let model = try SafetensorsFile(
            path: "\(TinyPipeline.folder)/unet/diffusion_pytorch_model.safetensors")
        var tensors: [String: HostTensor] = [:]
        var number = seed &* 1000
        func random(_ shape: Shape) -> HostTensor {
            number += 1
            return HostTensor(
                NoiseGenerator(seed: number).normals(count: shape.elementCount).map { $0 * deviation },
                shape: shape)
        }
        for name in model.names {
            guard
                let end = ["to_q", "to_k", "to_v", "to_out.0"].first(where: {
                    name.hasSuffix(".\($0).weight")
                }),
                let shape = model.description(of: name)?.shape, !end.isEmpty
            else { continue }
            let path = "unet." + name.dropLast(".weight".count)
            tensors["\(path).lora_A.weight"] = random([rank, shape[1]])
            tensors["\(path).lora_B.weight"] = random([shape[0], rank])
        }
        return tensors
    }
}
