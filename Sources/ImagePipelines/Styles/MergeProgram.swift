import DiffusionModels
import NeuralNetworks
import StableHLO
import Tensors

/// What works a style into the weights of a component, as a program: `W + strength · up · down` for every layer in reach.
///
/// Arguments: the style's vector, `[elements] f32`; its strength, `f32`; and the weights. Results: the weights, changed; the
/// arguments stay as they are.
struct MergeProgram: Hashable {
    let component: ModelComponent
    let form: LowRankForm

    /// Source: Hu et al., "LoRA", 2021, section 4.1, "No Additional Inference Latency".
    func program(_ layout: LowRankLayout, policy: ComputePolicy) throws -> ModelProgram {
        try ModelProgram(policy: policy) { builder, scope in
            let vector = builder.argument("vector", TensorType(.f32, [layout.elementCount]))
            let strength = builder.argument("strength", TensorType(.f32, .scalar))
            return try layout.weights.map { specification in
                let weight = try scope.parameter(
                    specification.name, specification.storedShape, role: specification.role,
                    initialization: specification.initialization)
                let path = String(specification.name.dropLast(".weight".count))
                guard let place = layout.places[path] else { return weight }
                let change = try Self.change(vector, place, specification, rank: form.rank)
                let scaled = try change * strength.broadcast(to: change.shape, along: [])
                return try (weight.converted(to: .f32) + scaled).converted(to: weight.elementType)
            }
        }
    }

    /// The product of a layer's two matrices, laid out as its weight is.
    private static func change(
        _ vector: Value, _ place: RowwiseLowRank.Place, _ weight: ParameterSpecification, rank: Int
    ) throws -> Value {
        let (inputs, outputs) = (weight.storedShape[1], weight.storedShape[0])
        let window = place.kernel * place.kernel * inputs
        let down = try vector.sliced(0, place.down..<place.down + rank * window)
            .reshaped(to: [rank, window])
        let up = try vector.sliced(0, place.up..<place.up + rank * outputs).reshaped(to: [rank, outputs])
        let product = try down.dot(up, DotDimensions(contracting: ([0], [0])))
        guard case .convolution(let order) = weight.role else { return product }
        let stored: AxisOrder = "01io"
        return try product.reshaped(to: [place.kernel, place.kernel, inputs, outputs])
            .transposed(order.letters.compactMap { stored.index(of: $0) })
    }
}
