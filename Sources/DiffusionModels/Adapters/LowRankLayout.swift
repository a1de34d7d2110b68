import NeuralNetworks
import Tensors

/// How the matrices of any adapter of a form lie in one vector, for a component of a model.
///
/// Adapters of smaller rank are filled up with zeros, and layers that an adapter leaves alone are zeros, so that all adapters
/// of a form have the same layout, and one program serves any mix of them.
public struct LowRankLayout: Sendable {
    /// The form.
    public let form: LowRankForm
    /// The component.
    public let component: ModelComponent
    /// The weights of the layers in reach, in order.
    public let weights: [ParameterSpecification]
    /// Where each layer's matrices lie, by its path.
    public let places: [String: RowwiseLowRank.Place]
    /// Elements of the vector.
    public let elementCount: Int

    /// Lays out the layers in reach.
    /// - Parameter parameters: what the component's network asks for.
    public init(_ parameters: [ParameterSpecification], of component: ModelComponent, form: LowRankForm) {
        var places: [String: RowwiseLowRank.Place] = [:]
        var weights: [ParameterSpecification] = []
        var end = 0
        for parameter in parameters where parameter.role != .plain && parameter.name.hasSuffix(".weight") {
            let path = String(parameter.name.dropLast(".weight".count))
            guard form.reach.holds(path, of: component) else { continue }
            let shape = parameter.storedShape
            let kernel = shape.rank == 4 ? shape[2] : 1
            let up = end + form.rank * kernel * kernel * shape[1]
            places[path] = RowwiseLowRank.Place(down: end, up: up, kernel: kernel)
            weights.append(parameter)
            end = up + form.rank * shape[0]
        }
        self.form = form
        self.component = component
        self.weights = weights
        self.places = places
        elementCount = end
    }

    /// An adapter's matrices in this layout, `[elements] f32`, their scales worked in.
    /// - Throws: ``ModelError`` where the adapter's numbers cannot be used, or it does not fit this layout.
    public func packed(_ adapter: Adapter) throws(ModelError) -> HostTensor {
        var vector = [Float](repeating: 0, count: elementCount)
        for layer in adapter.layers where layer.component == component {
            guard let place = places[layer.path], place.kernel == layer.kernel, layer.rank <= form.rank else {
                throw ModelError(
                    .mismatched,
                    "\(adapter.path) changes \"\(layer.path)\" beyond what was prepared for it; load it anew")
            }
            let (down, up) = try adapter.matrices(of: layer)
            // Both with the rank first; the pixels of a kernel before its channels.
            let first = down.transposed([0, 2, 3, 1]).elements(as: Float.self)
            let second = up.transposed([1, 0]).elements(as: Float.self)
            vector.replaceSubrange(place.down..<place.down + first.count, with: first)
            let scale = Float(layer.scale)
            for (index, value) in second.enumerated() { vector[place.up + index] = value * scale }
        }
        return HostTensor(vector, shape: [elementCount])
    }
}
