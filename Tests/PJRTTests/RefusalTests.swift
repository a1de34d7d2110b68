import PJRT
import Tensors
import Testing

/// What is refused before it reaches the plugin, and what the plugin itself refuses.
@Suite struct RefusalTests {
    /// Arguments that the CPU plugin would take, since they have as many bytes, and others.
    static let misfits: [([HostTensor], String)] = [
        ([], "takes 2 arguments and was given 0"),
        ([HostTensor(repeating: Float(1), shape: [3, 2])], "takes 2 arguments and was given 1"),
        (
            [
                HostTensor(repeating: Float(1), shape: [2, 3]),
                HostTensor(repeating: Float(1), shape: [2, 3]),
            ],
            "argument 0 is tensor<2x3xf32> and the program takes tensor<3x2xf32>"
        ),
        (
            [
                HostTensor(repeating: Float(1), shape: [3, 2]),
                HostTensor(repeating: Int32(1), shape: [2, 3]),
            ],
            "argument 1 is tensor<2x3xi32> and the program takes tensor<2x3xf32>"
        ),
        (
            [HostTensor(repeating: Float(1), shape: [6]), HostTensor(repeating: Float(1), shape: [2, 3])],
            "argument 0 is tensor<6xf32> and the program takes tensor<3x2xf32>"
        ),
    ]

    @Test("Arguments that do not fit are refused by name", arguments: misfits)
    func misfit(_ arguments: [HostTensor], _ expected: String) throws {
        let client = try TestPlugin.client()
        let sample = SampleProgram.matrixProduct
        let executable = try client.compile(sample.text, signature: sample.signature)
        let buffers = try arguments.map { try client.buffer(from: $0) }
        let error = try #require(throws: PJRTError.self) { try executable.execute(buffers) }
        #expect(error.code == .invalidArgument)
        #expect(error.message.contains(expected), "\(error)")
    }

    @Test("A signature that lies about the results is refused at compilation")
    func lyingSignature() throws {
        let client = try TestPlugin.client()
        let lie = ProgramSignature(
            arguments: SampleProgram.add.signature.arguments, results: [TensorType(.f32, [4])])
        let error = try #require(throws: PJRTError.self) {
            try client.compile(SampleProgram.add.text, signature: lie)
        }
        let sentence = "returns (tensor<3xf32>) and its signature says (tensor<4xf32>)"
        #expect(error.message.contains(sentence), "\(error)")
    }

    @Test(
        "The plugin's own words reach the error",
        arguments: [
            ("this is no program", "custom op 'this' is unknown"),
            (
                "func.func public @main(%a: tensor<2xf32>) -> tensor<3xf32> { return %a : tensor<2xf32> }",
                "tensor<2xf32>"
            ),
            ("func.func public @other() { return }", "main"),
        ])
    func badProgram(_ text: String, _ expected: String) throws {
        let client = try TestPlugin.client()
        let error = try #require(throws: PJRTError.self) {
            try client.compile(text, signature: ProgramSignature(arguments: [], results: []))
        }
        #expect(error.operation == "clientCompile")
        #expect(error.message.lowercased().contains(expected), "\(error)")
    }

    @Test(
        "Flags the compiler does not know, or of the wrong type, are refused",
        arguments: [
            ["xla_no_such_flag": CompilerOptions.Value.bool(true)],
            ["xla_backend_optimization_level": .string("many")],
        ])
    func badFlag(_ flags: [String: CompilerOptions.Value]) throws {
        let client = try TestPlugin.client()
        let sample = SampleProgram.add
        let error = try #require(throws: PJRTError.self) {
            try client.compile(
                sample.text, signature: sample.signature, options: CompilerOptions(flags: flags))
        }
        #expect(error.code == .invalidArgument, "\(error)")
    }

    @Test("A buffer of another client is refused")
    func otherClient() throws {
        let client = try TestPlugin.client()
        let other = try Client(plugin: client.plugin)
        let sample = SampleProgram.add
        let executable = try client.compile(sample.text, signature: sample.signature)
        let buffers = try [
            client.buffer(from: sample.arguments[0]), other.buffer(from: sample.arguments[1]),
        ]
        let error = try #require(throws: PJRTError.self) { try executable.execute(buffers) }
        #expect(error.message.contains("argument 1 belongs to another client"))
    }
}
