import NeuralNetworks
import PJRT
import StableHLO
import Tensors

extension OperationCensus.Piece {
    /// The family the piece is summed up under.
    var family: String {
        switch self {
        case .convolution(let input, let kernel, _):
            "convolutions \(kernel[0])x\(kernel[1]) at \(input[1])x\(input[2])"
        case .product: "linear layers"
        case .groupNorm: "group norms with SiLU"
        case .layerNorm: "layer norms"
        case .gate: "gates"
        case .attention(let queries, let keys, _):
            queries == keys ? "attention to itself, \(queries[1]) pixels" : "attention to the text"
        }
    }

    /// What it works on.
    var name: String {
        switch self {
        case .convolution(let input, let kernel, let dimensions):
            "conv \(input[1])x\(input[2]) \(kernel[2])->\(kernel[3])"
                + (dimensions.strides[0] > 1 ? " stride 2" : "")
        case .product(let rows, let summed, let columns): "product \(rows)x\(summed)x\(columns)"
        case .groupNorm(let shape, _): "group norm \(shape)"
        case .layerNorm(let shape): "layer norm \(shape)"
        case .gate(let shape): "gate \(shape)"
        case .attention(let queries, let keys, let heads):
            "attention \(queries) to \(keys[1]), \(heads) heads"
        }
    }

    /// Multiplications and additions of one call.
    var floatingPointOperationCount: Int {
        switch self {
        case .convolution(let input, let kernel, let dimensions):
            let places = input.shape(without: 3) / (dimensions.strides[0] * dimensions.strides[1])
            return 2 * places * kernel.elementCount
        case .product(let rows, let summed, let columns): return 2 * rows * summed * columns
        case .attention(let queries, let keys, _): return 4 * queries.elementCount * keys[1]
        default: return 0
        }
    }

    /// Emits the piece into a program of its own.
    func emit(in graph: ModelGraph) throws -> Value {
        let builder = graph.builder
        func argument(_ shape: Shape) -> Value { builder.argument("input", TensorType(.f32, shape)) }
        switch self {
        case .convolution(let input, let kernel, let dimensions):
            return try argument(input).convolved(argument(kernel), dimensions)
        case .product(let rows, let summed, let columns):
            return try argument([rows, summed]).matrixProduct(argument([summed, columns]))
        case .groupNorm(let shape, let groups):
            let input = argument([shape[0], shape[1], 1, shape[2]])
            return try Activation.silu(graph.root["norm"].groupNorm(input, groups: groups, epsilon: 1e-5))
        case .layerNorm(let shape): return try graph.root["norm"].layerNorm(argument(shape))
        case .gate(let shape):
            let halves = try argument([shape[0], shape[1], 2 * shape[2]]).split(2, into: 2)
            return try halves[0] * Activation.gelu(halves[1])
        case .attention(let queries, let keys, let heads):
            let attention = ScaledDotProductAttention(heads: heads, policy: graph.policy)
            return try attention(query: argument(queries), key: argument(keys), value: argument(keys))
        }
    }
}

extension Shape {
    fileprivate func shape(without dimension: Int) -> Int { elementCount / self[dimension] }
}
