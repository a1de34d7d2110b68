import FoundationEssentials
import ProgramRunning
import StableHLO
import Tensors
import Testing

@Suite struct EveryOperationTests {
    @Test("The text is the golden file's")
    func goldenText() throws {
        try expectGolden("every-operation.mlir", EveryOperation.function().text)
    }

    @Test("Building twice gives the same text")
    func stable() throws {
        #expect(try EveryOperation.function().text == EveryOperation.function().text)
    }

    @Test("Every unary, binary, comparing and reducing operation is in the program")
    func complete() throws {
        let text = try EveryOperation.function().text
        let names =
            UnaryOperation.allCases.map { $0 == .errorFunction ? "chlo.erf " : "stablehlo.\($0.rawValue) " }
            + BinaryOperation.allCases.map { "stablehlo.\($0.rawValue) " }
            + ComparisonDirection.allCases.map { "stablehlo.compare \($0.rawValue), " }
            + Reduction.allCases.map { "applies stablehlo.\($0.rawValue) across" }
        for name in names { #expect(text.contains(name)) }
    }

    @Test("A plugin compiles it, and every number is right", .enabled(if: ProgramRunner.isAvailable))
    func numbers() throws {
        let program = try ProgramRunner.compile(EveryOperation.function())
        let results = try program(EveryOperation.arguments)
        #expect(results.count == EveryOperation.rows.count)
        for (row, result) in zip(EveryOperation.rows, results) {
            let numbers = result.elements(as: Float.self)
            let agrees =
                numbers.count == row.expected.count
                && zip(numbers, row.expected).allSatisfy { abs(Double($0) - $1) <= 2e-6 * max(1, abs($1)) }
            #expect(agrees, "\(row.name): \(numbers), expected \(row.expected)")
        }
    }

    @Test("A custom call's text, with layouts and several results")
    func customCall() throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [2, 3]))
        let call = CustomCall(
            target: "ondol.split", configuration: "{parts = 2 : i32}", operandLayouts: [[0, 1]],
            resultLayouts: [[0], []])
        let results = try builder.call(
            call, [x], results: [TensorType(.f32, [3]), TensorType(.i32, .scalar)])
        let sum = try results[0].sum(over: [0])
        let text = try builder.finish(returning: [sum, results[1]]).text
        #expect(
            text == """
                func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<f32>, tensor<i32>) {
                  %0:2 = stablehlo.custom_call @ondol.split(%arg0) {api_version = 4 : i32, backend_config = {parts = 2 : i32}, operand_layouts = [dense<[0, 1]> : tensor<2xindex>], result_layouts = [dense<[0]> : tensor<1xindex>, dense<> : tensor<0xindex>]} : (tensor<2x3xf32>) -> (tensor<3xf32>, tensor<i32>)
                  %1 = stablehlo.constant dense<0.0> : tensor<f32>
                  %2 = stablehlo.reduce(%0#0 init: %1) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
                  return %2, %0#1 : tensor<f32>, tensor<i32>
                }

                """)
    }

    @Test("A custom call's text where results take over operands' memory, one result and several")
    func aliases() throws {
        let builder = FunctionBuilder()
        let x = builder.argument("x", TensorType(.f32, [2]))
        let one = try builder.call(
            CustomCall(target: "ondol.one", resultAliases: [0: 1]), [x, x], results: [x.type])
        let two = try builder.call(
            CustomCall(target: "ondol.two", resultAliases: [1: 0, 0: 1]), [x, x], results: [x.type, x.type])
        let text = try builder.finish(returning: one + two).text
        #expect(
            text.contains(
                """
                output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [], \
                operand_index = 1, operand_tuple_indices = []>]
                """))
        #expect(
            text.contains(
                """
                output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [0], \
                operand_index = 1, operand_tuple_indices = []>, \
                #stablehlo.output_operand_alias<output_tuple_indices = [1], operand_index = 0, \
                operand_tuple_indices = []>]
                """))
    }
}

/// Compares with a file beside the tests. `ONDOL_REGENERATE_GOLDEN=1 swift test --filter StableHLOTests` writes it.
private func expectGolden(_ name: String, _ text: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("Golden").appendingPathComponent(name)
    let header = "// Regenerate: ONDOL_REGENERATE_GOLDEN=1 swift test --filter StableHLOTests\n"
    if ProcessInfo.processInfo.environment["ONDOL_REGENERATE_GOLDEN"] != nil {
        try Data((header + text).utf8).write(to: file)
    }
    let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(header + text == golden)
}
