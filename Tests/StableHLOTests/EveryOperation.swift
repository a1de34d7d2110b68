import StableHLO
import Tensors

/// One program that uses every kind of operation but the custom call, with the numbers worked out by hand.
enum EveryOperation {
    /// One operation of the program and what it must give.
    struct Row: Sendable {
        let name: String
        let build: @Sendable (Inputs) throws -> Value
        let expected: [Double]

        init(_ name: String, _ expected: [Double], _ build: @escaping @Sendable (Inputs) throws -> Value) {
            self.name = name
            self.expected = expected
            self.build = build
        }
    }

    /// The program's arguments.
    struct Inputs {
        /// `[[1, 2, 3], [4, 5, 6]]`
        let matrix: Value
        /// `[-1, 0, 2]`
        let vector: Value
        /// `[true, false, true]`
        let truth: Value
        /// `[2, 0, 2]`, `i32`
        let indices: Value
        var builder: FunctionBuilder { matrix.builder }

        func scalar(_ number: Double) throws -> Value {
            try builder.constant(number, TensorType(.i32, .scalar))
        }
    }

    static let arguments = [
        HostTensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3]),
        HostTensor([-1, 0, 2] as [Float], shape: [3]),
        HostTensor([true, false, true], shape: [3]), HostTensor([2, 0, 2] as [Int32], shape: [3]),
    ]

    static func function() throws -> Function {
        let builder = FunctionBuilder()
        let inputs = Inputs(
            matrix: builder.argument("matrix", arguments[0].type),
            vector: builder.argument("vector", arguments[1].type),
            truth: builder.argument("truth", arguments[2].type),
            indices: builder.argument("indices", arguments[3].type))
        // Everything comes back as f32, so that one comparison serves all.
        let results = try rows.map { try $0.build(inputs).converted(to: .f32) }
        return try builder.finish(returning: results)
    }

    static let rows = creation + elementwise + linear + movement + indexing + control

    private static let creation = [
        Row("constant", [0.5, 0.5]) { try $0.builder.constant(0.5, TensorType(.f32, [2])) },
        Row("constant of elements", [1, -2]) {
            try $0.builder.constant(HostTensor([1, -2] as [Float], shape: [2]))
        },
        Row("iota", [0, 0, 1, 1]) { try $0.builder.iota(TensorType(.i64, [2, 2]), dimension: 0) },
    ]

    private static let elementwise = [
        Row("negate", [1, 0, -2]) { try -$0.vector },
        Row("exponential", [0.36787944, 1, 7.3890561]) { try $0.vector.exponential() },
        Row("log", [0, 0.69314718, 1.0986123, 1.3862944, 1.6094379, 1.7917595]) { try $0.matrix.log() },
        Row("logistic", [0.26894142, 0.5, 0.88079708]) { try $0.vector.logistic() },
        Row("sqrt", [1, 1.4142136, 1.7320508, 2, 2.2360680, 2.4494897]) { try $0.matrix.squareRoot() },
        Row("rsqrt", [1, 0.70710678, 0.57735027, 0.5, 0.44721360, 0.40824829]) {
            try $0.matrix.reciprocalSquareRoot()
        },
        Row("tanh", [-0.76159416, 0, 0.96402758]) { try $0.vector.tanh() },
        Row("sine", [-0.84147098, 0, 0.90929743]) { try $0.vector.sine() },
        Row("cosine", [0.54030231, 1, -0.41614684]) { try $0.vector.cosine() },
        Row("abs", [1, 0, 2]) { try $0.vector.absolute() },
        Row("floor", [-1, 0, 1]) { try ($0.vector * 0.75).unary(.floor) },
        Row("not", [0, 1, 0]) { try $0.truth.unary(.not) },
        Row("erf", [-0.84270079, 0, 0.99532227]) { try $0.vector.errorFunction() },
        Row("add", [0, 0, 4]) { try $0.vector + $0.vector.absolute() },
        Row("subtract", [-2, -1, 1]) { try $0.vector - 1 },
        Row("multiply", [1, 0, 4]) { try $0.vector * $0.vector },
        Row("divide", [-0.25, 0, 0.5]) { try $0.vector / 4 },
        Row("maximum", [0, 0, 2]) { try $0.vector.maximum($0.vector * 0) },
        Row("minimum", [-1, 0, 0]) { try $0.vector.minimum($0.vector * 0) },
        Row("power", [1, 8, 27, 64, 125, 216]) { try $0.matrix.binary(.power, 3) },
        Row("remainder", [1, 0, 1, 0, 1, 0]) { try $0.matrix.binary(.remainder, 2) },
        Row("and", [0, 0, 1]) {
            try $0.truth.binary(.and, $0.vector.compared(.greater, to: $0.vector * 0))
        },
        Row("or", [1, 1, 1]) { try $0.truth.binary(.or, $0.vector.compared(.equal, to: $0.vector * 0)) },
        Row("or, integers", [3, 1, 3]) { try $0.indices.binary(.or, 1) },
        Row("compare EQ", [0, 1, 0]) { try $0.vector.compared(.equal, to: $0.vector * 0) },
        Row("compare NE", [1, 0, 1]) { try $0.vector.compared(.notEqual, to: $0.vector * 0) },
        Row("compare LT", [1, 0, 0]) { try $0.vector.compared(.less, to: $0.vector * 0) },
        Row("compare LE", [1, 1, 0]) { try $0.vector.compared(.lessOrEqual, to: $0.vector * 0) },
        Row("compare GT", [0, 0, 1]) { try $0.vector.compared(.greater, to: $0.vector * 0) },
        Row("compare GE, integers", [1, 0, 1]) {
            try $0.indices.compared(.greaterOrEqual, to: $0.builder.constant(1, $0.indices.type))
        },
        Row("select", [-1, 5, 2]) {
            try $0.truth.select($0.vector, $0.builder.constant(5, $0.vector.type))
        },
        Row("convert", [-1, 0, 2]) { try $0.vector.converted(to: .i8) },
    ]

    private static let linear = [
        Row("dot_general", [5, 8]) { try $0.matrix.dot($0.vector, DotDimensions(contracting: ([1], [0]))) },
        Row("dot_general, batched, bf16", [1, 10, 6, 4, 25, 12]) {
            let rows = try $0.matrix.converted(to: .bf16)
            let scales = try $0.builder.constant(
                HostTensor([1, 5, 2].map { BFloat16($0) }, shape: [3]))
            return try rows.dot(scales, DotDimensions(contracting: ([], []), batch: ([1], [0])), result: .f32)
                .transposed([1, 0])
        },
        // Sums of 2 × 2 windows at every second column; a row of zeros is below, a column of them on the left.
        Row("convolution", [5, 16, 4, 11]) {
            let picture = try $0.matrix.reshaped(to: [1, 2, 3, 1])
            let kernel = try $0.builder.constant(1, TensorType(.f32, [2, 2, 1, 1]))
            return try picture.convolved(
                kernel,
                ConvolutionDimensions(
                    strides: [1, 2],
                    padding: [.init(0, 1), .init(1, 0)]))
        },
    ]

    private static let movement = [
        Row("reduce add", [6, 15]) { try $0.matrix.sum(over: [1]) },
        Row("reduce maximum", [4, 5, 6]) { try $0.matrix.maximum(over: [0]) },
        Row("reduce minimum", [0]) { try $0.indices.reduced(.minimum, over: [0]) },
        Row("broadcast_in_dim", [-1, 0, 2, -1, 0, 2]) { try $0.vector.broadcastLast(to: [2, 3]) },
        Row("reshape", [1, 2, 3, 4, 5, 6]) { try $0.matrix.reshaped(to: [3, 2, 1]) },
        Row("transpose", [1, 4, 2, 5, 3, 6]) { try $0.matrix.transposed([1, 0]) },
        Row("slice", [4, 6]) { try $0.matrix.sliced(from: [1, 0], to: [2, 3], by: [1, 2]) },
        Row("pad", [9, -1, 9, 0, 9, 2, 9, 9]) {
            try $0.vector.padded(low: [1], high: [2], interior: [1], with: 9)
        },
        Row("pad, cut", [0]) { try $0.vector.padded(low: [-1], high: [-1]) },
        Row("concatenate", [-1, 0, 2, 2, 0, -1]) {
            try $0.builder.concatenate([$0.vector, $0.vector.reversed([0])], along: 0)
        },
        Row("optimization_barrier", [-1, 0, 2]) { try $0.vector.optimizationBarrier() },
        Row("detach", [-2, 0, 4]) { try $0.vector.detached() * 2 },
    ]

    private static let indexing = [
        Row("dynamic_slice, clamped", [5, 6]) {
            try $0.matrix.dynamicSlice(at: [$0.scalar(1), $0.scalar(7)], sizes: [1, 2])
        },
        Row("dynamic_update_slice", [1, 2, 3, 4, 9, 9]) {
            let update = try $0.builder.constant(9, TensorType(.f32, [1, 2]))
            return try $0.matrix.dynamicUpdate(update, at: [$0.scalar(1), $0.scalar(1)])
        },
        Row("take rows", [3, 6, 1, 4, 3, 6]) { try $0.matrix.transposed([1, 0]).rows(at: $0.indices) },
        Row("add rows", [1 + 2, 4 + 5, 2, 5, 3 + 1 + 3, 6 + 4 + 6]) {
            let table = try $0.matrix.transposed([1, 0])
            return try table.addingRows(table, at: $0.indices)
        },
    ]

    private static let control = [
        Row("counted loop", [-16, 0, 32]) {
            let (vector, builder) = ($0.vector, $0.builder)
            return try builder.loop(count: 4, carrying: [vector, vector]) { _, carried in
                [try carried[0] + carried[0], carried[1]]
            }[0]
        },
        Row("loop in a loop, reading the counter and a value from outside", [0, 6, 18]) {
            let (vector, builder) = ($0.vector, $0.builder)
            let start = try builder.constant(0, vector.type)
            return try builder.loop(count: 3, carrying: [start]) { _, outer in
                try builder.loop(count: 2, carrying: outer) { index, inner in
                    let step = try index.converted(to: .f32).broadcast(to: vector.shape, along: [])
                    return [try inner[0] + vector + step * 2]
                }
            }[0]
        },
    ]
}
