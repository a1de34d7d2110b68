import ProgramRunning
import StableHLO
import Tensors
import Testing

/// How numbers are written into a program's text.
@Suite struct LiteralTests {
    static let splats: [(Double, ElementType, String)] = [
        (0, .f32, "0.0"), (-0.0, .f32, "-0.0"), (1, .f32, "1.0"), (0.1, .f32, "0.1"), (-2.5, .f64, "-2.5"),
        (1e-5, .f32, "1.0e-05"), (1e-5, .f64, "1.0e-05"), (1.5e-7, .f32, "1.5e-07"), (1e16, .f32, "1.0e+16"),
        (3e38, .f32, "3.0e+38"), (1e300, .f64, "1.0e+300"), (.leastNonzeroMagnitude, .f64, "5.0e-324"),
        (1.0 / 3, .f64, "0.3333333333333333"), (1.0 / 3, .f32, "0.33333334"),
        (0.1, .bf16, "0.1"), (0.1, .f16, "0.1"), (65504, .f16, "65504.0"),
        (.infinity, .f32, "0x7F800000"), (-.infinity, .f32, "0xFF800000"), (.nan, .f32, "0x7FC00000"),
        (.infinity, .f64, "0x7FF0000000000000"), (-.infinity, .f64, "0xFFF0000000000000"),
        (.nan, .f64, "0x7FF8000000000000"),
        (.infinity, .bf16, "0x7F80"), (-.infinity, .bf16, "0xFF80"), (.nan, .bf16, "0x7FC0"),
        (.infinity, .f16, "0x7C00"), (-.infinity, .f16, "0xFC00"), (.nan, .f16, "0x7E00"),
        // Too large for the type: rounded to infinity as the type rounds.
        (1e300, .f32, "0x7F800000"), (-1e39, .f32, "0xFF800000"), (1e300, .bf16, "0x7F80"),
        (3.4e38, .bf16, "0x7F80"), (70000, .f16, "0x7C00"), (-70000, .f16, "0xFC00"),
        (0, .i32, "0"), (-7, .i8, "-7"), (255, .ui8, "255"), (-128, .i8, "-128"),
        (2_147_483_647, .i32, "2147483647"), (0x1p62, .i64, "4611686018427387904"),
        (-0x1p63, .i64, "-9223372036854775808"), (0x1p63, .ui64, "9223372036854775808"),
        (0, .i1, "false"), (1, .i1, "true"),
    ]

    @Test("One repeated number", arguments: splats)
    func splat(_ number: Double, _ type: ElementType, _ text: String) throws {
        let builder = FunctionBuilder()
        let constant = try builder.constant(number, TensorType(type, [2]))
        let program = try builder.finish(returning: [constant]).text
        #expect(program.contains("stablehlo.constant dense<\(text)> : tensor<2x\(type.rawValue)>"))
    }

    @Test("A plugin reads every number back", .enabled(if: ProgramRunner.isAvailable))
    func readBack() throws {
        let builder = FunctionBuilder()
        let constants = try Self.splats.map {
            let constant = try builder.constant($0.0, TensorType($0.1, .scalar))
            return try $0.1 == .i1 ? constant.converted(to: .i8) : constant
        }
        let results = try ProgramRunner.compile(builder.finish(returning: constants))([])
        for ((number, type, text), result) in zip(Self.splats, results) {
            #expect(bytes(result) == expectedBytes(number, type), "\(text) as \(type.rawValue)")
        }
    }

    private func bytes(_ tensor: HostTensor) -> [UInt8] { tensor.withUnsafeBytes { Array($0) } }

    private func expectedBytes(_ number: Double, _ type: ElementType) -> [UInt8] {
        switch type {
        case .f64: bytes(HostTensor([number], shape: .scalar))
        case .f32: bytes(HostTensor([Float(number)], shape: .scalar))
        case .f16: bytes(HostTensor([Float16(number)], shape: .scalar))
        case .bf16: bytes(HostTensor([BFloat16(Float(number))], shape: .scalar))
        case .i64: bytes(HostTensor([Int64(number)], shape: .scalar))
        case .ui64: bytes(HostTensor([UInt64(number)], shape: .scalar))
        case .i32: bytes(HostTensor([Int32(number)], shape: .scalar))
        case .ui8: bytes(HostTensor([UInt8(number)], shape: .scalar))
        default: bytes(HostTensor([Int8(number)], shape: .scalar))
        }
    }

    @Test(
        "Numbers a type does not hold are refused",
        arguments: [
            (0.5, ElementType.i32, "0.5 is no whole number that fits into i32"),
            (.nan, .i32, "nan is no whole number that fits into i32"),
            (128, .i8, "128.0 is no whole number that fits into i8"),
            (-1, .ui8, "-1.0 is no whole number that fits into ui8"),
            (0x1p63, .i64, "9.223372036854776e+18 is no whole number that fits into i64"),
            (2, .i1, "2.0 is no truth value; 0 is false and 1 is true"),
        ])
    func refused(_ number: Double, _ type: ElementType, _ sentence: String) {
        let error = #expect(throws: ProgramError.self) {
            try FunctionBuilder().constant(number, TensorType(type, [2]))
        }
        #expect(error == ProgramError("constant", sentence))
    }

    @Test("Folding nothing gives the type's own bound", .enabled(if: ProgramRunner.isAvailable))
    func neutralNumbers() throws {
        let builder = FunctionBuilder()
        let results = try [ElementType.i64, .ui64, .i32, .ui8, .i8].flatMap { type in
            let none = try builder.constant(0, TensorType(type, [0]))
            return try [Reduction.minimum, .maximum].map { try none.reduced($0, over: [0]) }
        }
        let values = try ProgramRunner.compile(builder.finish(returning: results))([])
        #expect(values[0].elements() == [Int64.max] && values[1].elements() == [Int64.min])
        #expect(values[2].elements() == [UInt64.max] && values[3].elements() == [UInt64.min])
        #expect(values[4].elements() == [Int32.max] && values[5].elements() == [Int32.min])
        #expect(values[6].elements() == [UInt8.max] && values[7].elements() == [UInt8.min])
        #expect(values[8].elements() == [Int8.max] && values[9].elements() == [Int8.min])
    }

    static let tensors: [(HostTensor, String)] = [
        (HostTensor([1, -2] as [Float], shape: [2]), "\"0x0000803F000000C0\""),
        (HostTensor([0, 1, 2, -1] as [Int32], shape: [2, 2]), "\"0x000000000100000002000000FFFFFFFF\""),
        (HostTensor([BFloat16(1), BFloat16(2)], shape: [2]), "\"0x803F0040\""),
        (HostTensor([7] as [Int64], shape: .scalar), "\"0x0700000000000000\""),
        (HostTensor([1, 2, 3] as [UInt8], shape: [1, 3]), "\"0x010203\""),
        // Truth values are packed or not in a hexadecimal text, as the reader's version has it; words are read by all.
        (HostTensor([true, false, true, true], shape: [2, 2]), "[[true, false], [true, true]]"),
        (HostTensor([true, false, false], shape: [3]), "[true, false, false]"),
        (HostTensor([false], shape: .scalar), "false"),
        (HostTensor([] as [Float], shape: [0]), ""),
        (HostTensor([] as [Float], shape: [3, 0, 2]), ""),
        (HostTensor([] as [Bool], shape: [2, 0]), ""),
    ]

    @Test("Every element, and a plugin reads it back")
    func elements() throws {
        let builder = FunctionBuilder()
        let constants = try Self.tensors.map { try builder.constant($0.0) }
        let function = try builder.finish(returning: constants.filter { $0.shape.elementCount > 0 })
        for (tensor, text) in Self.tensors {
            #expect(function.text.contains("dense<\(text)> : \(tensor.type)\n"))
        }
        guard ProgramRunner.isAvailable else { return }
        let filled = Self.tensors.filter { $0.0.shape.elementCount > 0 }
        for ((tensor, text), result) in zip(filled, try ProgramRunner.compile(function)([])) {
            #expect(bytes(result) == bytes(tensor), "\(text)")
        }
    }
}
