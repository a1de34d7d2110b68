import NeuralNetworks
import Tensors

/// Writes adapters as diffusers' `load_lora_weights` reads them.
public enum AdapterWriter {
    /// Writes an adapter, whole or not at all, as `f32`.
    /// - Parameters:
    ///   - tensors: the matrices as they lie on the device, named `unet.….lora_A.weight` and so on.
    ///   - rank: the inner dimension of all.
    ///   - alpha: what the low-rank product is multiplied with, times the rank.
    ///   - metadata: free text entries beside what readers need.
    /// - Throws: ``ModelError`` where a matrix does not fit, or the file cannot be written.
    public static func write(
        _ tensors: some Sequence<(ParameterSpecification, HostTensor)>, rank: Int, alpha: Double,
        to path: String, metadata: [String: String] = [:]
    ) throws(ModelError) {
        var matrices: [(ParameterSpecification, HostTensor)] = []
        var components: Set<ModelComponent> = []
        for (specification, tensor) in tensors {
            guard let meaning = AdapterNames.parse(specification.name), meaning.part != .alpha,
                specification.storedShape.rank == 2,
                specification.storedShape[meaning.part == .down ? 0 : 1] == rank
            else {
                throw ModelError(
                    .mismatched,
                    "\"\(specification.name)\" \(specification.storedShape) is no matrix of an adapter of rank \(rank)"
                )
            }
            components.insert(meaning.component)
            matrices.append((specification, tensor))
        }
        guard !matrices.isEmpty else {
            throw ModelError(.mismatched, "\(path): there is no layer to write; the model has none to adapt")
        }
        var settings: [String: JSONValue] = [:]
        for component in components {
            let prefix = component.rawValue
            settings["\(prefix).r"] = .integer(rank)
            settings["\(prefix).lora_alpha"] = .number(alpha)
            settings["\(prefix).target_modules"] = .texts(AdapterTarget.names(in: component))
        }
        try WeightStore.write(
            matrices, as: .f32, to: path,
            metadata: metadata.merging([AdapterSettings.key: JSONValue.object(settings).text]) { $1 })
    }
}
