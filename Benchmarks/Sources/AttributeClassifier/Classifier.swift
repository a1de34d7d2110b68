public import NeuralNetworks
public import PJRT
public import Tensors
import Training

/// A trained classifier, ready to look at pictures.
public struct Classifier {
    /// Pictures looked at in one go.
    public static let batchSize = 20
    /// What it tells apart.
    public let world: ClassifierWorld
    private let program: NetworkProgram
    private let weights: NetworkProgram.Weights

    /// Reads a classifier's weights, as ``write(_:to:metadata:)`` wrote them.
    public init(path: String, world: ClassifierWorld = .scenes, compiler: ProgramCompiler) throws {
        let file = try SafetensorsFile(path: path)
        try self.init(world: world, compiler: compiler) {
            try file.tensor(named: $0.name).converted(to: .f32)
        }
    }

    /// A classifier with given weights.
    public init(
        world: ClassifierWorld = .scenes, compiler: ProgramCompiler,
        weights: (ParameterSpecification) throws -> HostTensor
    ) throws {
        self.world = world
        let size = ClassifierNetwork.pictureSize
        program = try NetworkProgram(
            inputs: [TensorType(.f32, [Self.batchSize, size, size, 3])], policy: .reference,
            compiler: compiler
        ) { inputs, graph in [try ClassifierNetwork(world: world)(inputs[0], in: graph.root)] }
        var buffers: NetworkProgram.Weights = [:]
        for parameter in program.parameters {
            buffers[parameter.name] = try compiler.client.buffer(from: weights(parameter))
        }
        self.weights = buffers
    }

    /// What pictures show.
    /// - Parameter pictures: any number of them, `128 · 128 · 3` numbers in -1…1 each.
    /// - Returns: for each picture, the number of each attribute's most likely value.
    public func attributes(of pictures: [[Float]]) throws -> [[PictureAttribute: Int]] {
        let size = ClassifierNetwork.pictureSize
        let elements = size * size * 3
        var found: [[PictureAttribute: Int]] = []
        for start in stride(from: 0, to: pictures.count, by: Self.batchSize) {
            let batch = pictures[start..<min(start + Self.batchSize, pictures.count)]
            var pixels = Array(batch.joined())
            pixels += [Float](repeating: 0, count: (Self.batchSize - batch.count) * elements)
            let answers = try program.run(
                [HostTensor(pixels, shape: [Self.batchSize, size, size, 3])], weights: weights)[0]
                .elements(as: Float.self)
            for row in 0..<batch.count {
                let columns = answers[row * world.columnCount..<(row + 1) * world.columnCount]
                found.append(mostLikely(Array(columns)))
            }
        }
        return found
    }

    private func mostLikely(_ columns: [Float]) -> [PictureAttribute: Int] {
        Dictionary(
            uniqueKeysWithValues: PictureAttribute.allCases.map { attribute in
                let answers = columns[world.columns(attribute)]
                let best = answers.indices.max { answers[$0] < answers[$1] } ?? answers.startIndex
                return (attribute, best - answers.startIndex)
            })
    }
}
