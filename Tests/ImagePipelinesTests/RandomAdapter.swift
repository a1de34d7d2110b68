import DiffusionModels
import Glibc
import NeuralNetworks
import Samplers
import Tensors

@testable import ImagePipelines

/// Adapters of random numbers for a model, as files under diffusers' names.
enum RandomAdapter {
    /// Makes one for all layers of a component that `changes` names.
    /// - Parameter deviation: of each number; the change of a layer grows with its square.
    static func style(
        _ name: String, for pipeline: TextToImagePipeline, rank: Int = 4, seed: UInt64,
        deviation: Float = 0.2,
        changes: (ModelComponent, String) -> Bool = { component, path in
            component == .unet && AdapterTarget.names(in: component).contains { path.hasSuffix(".\($0)") }
        }
    ) throws -> PipelineStyle {
        try pipeline.style(
            named: name,
            adapter: adapter(for: pipeline, rank: rank, seed: seed, deviation: deviation, changes: changes))
    }

    static func adapter(
        for pipeline: TextToImagePipeline, rank: Int, seed: UInt64, deviation: Float,
        changes: (ModelComponent, String) -> Bool
    ) throws -> Adapter {
        var tensors: [String: HostTensor] = [:]
        var stream: UInt32 = 0
        func random(_ shape: Shape) -> HostTensor {
            stream += 1
            let numbers = NoiseGenerator(seed: seed &* 1000 + UInt64(stream)).normals(
                count: shape.elementCount)
            return HostTensor(numbers.map { $0 * deviation }, shape: shape)
        }
        for component in [ModelComponent.unet, .textEncoder] {
            for parameter in try pipeline.programs.parameters(of: component)
            where parameter.role != .plain && parameter.name.hasSuffix(".weight") {
                let path = String(parameter.name.dropLast(".weight".count))
                guard changes(component, path) else { continue }
                let (shape, prefix) = (parameter.storedShape, "\(component.rawValue).\(path)")
                let window = Array(shape.dimensions.dropFirst(2))
                tensors["\(prefix).lora_A.weight"] = random(Shape([rank, shape[1]] + window))
                tensors["\(prefix).lora_B.weight"] = random(Shape([shape[0], rank] + window.map { _ in 1 }))
                tensors["\(prefix).alpha"] = HostTensor([Float(2)], shape: .scalar)
            }
        }
        var template = Array("/tmp/ondol-adapter-XXXXXX".utf8CString)
        let descriptor = template.withUnsafeMutableBufferPointer { mkstemp($0.baseAddress!) }
        precondition(descriptor >= 0, "cannot make a temporary file")
        close(descriptor)
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { unlink(path) }
        try SafetensorsWriter.write(tensors, to: path)
        // The file stays readable while the adapter has it open.
        return try Adapter(path: path)
    }
}
