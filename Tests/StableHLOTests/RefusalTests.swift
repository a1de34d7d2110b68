import StableHLO
import Tensors
import Testing

/// What does not fit is refused with a sentence, and leaves the program as it was.
@Suite struct RefusalTests {
    /// What is asked of `x`, a `tensor<2x3xf32>`, and the answer.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let ask: @Sendable (Value) throws -> Any

        init(_ sentence: String, _ ask: @escaping @Sendable (Value) throws -> Any) {
            testDescription = sentence
            self.ask = ask
        }
    }

    @Test(arguments: elementwise + movement + linear + convolution + indexing + control)
    func refused(_ row: Row) throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [2, 3]))
        let error = #expect(throws: ProgramError.self) { try row.ask(x) }
        #expect(error?.description == row.testDescription)
        // Operands made for the question may stand; what was refused does not.
        #expect(builder.operations.allSatisfy { if case .constant = $0.kind { true } else { false } })
    }

    @Test("A refusal inside a loop's body closes the body")
    func insideLoop() throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [2, 3]))
        #expect(throws: ProgramError.self) {
            try builder.loop(count: 2, carrying: [x]) { _, carried in [try carried[0].transposed([0, 0])] }
        }
        let y = try -x
        #expect(builder.operations.count == 1)
        #expect(try builder.finish(returning: [y]).operations.count == 1)
    }

    private static func zeros(_ x: Value, _ type: ElementType, _ shape: Shape) throws -> Value {
        try x.builder.constant(0, TensorType(type, shape))
    }

    private static let elementwise = [
        Row(
            "add: operands differ: tensor<2x3xf32> and tensor<3x2xf32>; broadcast or convert one of them first"
        ) {
            try $0 + zeros($0, .f32, [3, 2])
        },
        Row(
            "divide: operands differ: tensor<2x3xf32> and tensor<2x3xf64>; broadcast or convert one of them first"
        ) {
            try $0 / zeros($0, .f64, [2, 3])
        },
        Row("and: is not defined on tensor<2x3xf32>") { try $0.binary(.and, $0) },
        Row("add: is not defined on tensor<2xi1>") {
            let truth = try zeros($0, .i1, [2])
            return try truth + truth
        },
        Row("tanh: is not defined on tensor<2xi32>") { try zeros($0, .i32, [2]).tanh() },
        Row("not: is not defined on tensor<2x3xf32>") { try $0.unary(.not) },
        Row("negate: is not defined on tensor<2xi1>") { try -zeros($0, .i1, [2]) },
        Row(
            "compare: operands differ: tensor<2x3xf32> and tensor<2x3xi32>; broadcast or convert one of them first"
        ) {
            try $0.compared(.less, to: zeros($0, .i32, [2, 3]))
        },
        Row(
            "select: operands differ: tensor<2x3xf32> and tensor<f32>; broadcast or convert one of them first"
        ) {
            try zeros($0, .i1, [2, 3]).select($0, zeros($0, .f32, .scalar))
        },
        Row("select: the choice has type tensor<3xi1>, the choices tensor<2x3xf32>") {
            try zeros($0, .i1, [3]).select($0, $0)
        },
        Row("constant: 1.5 is no whole number that fits into i32") {
            try zeros($0, .i32, [2]) + 1.5
        },
        Row("iota: tensor<2xi32> cannot count along dimension 1") {
            try $0.builder.iota(TensorType(.i32, [2]), dimension: 1)
        },
        Row("iota: tensor<2xi1> cannot count along dimension 0") {
            try $0.builder.iota(TensorType(.i1, [2]), dimension: 0)
        },
        Row("operand: a value of function other cannot be used in main") {
            try $0 + FunctionBuilder("other").argument("y", $0.type)
        },
    ]

    private static let movement = [
        Row("reshape: tensor<2x3xf32> has 6 elements, [4, 2] has 8") { try $0.reshaped(to: [4, 2]) },
        Row("transpose: [0, 0] is no order of the 2 dimensions of tensor<2x3xf32>") {
            try $0.transposed([0, 0])
        },
        Row("transpose: [0] is no order of the 2 dimensions of tensor<2x3xf32>") { try $0.transposed([0]) },
        Row("broadcast_in_dim: tensor<2x3xf32> has 2 dimensions, 1 places were given for them") {
            try $0.broadcast(to: [2, 3], along: [0])
        },
        Row("broadcast_in_dim: dimensions [1, 1] name one place twice") {
            try $0.broadcast(to: [2, 3], along: [1, 1])
        },
        Row("broadcast_in_dim: there is no dimension 2 in [2, 3]") {
            try $0.broadcast(to: [2, 3], along: [0, 2])
        },
        Row(
            "broadcast_in_dim: dimension 1 of tensor<2x3xf32> has size 3, dimension 2 of [2, 3, 4] has 4"
        ) {
            try $0.broadcast(to: [2, 3, 4], along: [0, 2])
        },
        Row("broadcast_in_dim: tensor<2x3xf32> has more dimensions than [3]") {
            try $0.broadcastLast(to: [3])
        },
        Row("slice: tensor<2x3xf32> needs 2 starts, limits and strides") {
            try $0.sliced(from: [0], to: [1])
        },
        Row("slice: [0:4:1] does not lie in dimension 1 of tensor<2x3xf32>") {
            try $0.sliced(from: [0, 0], to: [2, 4])
        },
        Row("slice: [2:1:1] does not lie in dimension 0 of tensor<2x3xf32>") {
            try $0.sliced(from: [2, 0], to: [1, 3])
        },
        Row("slice: [0:3:0] does not lie in dimension 1 of tensor<2x3xf32>") {
            try $0.sliced(from: [0, 0], to: [2, 3], by: [1, 0])
        },
        Row("slice: tensor<2x3xf32> has no dimension 2") { try $0.sliced(2, 0..<1) },
        Row("slice: dimension 1 of tensor<2x3xf32> cannot be cut into 2 equal parts") {
            try $0.split(1, into: 2)
        },
        Row("slice: dimension 1 of tensor<2x3xf32> cannot be cut into 0 equal parts") {
            try $0.split(1, into: 0)
        },
        Row("pad: tensor<2x3xf32> needs 2 low, high and interior amounts") {
            try $0.padded(low: [1], high: [1])
        },
        Row("pad: interior padding of dimension 1 is negative") {
            try $0.padded(low: [0, 0], high: [0, 0], interior: [0, -1])
        },
        Row("pad: dimension 0 of tensor<2x3xf32> would get the size -1") {
            try $0.padded(low: [-2, 0], high: [-1, 0])
        },
        Row("reverse: [0, 0] are not separate dimensions of tensor<2x3xf32>") { try $0.reversed([0, 0]) },
        Row("reverse: [2] are not separate dimensions of tensor<2x3xf32>") { try $0.reversed([2]) },
        Row("concatenate: there is nothing to join") { try $0.builder.concatenate([], along: 0) },
        Row("concatenate: tensor<2x3xf32> has no dimension 2") { try $0.builder.concatenate([$0], along: 2) },
        Row(
            "concatenate: tensor<2x3xf32> and tensor<3x2xf32> may differ only in the size of dimension 0"
        ) {
            try $0.builder.concatenate([$0, zeros($0, .f32, [3, 2])], along: 0)
        },
        Row(
            "concatenate: tensor<2x3xf32> and tensor<2x3xf16> may differ only in the size of dimension 1"
        ) {
            try $0.builder.concatenate([$0, zeros($0, .f16, [2, 3])], along: 1)
        },
        Row("reduce: [0, 0] are not separate dimensions of tensor<2x3xf32>") { try $0.sum(over: [0, 0]) },
        Row("reduce: [-1] are not separate dimensions of tensor<2x3xf32>") { try $0.maximum(over: [-1]) },
        Row("reduce: [2] are not separate dimensions of tensor<2x3xf32>") { try $0.mean(over: [2]) },
        Row("reduce: tensor<2xi1> has no add") { try zeros($0, .i1, [2]).sum(over: [0]) },
    ]

    private static let linear = [
        Row("dot_general: contracting dimension 1 of tensor<2x3xf32> has size 3, 0 of tensor<2x3xf32> has 2")
        {
            try $0.matrixProduct($0)
        },
        Row("dot_general: tensor<2x3xf32> and tensor<3xf32> are not both matrices") {
            try $0.matrixProduct(zeros($0, .f32, [3]))
        },
        Row("dot_general: operands hold f32 and bf16; convert one of them") {
            try $0.matrixProduct(zeros($0, .bf16, [3, 2]))
        },
        Row("dot_general: batch dimension 0 of tensor<2x3xf32> has size 2, 0 of tensor<3x3xf32> has 3") {
            try $0.dot(
                zeros($0, .f32, [3, 3]), DotDimensions(contracting: ([1], [1]), batch: ([0], [0])))
        },
        Row("dot_general: 1 contracting dimensions on the left, 2 on the right") {
            try $0.dot($0, DotDimensions(contracting: ([1], [0, 1])))
        },
        Row(
            "dot_general: batch [1] and contracting [1] are not separate dimensions of the left operand tensor<2x3xf32>"
        ) {
            try $0.dot($0, DotDimensions(contracting: ([1], [1]), batch: ([1], [0])))
        },
        Row(
            "dot_general: batch [] and contracting [2] are not separate dimensions of the right operand tensor<2x3xf32>"
        ) {
            try $0.dot($0, DotDimensions(contracting: ([1], [2])))
        },
    ]

    private static func convolve(
        _ x: Value, input: Shape = [1, 4, 4, 2], kernel: Shape = [3, 3, 2, 5],
        type: ElementType = .f32, _ dimensions: ConvolutionDimensions = ConvolutionDimensions()
    ) throws -> Value {
        try zeros(x, .f32, input).convolved(zeros(x, type, kernel), dimensions)
    }

    private static let convolution = [
        Row("convolution: input tensor<1x4x4x2xf32> and kernel tensor<3x3x2x5xbf16> hold different types") {
            try convolve($0, type: .bf16)
        },
        Row("convolution: input tensor<4x4x2xf32> and kernel tensor<3x3x2x5xf32> need four dimensions each") {
            try convolve($0, input: [4, 4, 2])
        },
        Row(
            """
            convolution: input tensor<1x4x4x2xf32> has 2 features, the kernel tensor<3x3x3x5xf32> takes 3 in each of 1 \
            groups and makes 5
            """
        ) {
            try convolve($0, kernel: [3, 3, 3, 5])
        },
        Row(
            """
            convolution: input tensor<1x4x4x2xf32> has 2 features, the kernel tensor<3x3x1x5xf32> takes 1 in each of 2 \
            groups and makes 5
            """
        ) {
            try convolve($0, kernel: [3, 3, 1, 5], ConvolutionDimensions(featureGroups: 2))
        },
        Row("convolution: the order of dimensions [b, 0, 1, c] lacks 'f'") {
            try convolve($0, ConvolutionDimensions(input: "b01c"))
        },
        Row("convolution: the order of dimensions [0, 1, i] lacks 'i'") {
            try convolve($0, ConvolutionDimensions(kernel: "01i"))
        },
        Row("convolution: the order of dimensions [b, 0, 0, f] lacks '1'") {
            try convolve($0, ConvolutionDimensions(output: "b00f"))
        },
        Row("convolution: strides, padding and dilations need one entry for rows and one for columns") {
            try convolve($0, ConvolutionDimensions(strides: [1]))
        },
        Row("convolution: strides and dilations start at 1") {
            try convolve($0, ConvolutionDimensions(strides: [1, 0]))
        },
        Row("convolution: strides and dilations start at 1") {
            try convolve($0, ConvolutionDimensions(kernelDilation: [0, 1]))
        },
        Row("convolution: a window of 7 does not fit into 6 (padded size of dimension 1 of space)") {
            try convolve(
                $0,
                ConvolutionDimensions(
                    padding: [.init(0, 0), .init(1, 1)], kernelDilation: [1, 3]))
        },
    ]

    private static let indexing = [
        Row(
            "gather: rows are taken from a matrix by i32 indices, not from tensor<2x3xf32> by tensor<2xi64>"
        ) {
            try $0.rows(at: zeros($0, .i64, [2]))
        },
        Row("gather: rows are taken from a matrix by i32 indices, not from tensor<2xf32> by tensor<2xi32>") {
            try zeros($0, .f32, [2]).rows(at: zeros($0, .i32, [2]))
        },
        Row("scatter: tensor<4x2xf32> at tensor<4xi32> cannot be added to the rows of tensor<2x3xf32>") {
            try $0.addingRows(zeros($0, .f32, [4, 2]), at: zeros($0, .i32, [4]))
        },
        Row("dynamic_slice: tensor<2x3xf32> needs 2 starts, each a tensor<i32>; there are [tensor<i32>]") {
            try $0.dynamicSlice(at: [zeros($0, .i32, .scalar)], sizes: [1, 1])
        },
        Row("dynamic_slice: a box of [3, 1] does not fit into tensor<2x3xf32>") {
            let zero = try zeros($0, .i32, .scalar)
            return try $0.dynamicSlice(at: [zero, zero], sizes: [3, 1])
        },
        Row("dynamic_update_slice: tensor<1x4xf32> does not fit into tensor<2x3xf32>") {
            let zero = try zeros($0, .i32, .scalar)
            return try $0.dynamicUpdate(zeros($0, .f32, [1, 4]), at: [zero, zero])
        },
        Row("dynamic_update_slice: tensor<1x1xf64> does not fit into tensor<2x3xf32>") {
            let zero = try zeros($0, .i32, .scalar)
            return try $0.dynamicUpdate(zeros($0, .f64, [1, 1]), at: [zero, zero])
        },
    ]

    private static let control = [
        Row("while: a loop cannot run -1 times") { try $0.builder.loop(count: -1, carrying: [$0]) { $1 } },
        Row("while: the body returns [], the loop carries [tensor<2x3xf32>]") {
            try $0.builder.loop(count: 2, carrying: [$0]) { _, _ in [] }
        },
        Row("while: the body returns [tensor<3x2xf32>], the loop carries [tensor<2x3xf32>]") {
            try $0.builder.loop(count: 2, carrying: [$0]) { _, carried in [try carried[0].transposed([1, 0])]
            }
        },
        Row("custom_call: ondol.nothing needs a result") {
            try $0.builder.call(CustomCall(target: "ondol.nothing"), [$0], results: [])
        },
        Row(
            "custom_call: result 0 of ondol.step cannot take over the memory of operand 1; both must exist and have one type"
        ) {
            try $0.builder.call(
                CustomCall(target: "ondol.step", resultAliases: [0: 1]), [$0], results: [$0.type])
        },
        Row(
            "custom_call: result 0 of ondol.step cannot take over the memory of operand 0; both must exist and have one type"
        ) {
            try $0.builder.call(
                CustomCall(target: "ondol.step", resultAliases: [0: 0]), [$0],
                results: [$0.type.with(.f64)])
        },
        Row("custom_call: ondol.split has 2 results; a call with a gradient has one") {
            try $0.builder.call(
                CustomCall(target: "ondol.split", gradientTarget: "ondol.join"), [$0],
                results: [$0.type, $0.type])
        },
        Row("return: the function returns nothing; it needs a result") {
            try $0.builder.finish(returning: [])
        },
        Row("return: a result belongs to another function") {
            try $0.builder.finish(returning: [FunctionBuilder("other").argument("y", $0.type)])
        },
        Row("return: argument 1 cannot lend its memory to result 0: there is no such pair") {
            try $0.builder.finish(returning: [$0], aliasing: [1: 0])
        },
        Row(
            "return: argument 0 is tensor<2x3xf32> and cannot lend its memory to result 0, which is tensor<f32>"
        ) {
            try $0.builder.finish(returning: [zeros($0, .f32, .scalar)], aliasing: [0: 0])
        },
    ]
}
