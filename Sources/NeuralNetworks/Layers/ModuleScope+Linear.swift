import StableHLO
import Tensors

extension ModuleScope {
    /// A linear layer over the last dimension: `[…, inputs]` becomes `[…, features]`.
    ///
    /// Parameters `weight` `[features, inputs]` and `bias` `[features]`. Where the graph has an adapter for this
    /// path, its low-rank product is added: `y + scale · (x·A)·B`.
    public func linear(
        _ input: Value, features: Int, bias: Bool = true,
        initialization: ParameterSpecification.Initialization? = nil
    ) throws -> Value {
        let inputs = input.shape.dimensions.last ?? 0
        let rows = input.shape.elementCount / max(inputs, 1)
        let weight = try parameter(
            "weight", [features, inputs], role: .linear,
            initialization: initialization ?? .uniformByInputs(inputs))
        let flat = try input.reshaped(to: [rows, inputs])
        var output = try product(flat, weight)
        if let adapter = graph.adapters[path] {
            output = try output + lowRankProduct(flat, features: features, adapter)
        }
        if let change = try graph.rowwise?.change(of: flat, features: features, at: path, policy: policy) {
            output = try output + change
        }
        if bias {
            let start =
                initialization == .zeros
                ? .zeros : ParameterSpecification.Initialization.uniformByInputs(inputs)
            output = try output + vector("bias", features, start).broadcastLast(to: output.shape)
        }
        return try output.reshaped(to: Shape(input.shape.dimensions.dropLast() + [features]))
    }

    /// `left · right`, `[m, k] × [k, n]`, with operands and result of the policy's types.
    func product(_ left: Value, _ right: Value) throws -> Value {
        let type = policy.productType
        return try left.converted(to: type).matrixProduct(
            right.converted(to: type), result: policy.activationType)
    }

    private func lowRankProduct(
        _ input: Value, features: Int, _ adapter: ModelGraph.AdapterShape
    ) throws -> Value {
        let inputs = input.shape[1]
        let down = try self["lora_A"].parameter(
            "weight", [adapter.rank, inputs], role: .linear, initialization: .uniformByInputs(inputs))
        let up = try self["lora_B"].parameter(
            "weight", [features, adapter.rank], role: .linear, initialization: .zeros)
        return try product(product(input, down), up) * adapter.scale
    }
}
