import PJRT
import Tensors
import Testing

/// A small program, its signature, arguments to run it on and the numbers it must return, worked out by hand.
struct SampleProgram: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let signature: ProgramSignature
    let arguments: [HostTensor]
    let results: [[Float]]

    var testDescription: String { name }

    static let all = [add, matrixProduct, loop, brainFloatProduct, convolution, scalarSum, noArguments]

    static let add = SampleProgram(
        name: "add",
        text: """
            func.func public @main(%a: tensor<3xf32>, %b: tensor<3xf32>) -> tensor<3xf32> {
              %0 = stablehlo.add %a, %b : tensor<3xf32>
              return %0 : tensor<3xf32>
            }
            """,
        signature: ProgramSignature(
            arguments: [TensorType(.f32, [3]), TensorType(.f32, [3])],
            results: [TensorType(.f32, [3])]),
        arguments: [
            HostTensor([1, 2, 3] as [Float], shape: [3]), HostTensor([10, 20, 30] as [Float], shape: [3]),
        ],
        results: [[11, 22, 33]])

    /// [[1 2] [3 4] [5 6]] · [[1 0 2] [0 1 3]]; not square, so that a swapped order would show.
    static let matrixProduct = SampleProgram(
        name: "matrix product",
        text: """
            func.func public @main(%a: tensor<3x2xf32>, %b: tensor<2x3xf32>) -> tensor<3x3xf32> {
              %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT]
                  : (tensor<3x2xf32>, tensor<2x3xf32>) -> tensor<3x3xf32>
              return %0 : tensor<3x3xf32>
            }
            """,
        signature: ProgramSignature(
            arguments: [TensorType(.f32, [3, 2]), TensorType(.f32, [2, 3])],
            results: [TensorType(.f32, [3, 3])]),
        arguments: [
            HostTensor([1, 2, 3, 4, 5, 6] as [Float], shape: [3, 2]),
            HostTensor([1, 0, 2, 0, 1, 3] as [Float], shape: [2, 3]),
        ],
        results: [[1, 2, 8, 3, 4, 18, 5, 6, 28]])

    /// Doubles ten times: two results, one of them an integer counter that is turned into a float.
    static let loop = SampleProgram(
        name: "loop",
        text: """
            func.func public @main(%x: tensor<2xf32>) -> (tensor<f32>, tensor<2xf32>) {
              %zero = stablehlo.constant dense<0> : tensor<i32>
              %one = stablehlo.constant dense<1> : tensor<i32>
              %ten = stablehlo.constant dense<10> : tensor<i32>
              %r:2 = stablehlo.while(%i = %zero, %sum = %x) : tensor<i32>, tensor<2xf32>
                cond {
                  %more = stablehlo.compare LT, %i, %ten, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
                  stablehlo.return %more : tensor<i1>
                } do {
                  %j = stablehlo.add %i, %one : tensor<i32>
                  %y = stablehlo.add %sum, %sum : tensor<2xf32>
                  stablehlo.return %j, %y : tensor<i32>, tensor<2xf32>
                }
              %count = stablehlo.convert %r#0 : (tensor<i32>) -> tensor<f32>
              return %count, %r#1 : tensor<f32>, tensor<2xf32>
            }
            """,
        signature: ProgramSignature(
            arguments: [TensorType(.f32, [2])],
            results: [TensorType(.f32, .scalar), TensorType(.f32, [2])]),
        arguments: [HostTensor([1, 3] as [Float], shape: [2])],
        results: [[10], [1024, 3072]])

    /// bf16 operands, f32 sums: 1.5·2 + 2.5·4 = 13.
    static let brainFloatProduct = SampleProgram(
        name: "bf16 product",
        text: """
            func.func public @main(%a: tensor<1x2xbf16>, %b: tensor<2x1xbf16>) -> tensor<1x1xf32> {
              %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT]
                  : (tensor<1x2xbf16>, tensor<2x1xbf16>) -> tensor<1x1xf32>
              return %0 : tensor<1x1xf32>
            }
            """,
        signature: ProgramSignature(
            arguments: [TensorType(.bf16, [1, 2]), TensorType(.bf16, [2, 1])],
            results: [TensorType(.f32, [1, 1])]),
        arguments: [
            HostTensor([BFloat16(1.5), BFloat16(2.5)], shape: [1, 2]),
            HostTensor([BFloat16(2), BFloat16(4)], shape: [2, 1]),
        ],
        results: [[13]])

    /// A 3×3 picture, rows 1 2 3 / 4 5 6 / 7 8 9, and the 2×2 kernel 1 10 / 100 1000, stride 1, no padding, NHWC and
    /// HWIO: the first is 1 + 20 + 400 + 5000. A kernel that was turned around would give 1245.
    static let convolution = SampleProgram(
        name: "convolution",
        text: """
            func.func public @main(%x: tensor<1x3x3x1xf32>, %w: tensor<2x2x1x1xf32>) -> tensor<1x2x2x1xf32> {
              %0 = stablehlo.convolution(%x, %w) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f],
                  window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1]}
                  {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
                  : (tensor<1x3x3x1xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x2x1xf32>
              return %0 : tensor<1x2x2x1xf32>
            }
            """,
        signature: ProgramSignature(
            arguments: [TensorType(.f32, [1, 3, 3, 1]), TensorType(.f32, [2, 2, 1, 1])],
            results: [TensorType(.f32, [1, 2, 2, 1])]),
        arguments: [
            HostTensor([1, 2, 3, 4, 5, 6, 7, 8, 9] as [Float], shape: [1, 3, 3, 1]),
            HostTensor([1, 10, 100, 1000] as [Float], shape: [2, 2, 1, 1]),
        ],
        results: [[5421, 6532, 8754, 9865]])

    static let scalarSum = SampleProgram(
        name: "sum to a scalar",
        text: """
            func.func public @main(%a: tensor<2x2xf32>) -> tensor<f32> {
              %zero = stablehlo.constant dense<0.0> : tensor<f32>
              %0 = stablehlo.reduce(%a init: %zero) applies stablehlo.add across dimensions = [0, 1]
                  : (tensor<2x2xf32>, tensor<f32>) -> tensor<f32>
              return %0 : tensor<f32>
            }
            """,
        signature: ProgramSignature(
            arguments: [TensorType(.f32, [2, 2])], results: [TensorType(.f32, .scalar)]),
        arguments: [HostTensor([1, 2, 3, 4] as [Float], shape: [2, 2])],
        results: [[10]])

    static let noArguments = SampleProgram(
        name: "no arguments",
        text: """
            func.func public @main() -> tensor<4xf32> {
              %0 = stablehlo.iota dim = 0 : tensor<4xf32>
              return %0 : tensor<4xf32>
            }
            """,
        signature: ProgramSignature(arguments: [], results: [TensorType(.f32, [4])]),
        arguments: [],
        results: [[0, 1, 2, 3]])

    /// Adds 1 to a donated argument; `%other` is only read.
    static let donation = SampleProgram(
        name: "donation",
        text: """
            func.func public @main(
                %x: tensor<4xf32> {tf.aliasing_output = 0 : i32}, %other: tensor<4xf32>
            ) -> tensor<4xf32> {
              %0 = stablehlo.add %x, %other : tensor<4xf32>
              return %0 : tensor<4xf32>
            }
            """,
        signature: ProgramSignature(
            arguments: [TensorType(.f32, [4]), TensorType(.f32, [4])],
            results: [TensorType(.f32, [4])], donatedArguments: [0]),
        arguments: [
            HostTensor([1, 2, 3, 4] as [Float], shape: [4]), HostTensor([1, 1, 1, 1] as [Float], shape: [4]),
        ],
        results: [[2, 3, 4, 5]])
}
