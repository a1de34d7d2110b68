import Autodiff
import NeuralNetworks
import StableHLO
import Tensors

/// One training step as a program: loss, gradients, clipping, AdamW and averaged weights in one call.
///
/// Arguments: the batch, the controls `[4] f32`, then for all parameters in order: weights, first moments, second
/// moments, averages. Results: the report, a vector of scalars, then the four groups again, which take over their
/// arguments' memory.
struct TrainingProgram {
    /// The step.
    let function: Function
    /// Every parameter in the order of the arguments, those that stay as they are among them.
    let allParameters: [ParameterSpecification]
    /// The parameters that learn, in order.
    let parameters: [ParameterSpecification]
    /// What the elements of the report mean.
    let reportNames: [String]

    /// The number of groups of tensors that a step carries on.
    static let groupCount = 4

    /// - Parameter isTrained: which parameters learn; the others stay as they are. Adapters train alone this way.
    init(
        objective: some Objective, optimizer: AdamW, policy: ComputePolicy,
        adapters: [String: ModelGraph.AdapterShape] = [:],
        training isTrained: (ParameterSpecification) -> Bool = { _ in true }
    ) throws {
        let builder = FunctionBuilder()
        let inputs = objective.inputs.map { builder.argument($0.name, $0.type) }
        let controls = builder.argument("controls", TensorType(.f32, [AdamW.Controls.count]))
        let graph = ModelGraph(builder: builder, policy: policy, adapters: adapters)
        let loss = try objective.loss(inputs, in: graph)
        let parameters = graph.parameters.filter(isTrained)
        let trained = zip(graph.parameters, graph.parameterValues).filter { isTrained($0.0) }.map(\.1)

        let gradients = try builder.gradients(of: loss.total, withRespectTo: trained)
        let norm = try Self.norm(gradients, in: builder, policy.kernelLowering)
        let gradientFactor = try Self.clippingFactor(norm: norm, largest: optimizer.largestGradientNorm)

        func group(_ name: String) -> [Value] {
            zip(parameters, trained).map { builder.argument("\(name)/\($0.name)", $1.type) }
        }
        let (first, second, average) = (group("first"), group("second"), group("average"))
        let updated = try parameters.indices.map { index in
            try optimizer.update(
                .init(
                    parameter: trained[index], first: first[index], second: second[index],
                    average: average[index]),
                gradient: gradients[index], gradientFactor: gradientFactor, controls: controls,
                decays: parameters[index].decays,
                rateFactor: objective.rateFactor(of: parameters[index].name),
                kernels: policy.kernelLowering)
        }
        let reported =
            [("loss", loss.total)] + loss.reported.map { ($0.name, $0.value) } + [("gradient norm", norm)]
        let report = try builder.concatenate(reported.map { try $0.1.reshaped(to: [1]) }, along: 0)
        let results =
            [report] + updated.map(\.parameter) + updated.map(\.first) + updated.map(\.second)
            + updated.map(\.average)
        let carried = trained + first + second + average
        let positions = Dictionary(
            uniqueKeysWithValues: builder.allArguments.enumerated().map { ($1.value.identifier, $0) })
        let aliases = carried.enumerated().compactMap { index, value in
            positions[value.identifier].map { ($0, index + 1) }
        }
        function = try graph.finish(
            returning: results, aliasing: Dictionary(uniqueKeysWithValues: aliases))
        allParameters = graph.parameters
        self.parameters = parameters
        reportNames = reported.map(\.0)
    }

    private static func norm(
        _ gradients: [Value], in builder: FunctionBuilder, _ kernels: KernelLowering?
    ) throws -> Value {
        if let sum = try kernels?.sumOfSquares(gradients) { return try sum.squareRoot() }
        var sum = try builder.constant(0, TensorType(.f32, .scalar))
        for gradient in gradients {
            sum = try sum + (gradient * gradient).sum(over: Array(0..<gradient.rank))
        }
        return try sum.squareRoot()
    }

    /// What gradients are multiplied with so that they are no longer than `largest` together, `[] f32`.
    private static func clippingFactor(norm: Value, largest: Double) throws -> Value {
        let one = try norm.builder.constant(1, norm.type)
        let limit = try norm.builder.constant(largest, norm.type)
        return try (limit / (norm + 1e-6)).minimum(one)
    }
}
