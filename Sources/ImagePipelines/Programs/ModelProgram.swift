import NeuralNetworks
import StableHLO

/// One of a model's networks as a program: its own arguments first, then the parameters in order.
struct ModelProgram {
    let function: Function
    let parameters: [ParameterSpecification]

    /// - Parameters:
    ///   - aliases: from an argument's position to the result that takes over its memory.
    ///   - emit: declares the arguments in the builder, and returns the results.
    init(
        policy: ComputePolicy, aliasing aliases: [Int: Int] = [:],
        _ emit: (FunctionBuilder, ModuleScope) throws -> [Value]
    ) throws {
        let builder = FunctionBuilder()
        let graph = ModelGraph(builder: builder, policy: policy)
        let results = try emit(builder, graph.root)
        function = try graph.finish(returning: results, aliasing: aliases)
        parameters = graph.parameters
    }
}
