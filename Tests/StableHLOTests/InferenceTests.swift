import StableHLO
import Tensors
import Testing

/// Result types.
@Suite struct InferenceTests {
    /// What is made of `x`, a `tensor<2x3x4xf32>`, and its type.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let type: String
        let build: @Sendable (Value) throws -> Value

        init(_ name: String, _ type: String, _ build: @escaping @Sendable (Value) throws -> Value) {
            testDescription = name
            self.type = type
            self.build = build
        }
    }

    @Test(arguments: shapes + convolutions)
    func inferred(_ row: Row) throws {
        let builder = FunctionBuilder()
        let value = try row.build(builder.argument("x", TensorType(.f32, [2, 3, 4])))
        #expect(value.type.description == row.type)
        #expect(builder.value(value.identifier).type == value.type)
    }

    @Test("What changes nothing emits nothing")
    func identities() throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [2, 3]))
        _ = try x.converted(to: .f32).reshaped(to: [2, 3]).transposed([0, 1])
            .broadcast(to: [2, 3], along: [0, 1]).sum(over: [])
        _ = try builder.concatenate([x], along: 0)
        #expect(builder.operations.isEmpty)
    }

    private static let shapes = [
        Row("compare", "tensor<2x3x4xi1>") { try $0.compared(.less, to: $0) },
        Row("convert", "tensor<2x3x4xui8>") { try $0.converted(to: .ui8) },
        Row("reshape to a scalar's shape", "tensor<f32>") {
            try $0.sliced(from: [0, 0, 0], to: [1, 1, 1]).reshaped(to: .scalar)
        },
        Row("transpose", "tensor<4x2x3xf32>") { try $0.transposed([2, 0, 1]) },
        Row("broadcast", "tensor<3x5x2x4xf32>") { try $0.broadcast(to: [3, 5, 2, 4], along: [2, 0, 3]) },
        Row("slice", "tensor<1x2x2xf32>") { try $0.sliced(from: [1, 0, 1], to: [2, 3, 4], by: [1, 2, 2]) },
        Row("slice of nothing", "tensor<2x0x4xf32>") { try $0.sliced(1, 2..<2) },
        Row("split", "tensor<2x3x2xf32>") { try $0.split(2, into: 2)[1] },
        Row("pad", "tensor<3x7x2xf32>") {
            try $0.padded(low: [0, 1, -3], high: [1, 1, 1], interior: [0, 1, 0])
        },
        Row("concatenate", "tensor<2x6x4xf32>") { try $0.builder.concatenate([$0, $0], along: 1) },
        Row("reduce", "tensor<3xf32>") { try $0.sum(over: [2, 0]) },
        Row("reduce all", "tensor<f32>") { try $0.maximum(over: [0, 1, 2]) },
        Row("dot", "tensor<2x3x5xf32>") {
            let right = try $0.builder.constant(0, TensorType(.f32, [4, 5]))
            return try $0.dot(right, DotDimensions(contracting: ([2], [0])))
        },
        Row("dot, batched, another result type", "tensor<3x2x5xf32>") {
            let right = try $0.builder.constant(0, TensorType(.bf16, [5, 4, 3]))
            return try $0.converted(to: .bf16).dot(
                right, DotDimensions(contracting: ([2], [1]), batch: ([1], [2])), result: .f32)
        },
        Row("rows", "tensor<5x7x6xf32>") {
            let indices = try $0.builder.constant(0, TensorType(.i32, [5, 7]))
            return try $0.reshaped(to: [4, 6]).rows(at: indices)
        },
        Row("dynamic slice", "tensor<1x3x2xf32>") {
            let zero = try $0.builder.constant(0, TensorType(.i32, .scalar))
            return try $0.dynamicSlice(at: [zero, zero, zero], sizes: [1, 3, 2])
        },
    ]

    private static func convolution(
        _ name: String, _ type: String, input: Shape, kernel: Shape, _ dimensions: ConvolutionDimensions,
        result: ElementType? = nil
    ) -> Row {
        Row("convolution \(name)", type) {
            let input = try $0.builder.constant(0, TensorType(.bf16, input))
            let kernel = try $0.builder.constant(0, TensorType(.bf16, kernel))
            return try input.convolved(kernel, dimensions, result: result)
        }
    }

    private static let convolutions = [
        convolution(
            "of same size", "tensor<2x8x9x5xf32>", input: [2, 8, 9, 3], kernel: [3, 3, 3, 5],
            ConvolutionDimensions(padding: [.init(1, 1), .init(1, 1)]), result: .f32),
        convolution(
            "stride 2", "tensor<2x4x4x5xbf16>", input: [2, 8, 9, 3], kernel: [3, 3, 3, 5],
            ConvolutionDimensions(strides: [2, 2], padding: [.init(0, 1), .init(0, 0)])),
        convolution(
            "dilated both ways", "tensor<1x5x7x1xbf16>", input: [1, 4, 4, 1], kernel: [2, 2, 1, 1],
            ConvolutionDimensions(
                padding: [.init(0, 0), .init(0, -1)], inputDilation: [2, 3], kernelDilation: [2, 2])),
        convolution(
            "in other orders, grouped", "tensor<2x6x3x4xbf16>", input: [2, 4, 3, 4], kernel: [6, 1, 1, 2],
            ConvolutionDimensions(input: "bf01", kernel: "o01i", output: "bf01", featureGroups: 2)),
    ]
}
