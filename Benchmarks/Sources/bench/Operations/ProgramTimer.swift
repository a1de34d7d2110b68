import NeuralNetworks
import PJRT
import Samplers
import StableHLO
import Tensors

/// A program with numbers to run it on, to be timed again and again.
struct ProgramTimer {
    private let executable: LoadedExecutable
    private let arguments: [Buffer]

    /// Compiles what `emit` emits, and makes random arguments for it.
    init(device: Device, policy: ComputePolicy, _ emit: (ModelGraph) throws -> Value) throws {
        let builder = FunctionBuilder()
        let graph = ModelGraph(builder: builder, policy: policy)
        let result = try emit(graph)
        let function = try graph.finish(returning: [result])
        executable = try device.compiler.compile(function)
        arguments = try function.arguments.enumerated().map { number, argument in
            let count = argument.type.shape.elementCount
            // Random numbers are dear by the hundred million; a short row of them, repeated, is as good.
            let row = NoiseGenerator(seed: UInt64(number)).normals(count: min(count, 65_536))
            let values = (0..<count).map { row[$0 & 65_535] * 0.1 }
            return try device.client.buffer(from: HostTensor(values, shape: argument.type.shape))
        }
    }

    /// Seconds of one run.
    func seconds() throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        for result in try executable.execute(arguments) { try result.waitUntilReady() }
        return (clock.now - start) / .seconds(1)
    }

    /// The least of several runs after one that is not counted: other programs' work only ever adds.
    func leastSeconds(runs: Int) throws -> Double {
        _ = try seconds()
        return try (0..<runs).map { _ in try seconds() }.min() ?? .nan
    }
}
