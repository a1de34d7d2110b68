import NeuralNetworks
import PJRT
import StableHLO
import Tensors

/// A network compiled for one shape of its inputs, run under any weights of its parameters' shapes.
public struct NetworkProgram: Sendable {
    /// The parameters, in the order of their arguments.
    public let parameters: [ParameterSpecification]
    private let executable: LoadedExecutable

    /// Weights on a device, by parameter name.
    public typealias Weights = [String: Buffer]

    /// Compiles a network.
    /// - Parameters:
    ///   - inputs: the types of what goes in, in order.
    ///   - adapters: low-rank adapters to add, by the path of the layer they change.
    ///   - body: emits the network and returns what comes out.
    public init(
        inputs: [TensorType], policy: ComputePolicy, compiler: ProgramCompiler,
        adapters: [String: ModelGraph.AdapterShape] = [:],
        body: ([Value], ModelGraph) throws -> [Value]
    ) throws {
        let builder = FunctionBuilder()
        let values = inputs.enumerated().map { builder.argument("input \($0)", $1) }
        let graph = ModelGraph(builder: builder, policy: policy, adapters: adapters)
        let results = try body(values, graph)
        executable = try compiler.compile(graph.finish(returning: results))
        parameters = graph.parameters
    }

    /// Runs the network and fetches what comes out.
    /// - Throws: ``TrainingError`` where a parameter has no weights.
    public func run(_ inputs: [HostTensor], weights: Weights) throws -> [HostTensor] {
        let client = executable.client
        let arguments = try parameters.map { parameter in
            guard let buffer = weights[parameter.name] else {
                throw TrainingError(.settings, "there are no weights for \(parameter.name)")
            }
            return buffer
        }
        let results = try executable.execute(inputs.map { try client.buffer(from: $0) } + arguments)
        return try results.map { try $0.waitForHostTensor() }
    }
}
