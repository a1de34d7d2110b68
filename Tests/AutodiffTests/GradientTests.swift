import Autodiff
import ProgramRunning
import StableHLO
import Tensors
import Testing

/// What the entry point promises beside the rules.
@Suite struct GradientTests {
    private static let scalar = TensorType(.f32, .scalar)

    /// Refusals: what is asked for, and the whole sentence.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let ask: @Sendable (FunctionBuilder, Value) throws -> [Value]

        init(_ sentence: String, _ ask: @escaping @Sendable (FunctionBuilder, Value) throws -> [Value]) {
            testDescription = sentence
            self.ask = ask
        }
    }

    static let refusals = [
        Refusal("floor: has no gradient; detach its operand where it is to be taken as a constant") {
            let loss = try $1.unary(.floor).sum(over: [0])
            return try $0.gradients(of: loss, withRespectTo: [$1])
        },
        Refusal("while: a loop has no gradient; use the unrolled form, which repeats the body, for training")
        {
            let loss = try $0.loop(count: 3, carrying: [$1]) { [try $1[0] * 2] }[0].sum(over: [0])
            return try $0.gradients(of: loss, withRespectTo: [$1])
        },
        Refusal("while: a loop has no gradient; use the unrolled form, which repeats the body, for training")
        {
            builder, x in
            let start = try builder.constant(0, x.type)
            let loss = try builder.loop(count: 3, carrying: [start]) { [try $1[0] + x] }[0].sum(over: [0])
            return try builder.gradients(of: loss, withRespectTo: [x])
        },
        Refusal(
            "custom_call: fast.attention has no gradient; use the form made of plain operations for training"
        ) {
            let loss = try $0.call(CustomCall(target: "fast.attention"), [$1], results: [scalar])[0]
            return try $0.gradients(of: loss, withRespectTo: [$1])
        },
        Refusal(
            "custom_call: fast.norm.gradient has no gradient; use the form made of plain operations for training"
        ) {
            let call = CustomCall(target: "fast.norm", gradientTarget: "fast.norm.gradient")
            let loss = try $0.call(call, [$1], results: [scalar])[0]
            let slope = try $0.gradients(of: loss, withRespectTo: [$1])[0].sliced(0, 0..<1)
            return try $0.gradients(of: slope.reshaped(to: .scalar), withRespectTo: [$1])
        },
        Refusal("gradient: the loss is tensor<2xf32>; reduce it to a scalar, or give a seed of its type") {
            try $0.gradients(of: $1, withRespectTo: [$1])
        },
        Refusal("gradient: the seed is tensor<f32>, the loss is tensor<2xf32>") {
            try $0.gradients(of: $1, withRespectTo: [$1], seed: $0.constant(1, scalar))
        },
        Refusal("gradient: tensor<2xi32> has no gradient; convert it to a floating-point type first") {
            try $0.gradients(of: $1.sum(over: [0]), withRespectTo: [$1.converted(to: .i32)])
        },
        Refusal("gradient: a value of function other has no gradient in main") {
            try $0.gradients(
                of: $1.sum(over: [0]), withRespectTo: [FunctionBuilder("other").argument("y", $1.type)])
        },
    ]

    @Test("A refusal says what is wrong and emits nothing", arguments: refusals)
    func refuses(_ refusal: Refusal) throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [2]))
        let error = #expect(throws: ProgramError.self) { try refusal.ask(builder, x) }
        #expect(error?.description == refusal.testDescription)
        let gradientOperations = builder.operations.filter {
            if case .broadcastInDimensions = $0.kind { true } else { false }
        }
        #expect(gradientOperations.isEmpty)
    }

    @Test("What has no gradient is no hindrance away from the path")
    func refusedElsewhere() throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [2]))
        let y = builder.argument("y", TensorType(.f32, [2]))
        let loss = try (x * y.unary(.floor)).sum(over: [0])
        _ = try x.unary(.floor)
        #expect(try builder.gradients(of: loss, withRespectTo: [x]).count == 1)
    }

    @Test("Values the loss does not depend on get zeros")
    func zeros() throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [2]))
        let unused = builder.argument("unused", TensorType(.bf16, [3]))
        let rounded = try x.converted(to: .i32).converted(to: .f32)
        let truth = try x.compared(.less, to: rounded).select(rounded, rounded)
        let loss = try (truth * x.detached()).sum(over: [0])
        let count = builder.operations.count
        let gradients = try builder.gradients(of: loss, withRespectTo: [x, unused])
        #expect(gradients.map(\.type) == [x.type, unused.type])
        let kinds = builder.operations.dropFirst(count).map(\.kind)
        // The seed, and a zero for each.
        #expect(kinds.allSatisfy { if case .constant = $0 { true } else { false } })
        #expect(kinds.count == 3)
    }

    @Test("A call that names its gradient's call gets it, with its configuration, for all operands at once")
    func call() throws {
        let builder = FunctionBuilder()
        let (x, y) = (
            builder.argument("x", TensorType(.f32, [2])), builder.argument("y", TensorType(.f32, [3]))
        )
        let call = CustomCall(
            target: "fast.norm", configuration: "{groups = 2 : i64}", gradientTarget: "fast.norm.gradient")
        let output = try builder.call(call, [x, y], results: [x.type])[0]
        let seed = builder.argument("seed", x.type)
        let gradients = try builder.gradients(of: output, withRespectTo: [x, y], seed: seed)
        #expect(gradients.map(\.type) == [x.type, y.type])
        let line =
            "custom_call @fast.norm.gradient(%arg0, %arg1, %arg2) {api_version = 4 : i32, backend_config = {groups = 2 : i64}}"
        #expect(try builder.finish(returning: gradients).text.contains(line))
    }

    @Test("Golden text: a linear layer's weight alone")
    func goldenText() throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [2, 3]))
        let w = builder.argument("w", TensorType(.f32, [4, 3]))
        let y = try x.dot(w, DotDimensions(contracting: ([1], [1])))
        let loss = try (y * y).sum(over: [0, 1])
        let gradient = try builder.gradients(of: loss, withRespectTo: [w])
        let text = try builder.finish(returning: gradient).text
        #expect(text == goldenLinear)
    }

    @Test("Products of bf16 operands get bf16 operands and f32 results")
    func narrowProducts() throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [2, 3]))
        let w = builder.argument("w", TensorType(.f32, [3, 4]))
        let y = try x.converted(to: .bf16).matrixProduct(w.converted(to: .bf16), result: .f32)
        let loss = try (y * y).sum(over: [0, 1])
        let gradients = try builder.gradients(of: loss, withRespectTo: [x, w])
        #expect(gradients.map(\.elementType) == [.f32, .f32])
        let function = try builder.finish(returning: gradients)
        let products = function.operations.filter {
            if case .dotGeneral = $0.kind { true } else { false }
        }
        #expect(products.count == 3)
        for product in products {
            #expect(product.operands.map { function.type(of: $0).elementType } == [.bf16, .bf16])
            #expect(function.type(of: product.results[0]).elementType == .f32)
        }
    }

    @Test("A gradient can be taken inside a loop's body")
    func insideLoop() throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [2]))
        let steps = try builder.loop(count: 3, carrying: [x]) { _, carried in
            let loss = try (carried[0] * carried[0] * x).sum(over: [0])
            let gradient = try builder.gradients(of: loss, withRespectTo: [carried[0]])[0]
            return [try carried[0] - gradient * 0.1]
        }
        #expect(steps[0].type == x.type)
        #expect(try builder.finish(returning: steps).text.contains("broadcast_in_dim"))
    }
}

/// The cotangent of `y` is formed once, the weight's comes out of one product without a transposition, and
/// nothing is computed for `x`.
private let goldenLinear = """
    func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<4x3xf32>) -> (tensor<4x3xf32>) {
      %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
      %1 = stablehlo.multiply %0, %0 : tensor<2x4xf32>
      %2 = stablehlo.constant dense<0.0> : tensor<f32>
      %3 = stablehlo.reduce(%1 init: %2) applies stablehlo.add across dimensions = [0, 1] : (tensor<2x4xf32>, tensor<f32>) -> tensor<f32>
      %4 = stablehlo.constant dense<1.0> : tensor<f32>
      %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<f32>) -> tensor<2x4xf32>
      %6 = stablehlo.multiply %5, %0 : tensor<2x4xf32>
      %7 = stablehlo.multiply %5, %0 : tensor<2x4xf32>
      %8 = stablehlo.add %6, %7 : tensor<2x4xf32>
      %9 = stablehlo.dot_general %8, %arg0, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x4xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
      return %9 : tensor<4x3xf32>
    }

    """
