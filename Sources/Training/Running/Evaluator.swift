import NeuralNetworks
import PJRT
import Tensors

/// Measures an objective under given weights, without training.
public struct Evaluator {
    private let program: EvaluationProgram
    private let executable: LoadedExecutable
    private let client: Client

    init(
        objective: some Objective, policy: ComputePolicy, compiler: ProgramCompiler, client: Client
    ) throws {
        program = try EvaluationProgram(objective: objective, policy: policy)
        executable = try compiler.compile(program.function)
        self.client = client
    }

    /// The mean of the reports of several batches, by name.
    func mean(of batches: some Sequence<[HostTensor]>, weights: [String: Buffer]) throws -> [String: Double] {
        let parameters = try program.parameters.map { parameter in
            guard let buffer = weights[parameter.name] else {
                throw TrainingError(.settings, "there are no weights for \(parameter.name)")
            }
            return buffer
        }
        var sums = [Double](repeating: 0, count: program.reportNames.count)
        var count = 0.0
        for batch in batches {
            let inputs = try batch.map { try client.buffer(from: $0) }
            let report = try executable.execute(inputs + parameters)[0].waitForHostTensor().elements(
                as: Float.self)
            for (index, value) in report.enumerated() { sums[index] += Double(value) }
            count += 1
        }
        return Dictionary(uniqueKeysWithValues: zip(program.reportNames, sums.map { $0 / max(count, 1) }))
    }
}
