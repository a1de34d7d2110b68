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

    @Test("Several tasks run one program at once and each gets its own numbers")
    func concurrentExecutions() async throws {
        let client = try TestPlugin.client()
        let sample = SampleProgram.add
        let executable = try client.compile(sample.text, signature: sample.signature)
        let second = try client.buffer(from: sample.arguments[1])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for round in 0..<25 {
                        let number = Float(task * 100 + round)
                        let first = try client.buffer(from: HostTensor(repeating: number, shape: [3]))
                        let results = try executable.execute([first, second])
                        let numbers = try await results[0].hostTensor().elements(as: Float.self)
                        #expect(numbers == [number + 10, number + 20, number + 30])
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("Results may be used before they are made, and outlive executable and client")
    func lifetimes() throws {
        var result: Buffer?
        do {
            let client = try Client(plugin: Plugin.load(path: TestPlugin.path))
            let sample = SampleProgram.donation
            let executable = try client.compile(sample.text, signature: sample.signature)
            let one = try client.buffer(from: sample.arguments[1])
            var value = try client.buffer(from: sample.arguments[0])
            for _ in 0..<100 { value = try executable.execute([value, one])[0] }
            result = value
        }
        #expect(try result?.waitForHostTensor().elements(as: Float.self) == [101, 102, 103, 104])
    }

    @Test("Tensors without elements, scalars and every element type go there and back")
    func roundTrips() async throws {
        let client = try TestPlugin.client()
        for type in ElementType.allCases {
            for shape: Shape in [.scalar, [0], [2, 0, 3], [3, 5]] {
                let tensor = HostTensor(type, shape) { bytes in
                    for index in bytes.indices {
                        bytes[index] = type == .i1 ? UInt8(index % 2) : UInt8(index)
                    }
                }
                for transfer in [HostTransfer.copying, .sharing] {
                    let buffer = try client.buffer(from: tensor, transfer: transfer)
                    let back = try await buffer.hostTensor()
                    #expect(back.elementType == type && back.shape == shape)
                    #expect(
                        back.withUnsafeBytes(Array.init) == tensor.withUnsafeBytes(Array.init),
                        "\(type) \(shape)")
                }
            }
        }
    }

    @Test("The compiler's figures are there")
    func figures() throws {
        let client = try TestPlugin.client()
        let sample = SampleProgram.matrixProduct
        let executable = try client.compile(sample.text, signature: sample.signature)
        // 3 × 3 sums of 2 products: 2 · 18 operations.
        #expect(try executable.cost()?.floatingPointOperations == 36)
        let memory = try #require(try executable.memory())
        #expect(memory.argumentBytes == 48 && memory.resultBytes == 36)
    }
}
