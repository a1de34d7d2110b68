import DiffusionModels
import NeuralNetworks
import StableHLO
import Tensors

/// What a training run makes smaller: the inputs of one batch, and the loss they give.
public protocol Objective: Sendable {
    /// The tensors of a batch, in order, with their names.
    var inputs: [(name: String, type: TensorType)] { get }

    /// Emits the loss.
    /// - Parameter inputs: one value for each of ``inputs``.
    func loss(_ inputs: [Value], in graph: ModelGraph) throws -> Loss

    /// What the learning rate of a parameter is multiplied with.
    func rateFactor(of parameter: String) -> Double
}

extension Objective {
    /// Every parameter learns alike.
    public func rateFactor(of parameter: String) -> Double { 1 }
}

/// A loss, and the numbers worth watching beside it.
public struct Loss {
    /// What is made smaller, a scalar.
    public let total: Value
    /// Scalars to report, with their names.
    public let reported: [(name: String, value: Value)]

    /// Joins both.
    public init(total: Value, reported: [(name: String, value: Value)] = []) {
        self.total = total
        self.reported = reported
    }
}
