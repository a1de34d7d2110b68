import NeuralNetworks
import PJRT
import Tensors

/// Everything a training step carries on, on the device.
///
/// Not `Sendable`: one run owns it.
struct TrainingState {
    /// What a tensor of the state is.
    enum Group: String, CaseIterable {
        case weights, first, second, average

        /// Whether a new run starts from given weights here, and not from zero.
        var isWeights: Bool { self == .weights || self == .average }
    }

    /// Steps done.
    var step: Int
    /// The parameters, in order.
    let parameters: [ParameterSpecification]
    /// One buffer for each parameter, by group.
    var buffers: [Group: [Buffer]]

    /// A state whose weights are given and whose moments are zero.
    init(
        parameters: [ParameterSpecification], client: Client,
        weights: (ParameterSpecification) throws -> HostTensor
    ) throws {
        step = 0
        self.parameters = parameters
        var buffers: [Group: [Buffer]] = [:]
        let tensors = try parameters.map(weights)
        for group in Group.allCases {
            buffers[group] = try tensors.map { tensor in
                try client.buffer(
                    from: group.isWeights ? tensor : HostTensor(repeating: Float(0), shape: tensor.shape))
            }
        }
        self.buffers = buffers
    }

    /// A state as it was saved.
    init(parameters: [ParameterSpecification], client: Client, checkpoint: Checkpoint) throws {
        step = checkpoint.progress.step
        self.parameters = parameters
        var buffers: [Group: [Buffer]] = [:]
        for group in Group.allCases {
            buffers[group] = try parameters.map { parameter in
                try client.buffer(from: checkpoint.tensor(group, parameter))
            }
        }
        self.buffers = buffers
    }

    /// All buffers in the order of the training program.
    var inOrder: [Buffer] { Group.allCases.flatMap { buffers[$0] ?? [] } }

    /// Takes over the results of a step.
    mutating func advance(_ results: ArraySlice<Buffer>) {
        for (index, group) in Group.allCases.enumerated() {
            let start = results.startIndex + index * parameters.count
            buffers[group] = Array(results[start..<start + parameters.count])
        }
        step += 1
    }

    /// A group's tensors by parameter name, as they lie on the device.
    func tensors(_ group: Group) throws -> [(ParameterSpecification, HostTensor)] {
        try zip(parameters, buffers[group] ?? []).map { ($0, try $1.waitForHostTensor()) }
    }
}
