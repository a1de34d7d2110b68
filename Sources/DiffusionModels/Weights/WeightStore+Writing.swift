import NeuralNetworks
import Tensors

extension WeightStore {
    /// A tensor in the device's layout, as a checkpoint holds it: the inverse of what reading does.
    /// - Throws: ``ModelError`` where the tensor is not of the parameter's shape.
    public static func stored(
        _ tensor: HostTensor, for specification: ParameterSpecification
    ) throws(ModelError) -> HostTensor {
        guard tensor.shape == specification.deviceShape else {
            throw ModelError(
                .mismatched,
                "\"\(specification.name)\" has the shape \(tensor.shape) on the device, not \(specification.deviceShape)"
            )
        }
        var inverse = [Int](repeating: 0, count: specification.permutation.count)
        for (place, dimension) in specification.permutation.enumerated() { inverse[dimension] = place }
        return tensor.transposed(inverse)
    }

    /// Writes the weights of a component as one safetensors file, whole or not at all.
    /// - Parameters:
    ///   - weights: each parameter with its values in the device's layout.
    ///   - elementType: what they are stored as: `f16`, `bf16` or `f32`.
    ///   - path: the file, such as `…/unet/diffusion_pytorch_model.safetensors`.
    ///   - metadata: free text entries beside the `format` that the reference asks for.
    /// - Throws: ``ModelError`` where a shape does not fit or the file cannot be written.
    public static func write(
        _ weights: some Sequence<(ParameterSpecification, HostTensor)>, as elementType: ElementType,
        to path: String, metadata: [String: String] = [:]
    ) throws(ModelError) {
        var tensors: [String: HostTensor] = [:]
        for (specification, tensor) in weights {
            let stored = try stored(tensor, for: specification)
            do {
                tensors[specification.name] = try stored.converted(to: elementType)
            } catch {
                throw ModelError(file: path, error)
            }
        }
        do {
            // The reference refuses a file that does not say which library's layout it has.
            try SafetensorsWriter.write(
                tensors, metadata: metadata.merging(["format": "pt"]) { $1 }, to: path)
        } catch {
            throw ModelError(file: path, error)
        }
    }
}
