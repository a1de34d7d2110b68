import StableHLO
import Tensors

extension GradientCase {
    private static func dot(
        _ name: String, _ left: Shape, _ right: Shape, _ dimensions: DotDimensions
    ) -> GradientCase {
        GradientCase(
            "dot \(name)",
            [.numbers(left, from: -1, to: 1, seed: 3), .numbers(right, from: -1, to: 1, seed: 4)]
        ) { try $0[0].dot($0[1], dimensions) }
    }

    static let linear: [GradientCase] = [
        dot("mk kn", [2, 3], [3, 4], DotDimensions(contracting: ([1], [0]))),
        dot("mk nk", [2, 3], [4, 3], DotDimensions(contracting: ([1], [1]))),
        dot("km kn", [3, 2], [3, 4], DotDimensions(contracting: ([0], [0]))),
        dot("km nk", [3, 2], [4, 3], DotDimensions(contracting: ([0], [1]))),
        dot("inner", [3], [3], DotDimensions(contracting: ([0], [0]))),
        dot("outer", [2], [3], DotDimensions(contracting: ([], []))),
        dot("btc co", [2, 3, 4], [4, 2], DotDimensions(contracting: ([2], [0]))),
        dot(
            "batched in front", [2, 3, 4], [2, 4, 2],
            DotDimensions(contracting: ([2], [1]), batch: ([0], [0]))),
        dot(
            "batched inside", [3, 2, 4], [2, 5, 4],
            DotDimensions(contracting: ([2], [2]), batch: ([1], [0]))),
        dot(
            "two contracted, crossed", [2, 3, 4], [4, 2, 3],
            DotDimensions(contracting: ([1, 2], [2, 0]))),
        dot(
            "two batches, crossed", [2, 3, 2, 2], [3, 2, 2, 2],
            DotDimensions(contracting: ([3], [2]), batch: ([0, 1], [1, 0]))),
    ]

    private static func convolution(
        _ name: String, input: Shape, kernel: Shape, _ dimensions: ConvolutionDimensions
    ) -> GradientCase {
        GradientCase(
            "convolution \(name)",
            [.numbers(input, from: -1, to: 1, seed: 5), .numbers(kernel, from: -1, to: 1, seed: 6)]
        ) { try $0[0].convolved($0[1], dimensions) }
    }

    private typealias Padding = ConvolutionDimensions.Padding
    private static let one = [Padding(1, 1), Padding(1, 1)]

    static let convolutions: [GradientCase] = [
        convolution("3x3", input: [2, 4, 5, 2], kernel: [3, 3, 2, 3], ConvolutionDimensions(padding: one)),
        convolution("1x1", input: [2, 2, 3, 2], kernel: [1, 1, 2, 3], ConvolutionDimensions()),
        convolution(
            "stride 2, padded after", input: [1, 6, 4, 2], kernel: [3, 3, 2, 2],
            ConvolutionDimensions(strides: [2, 2], padding: [Padding(0, 1), Padding(0, 1)])),
        convolution(
            "stride 2, padded around", input: [1, 6, 5, 2], kernel: [3, 3, 2, 2],
            ConvolutionDimensions(strides: [2, 2], padding: one)),
        convolution(
            "strides and padding differ, rows left over", input: [1, 7, 6, 1], kernel: [2, 3, 1, 2],
            ConvolutionDimensions(strides: [3, 2], padding: [Padding(0, 0), Padding(2, 0)])),
        convolution(
            "negative padding", input: [1, 6, 6, 1], kernel: [2, 2, 1, 2],
            ConvolutionDimensions(padding: [Padding(-1, 1), Padding(1, -2)])),
        convolution(
            "padding wider than the kernel", input: [1, 3, 3, 1], kernel: [2, 2, 1, 1],
            ConvolutionDimensions(padding: [Padding(3, 2), Padding(0, 4)])),
        convolution(
            "input dilation", input: [1, 3, 4, 2], kernel: [3, 3, 2, 2],
            ConvolutionDimensions(padding: one, inputDilation: [2, 3])),
        convolution(
            "kernel dilation", input: [1, 6, 7, 2], kernel: [2, 3, 2, 2],
            ConvolutionDimensions(padding: one, kernelDilation: [2, 2])),
        convolution(
            "all at once", input: [2, 5, 4, 4], kernel: [2, 3, 2, 6],
            ConvolutionDimensions(
                strides: [2, 3], padding: [Padding(2, 1), Padding(0, 3)], inputDilation: [3, 2],
                kernelDilation: [2, 1], featureGroups: 2)),
        convolution(
            "groups", input: [2, 3, 3, 6], kernel: [2, 2, 2, 3],
            ConvolutionDimensions(padding: one, featureGroups: 3)),
        convolution(
            "one group a channel", input: [1, 3, 3, 3], kernel: [2, 2, 1, 3],
            ConvolutionDimensions(padding: one, featureGroups: 3)),
        convolution(
            "OHWI", input: [2, 4, 3, 2], kernel: [3, 3, 2, 2],
            ConvolutionDimensions(kernel: "o01i", strides: [2, 1], padding: one)),
        convolution(
            "NCHW and OIHW", input: [2, 2, 4, 3], kernel: [3, 2, 2, 3],
            ConvolutionDimensions(
                input: "bf01", kernel: "oi01", output: "bf01", strides: [1, 2], padding: one)),
        convolution(
            "unusual orders, groups", input: [4, 3, 2, 3], kernel: [2, 2, 2, 4],
            ConvolutionDimensions(
                input: "f1b0", kernel: "1i0o", output: "0fb1", padding: one, featureGroups: 2)),
    ]
}
