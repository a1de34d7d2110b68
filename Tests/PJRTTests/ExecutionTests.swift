import PJRT
import Tensors
import Testing

@Suite struct ExecutionTests {
    @Test("Programs return the numbers worked out by hand", arguments: SampleProgram.all + [.donation])
    func numbers(_ sample: SampleProgram) async throws {
        let client = try TestPlugin.client()
        let executable = try client.compile(sample.text, signature: sample.signature)
        let buffers = try sample.arguments.map { try client.buffer(from: $0) }
        let results = try executable.execute(buffers)
        for (result, expected) in zip(results, sample.results) {
            #expect(try await result.hostTensor().elements(as: Float.self) == expected)
        }
        #expect(results.count == sample.results.count)
        #expect(executable.origin == .compiled)
    }

    @Test("A shared host tensor outlives its last reference of ours")
    func sharedHostTensor() throws {
        let client = try TestPlugin.client()
        let sample = SampleProgram.add
        let executable = try client.compile(sample.text, signature: sample.signature)
        let buffers = try (0..<2).map { index in
            try client.buffer(
                from: HostTensor(sample.arguments[index].elements(as: Float.self), shape: [3]),
                transfer: .sharing)
        }
        // Memory that was freed would be taken again by these.
        let others = (0..<64).map { HostTensor(repeating: Float($0), shape: [3]) }
        for _ in 0..<3 {
            let results = try executable.execute(buffers)
            #expect(try results[0].waitForHostTensor().elements(as: Float.self) == [11, 22, 33])
        }
        #expect(others.count == 64)
    }
}
