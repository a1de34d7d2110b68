import NeuralNetworks
import PJRT
import Tensors

/// Measures an objective under given weights, without training.
public struct Evaluator: Sendable {
    private let program: NetworkProgram
    private let names: [String]

    init(
        objective: some Objective, policy: ComputePolicy, compiler: ProgramCompiler,
        adapters: [String: ModelGraph.AdapterShape] = [:]
    ) throws {
        var names: [String] = []
        program = try NetworkProgram(
            inputs: objective.inputs.map(\.type), policy: policy, compiler: compiler, adapters: adapters
        ) { inputs, graph in
            let loss = try objective.loss(inputs, in: graph)
            let reported = [("loss", loss.total)] + loss.reported.map { ($0.name, $0.value) }
            names = reported.map(\.0)
            return [try graph.builder.concatenate(reported.map { try $0.1.reshaped(to: [1]) }, along: 0)]
        }
        self.names = names
    }

    /// The mean of the reports of several batches, by name.
    func mean(of batches: some Sequence<[HostTensor]>, weights: NetworkProgram.Weights) throws -> [String:
        Double]
    {
        var sums = [Double](repeating: 0, count: names.count)
        var count = 0.0
        for batch in batches {
            let report = try program.run(batch, weights: weights)[0].elements(as: Float.self)
            for (index, value) in report.enumerated() { sums[index] += Double(value) }
            count += 1
        }
        return Dictionary(uniqueKeysWithValues: zip(names, sums.map { $0 / max(count, 1) }))
    }
}
