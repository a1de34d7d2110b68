import PJRT
import Tensors
import Testing

@Suite struct CustomCallTests {
    private static let type = TensorType(.f32, [2, 3])
    private static let signature = ProgramSignature(arguments: [type], results: [type])

    private static func program(calling name: String, configuration: String) -> String {
        """
        func.func public @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
          %0 = stablehlo.custom_call @\(name)(%x) {api_version = 4 : i32, backend_config = {\(configuration)}}
              : (tensor<2x3xf32>) -> tensor<2x3xf32>
          return %0 : tensor<2x3xf32>
        }
        """
    }

    @Test("A program calls a closure of ours with tensors and attributes")
    func closure() throws {
        let client = try TestPlugin.client()
        let offset: Float = 0.5
        try client.plugin.registerCustomCall("test_scale") { call in
            guard case .real(let factor) = call.attributes["factor"],
                call.attributes["label"] == .string("a b"),
                call.attributes["count"] == .integer(-3), call.attributes["truth"] == .bool(true)
            else { throw PJRTError(.invalidArgument, "\(call.attributes)", operation: "test") }
            #expect(call.arguments[0].type == Self.type)
            let input = call.arguments[0].bytes.bindMemory(to: Float.self)
            let output = call.results[0].bytes.bindMemory(to: Float.self)
            for index in input.indices { output[index] = input[index] * Float(factor) + offset }
        }
        let text = Self.program(
            calling: "test_scale",
            configuration: "factor = 3.0 : f32, label = \"a b\", count = -3 : i64, truth = true")
        let executable = try client.compile(text, signature: Self.signature)
        let input = try client.buffer(from: HostTensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3]))
        let output = try executable.execute([input])[0].waitForHostTensor().elements(as: Float.self)
        #expect(output == [3.5, 6.5, 9.5, 12.5, 15.5, 18.5])

        #expect(throws: PJRTError.self) { try client.plugin.registerCustomCall("test_scale") { _ in } }
    }

    @Test("What a closure throws fails the execution with its words")
    func throwing() async throws {
        let client = try TestPlugin.client()
        try client.plugin.registerCustomCall("test_throw") { _ in
            throw PJRTError(.internal, "the kernel is tired", operation: "test")
        }
        let text = Self.program(calling: "test_throw", configuration: "")
        let executable = try client.compile(text, signature: Self.signature)
        let input = try client.buffer(from: HostTensor(repeating: Float(1), shape: [2, 3]))
        let error = await #expect(throws: PJRTError.self) {
            try await executable.execute([input])[0].hostTensor()
        }
        #expect(error?.message.contains("the kernel is tired") == true, "\(String(describing: error))")
        // The argument is unharmed.
        #expect(try input.waitForHostTensor().elements(as: Float.self) == [1, 1, 1, 1, 1, 1])
    }

    @Test(
        "Work is spread over the plugin's threads, and all of it is done on return",
        arguments: [0, 1, 2, 100])
    func concurrently(_ count: Int) throws {
        let client = try TestPlugin.client()
        let name = "test_concurrently_\(count)"
        try client.plugin.registerCustomCall(name) { call in
            let output = call.results[0]
            output.bytes.initializeMemory(as: UInt8.self, repeating: 0)
            call.concurrently(count) { index in
                // Each piece adds to an element of its own; 6 elements take turns without meeting.
                if index < 6 {
                    output.bytes.storeBytes(of: Float(index + 1), toByteOffset: index * 4, as: Float.self)
                }
            }
        }
        let text = Self.program(calling: name, configuration: "")
        let executable = try client.compile(text, signature: Self.signature)
        let input = try client.buffer(from: HostTensor(repeating: Float(1), shape: [2, 3]))
        for _ in 0..<20 {
            let output = try executable.execute([input])[0].waitForHostTensor().elements(as: Float.self)
            #expect(output == (0..<6).map { $0 < count ? Float($0 + 1) : 0 })
        }
    }
}
