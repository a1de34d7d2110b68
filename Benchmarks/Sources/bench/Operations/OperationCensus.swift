import StableHLO
import Tensors

/// The work a program consists of: how often each kind of costly piece occurs in it.
struct OperationCensus {
    /// A piece of a network that can be measured by itself.
    enum Piece: Hashable {
        /// A convolution of `input` with `kernel`.
        case convolution(input: Shape, kernel: Shape, dimensions: ConvolutionDimensions)
        /// A matrix product `[rows, summed] × [summed, columns]`.
        case product(rows: Int, summed: Int, columns: Int)
        /// Group normalisation and SiLU of `[batch, pixels, channels]`.
        case groupNorm(Shape, groups: Int)
        /// Layer normalisation of `[batch, tokens, width]`.
        case layerNorm(Shape)
        /// The gate of a feed-forward layer, whose halves have this shape.
        case gate(Shape)
        /// Attention, of `[batch, queries, width]` to `[batch, keys, width]`.
        case attention(queries: Shape, keys: Shape, heads: Int)
    }

    private(set) var counts: [Piece: Int] = [:]

    /// Counts what `function` does outside loops; loops are attention and are counted by ``add(_:count:)``.
    /// - Parameter groups: of group normalisations, whose own small sums are left out.
    init(_ function: Function, groups: Int) {
        // A normalisation has two sums: the mean and the variance.
        var halves: [Piece: Int] = [:]
        for operation in function.operations {
            let operands = operation.operands.map { function.type(of: $0).shape }
            switch operation.kind {
            case .convolution(let dimensions):
                add(.convolution(input: operands[0], kernel: operands[1], dimensions: dimensions))
            case .dotGeneral where operands[0].rank == 2:
                add(.product(rows: operands[0][0], summed: operands[0][1], columns: operands[1][1]))
            case .unary(.errorFunction): add(.gate(operands[0]))
            case .reduce(.add, dimensions: [1]) where operands[0].rank == 3:
                halves[.groupNorm(operands[0], groups: groups), default: 0] += 1
            case .reduce(.add, dimensions: [2]) where operands[0].rank == 3 && operands[0][1] != groups:
                halves[.layerNorm(operands[0]), default: 0] += 1
            default: break
            }
        }
        for (piece, count) in halves { add(piece, count: count / 2) }
    }

    mutating func add(_ piece: Piece, count: Int = 1) { counts[piece, default: 0] += count }
}
