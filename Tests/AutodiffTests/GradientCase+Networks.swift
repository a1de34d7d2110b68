import Autodiff
import StableHLO
import Tensors

extension GradientCase {
    /// Rules working together as they do in a denoising network.
    static let networks: [GradientCase] = [
        GradientCase(
            "group normalization, SiLU, convolution",
            [
                .numbers([2, 3, 3, 4], from: -2, to: 2, seed: 20),
                .numbers([4], from: 0.5, to: 1.5, seed: 21),
                .numbers([4], from: -1, to: 1, seed: 22), .numbers([3, 3, 4, 2], from: -1, to: 1, seed: 23),
            ]
        ) {
            let groups = try $0[0].reshaped(to: [2, 9, 2, 2])
            let mean = try groups.mean(over: [1, 3]).broadcast(to: groups.shape, along: [0, 2])
            let centred = try groups - mean
            let variance = try (centred * centred).mean(over: [1, 3])
            let scale = try (variance + 1e-5).reciprocalSquareRoot()
            let normal = try (centred * scale.broadcast(to: groups.shape, along: [0, 2]))
                .reshaped(to: $0[0].shape)
            let moved =
                try normal * $0[1].broadcastLast(to: normal.shape) + $0[2].broadcastLast(to: normal.shape)
            let padding = [ConvolutionDimensions.Padding(1, 1), ConvolutionDimensions.Padding(1, 1)]
            return try (moved * moved.logistic()).convolved($0[3], ConvolutionDimensions(padding: padding))
        },
        GradientCase(
            "attention by heads",
            [
                .numbers([4, 6], from: -1, to: 1, seed: 24), .numbers([6, 12], from: -1, to: 1, seed: 25),
                .numbers([4, 6], from: -1, to: 1, seed: 26),
            ]
        ) { inputs in
            let queries = try inputs[2].split(1, into: 2)
            let keysAndValues = try inputs[0].matrixProduct(inputs[1]).split(1, into: 4)
            let heads = try (0..<2).map { head in
                let scores = try queries[head].dot(
                    keysAndValues[head], DotDimensions(contracting: ([1], [1])))
                let largest = try scores.maximum(over: [1]).detached()
                let powers = try (scores - largest.broadcast(to: scores.shape, along: [0])).exponential()
                let sums = try powers.sum(over: [1])
                let mixed = try powers.matrixProduct(keysAndValues[2 + head])
                return try mixed / sums.broadcast(to: mixed.shape, along: [0])
            }
            return try inputs[0].builder.concatenate(heads, along: 1)
        },
        GradientCase("a gradient of a gradient", [.numbers([3], from: -1, to: 1, seed: 27)]) {
            let cubes = try ($0[0] * $0[0].tanh() * $0[0]).sum(over: [0])
            return try $0[0].builder.gradients(of: cubes, withRespectTo: [$0[0]])[0]
        },
    ]
}
