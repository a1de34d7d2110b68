import NeuralNetworks
import StableHLO
import Tensors
import Training

/// Teaches a ``ClassifierNetwork``: the sum over attributes of the surprise at the true value.
struct ClassifierObjective: Objective {
    let batchSize: Int
    let world: ClassifierWorld

    /// Pictures in -1…1, and a one in the column of each true value.
    var inputs: [(name: String, type: TensorType)] {
        let size = ClassifierNetwork.pictureSize
        return [
            ("pictures", TensorType(.f32, [batchSize, size, size, 3])),
            ("truth", TensorType(.f32, [batchSize, world.columnCount])),
        ]
    }

    func loss(_ inputs: [Value], in graph: ModelGraph) throws -> Loss {
        let answers = try ClassifierNetwork(world: world)(inputs[0], in: graph.root)
        let losses = try PictureAttribute.allCases.map { attribute in
            let answer = try answers.sliced(1, world.columns(attribute))
            let truth = try inputs[1].sliced(1, world.columns(attribute))
            let highest = try answer.maximum(over: [1]).detached()
            let shifted = try answer - highest.broadcast(to: answer.shape, along: [0])
            let logarithm = try shifted.exponential().sum(over: [1]).log()
            let likelihood = try (shifted * truth).sum(over: [1])
            return (attribute.rawValue, try (logarithm - likelihood).mean(over: [0]))
        }
        let total = try losses.dropFirst().reduce(losses[0].1) { try $0 + $1.1 }
        return Loss(total: total, reported: losses.map { (name: $0.0, value: $0.1) })
    }
}
