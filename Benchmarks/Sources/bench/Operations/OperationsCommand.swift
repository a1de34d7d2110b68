import ArgumentParser
import Bars
import DiffusionModels
import Foundation
import NeuralNetworks
import PJRT
import StableHLO
import Tensors

/// Says where a UNet step's time goes: each piece of it measured as a program of its own.
struct OperationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operations",
        abstract: "Measures the pieces of a UNet step, each as a program of its own.")

    @Option(help: "A UNet's config.json; by default the sizes of Stable Diffusion 1.5.")
    var configuration: String?

    @Option(help: "Rows of the batch.")
    var batch = 2

    @Option(help: "Height and width of the latents; by default the model's own.")
    var size: Int?

    @Option(help: "Tokens of the text.")
    var tokens = 77

    @Option(help: "Runs of each piece, of which the fastest counts.")
    var runs = 5

    @Flag(help: "Leaves the whole step out.")
    var piecesOnly = false

    func run() throws {
        let device = try Device(cache: BenchFolders.cache)
        let unet =
            try configuration.map { try UNetConfiguration(ConfigurationFields(file: $0)) }
            ?? UNetConfiguration()
        let policy = device.policy
        let census = try Self.census(
            of: unet, batch: batch, size: size ?? unet.sampleSize, tokens: tokens, policy)
        var families: [String: (seconds: Double, operations: Double)] = [:]
        print("piece | times | ms each | s in all | GFLOP | GFLOP/s")
        for (piece, count) in census.counts.sorted(by: { $0.key.name < $1.key.name }) {
            let timer = try ProgramTimer(device: device, policy: policy) { try piece.emit(in: $0) }
            let each = try timer.leastSeconds(runs: runs)
            let operations = Double(piece.floatingPointOperationCount * count)
            families[piece.family, default: (0, 0)].seconds += each * Double(count)
            families[piece.family, default: (0, 0)].operations += operations
            print(Self.line(piece.name, "\(count)", each * 1e3, each * Double(count), operations))
        }
        print("\nfamily | s | GFLOP | GFLOP/s")
        for (family, sum) in families.sorted(by: { $0.value.seconds > $1.value.seconds }) {
            print(Self.line(family, nil, nil, sum.seconds, sum.operations))
        }
        let sum = families.values.reduce((0.0, 0.0)) { ($0.0 + $1.seconds, $0.1 + $1.operations) }
        print(Self.line("all pieces", nil, nil, sum.0, sum.1))
        guard !piecesOnly else { return }
        let whole = try ProgramTimer(device: device, policy: policy) {
            try Self.emit(unet, batch: batch, size: size ?? unet.sampleSize, tokens: tokens, in: $0)
        }
        print(Self.line("whole step", nil, nil, try whole.leastSeconds(runs: max(2, runs / 2)), sum.1))
    }

    private static func emit(
        _ unet: UNetConfiguration, batch: Int, size: Int, tokens: Int, in graph: ModelGraph
    ) throws -> Value {
        let builder = graph.builder
        return try UNet(unet)(
            builder.argument("latent", TensorType(.f32, [batch, size, size, unet.inputChannels])),
            timesteps: builder.argument("timesteps", TensorType(.f32, [batch])),
            context: builder.argument(
                "context", TensorType(.f32, [batch, tokens, unet.crossAttentionWidth])),
            in: graph.root)
    }

    private static func census(
        of unet: UNetConfiguration, batch: Int, size: Int, tokens: Int, _ policy: ComputePolicy
    ) throws -> OperationCensus {
        let builder = FunctionBuilder()
        let graph = ModelGraph(builder: builder, policy: policy)
        let result = try emit(unet, batch: batch, size: size, tokens: tokens, in: graph)
        var census = OperationCensus(
            try builder.finish(returning: [result]), groups: unet.normGroups)
        let levels = unet.blockChannels.count
        for level in 0..<levels {
            let side = max(1, size >> level)
            var transformers = unet.downAttention[level] ? unet.layersPerBlock[level] : 0
            transformers += unet.upAttention[levels - 1 - level] ? unet.layersPerBlock[level] + 1 : 0
            transformers += level == levels - 1 && unet.middleAttention == true ? 1 : 0
            let count = transformers * unet.transformerLayers[level]
            guard count > 0 else { continue }
            let queries: Shape = [batch, side * side, unet.blockChannels[level]]
            let text: Shape = [batch, tokens, unet.blockChannels[level]]
            let heads = unet.heads[level]
            census.add(.attention(queries: queries, keys: queries, heads: heads), count: count)
            census.add(.attention(queries: queries, keys: text, heads: heads), count: count)
        }
        return census
    }

    private static func line(
        _ name: String, _ count: String?, _ milliseconds: Double?, _ seconds: Double, _ operations: Double
    ) -> String {
        func fixed(_ number: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", number) }
        let columns = [
            name, count, milliseconds.map { fixed($0, 2) }, fixed(seconds, 3),
            operations > 0 ? fixed(operations / 1e9, 1) : "-",
            operations > 0 ? fixed(operations / seconds / 1e9, 0) : "-",
        ]
        return columns.compactMap(\.self).joined(separator: " | ")
    }
}
