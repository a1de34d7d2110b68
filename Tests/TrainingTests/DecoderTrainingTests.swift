import Glibc
import NeuralNetworks
import PJRT
import ProgramRunning
import StableHLO
import Tensors
import Testing

@testable import Training

/// A decoder that learns on alone leaves everything that makes latents as it is.
@Suite(.enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"))
struct DecoderTrainingTests {
    private static let objective = AutoencoderObjective(
        autoencoder: TinyNetworks.autoencoder, batchSize: 4, pictureSize: 8, lineWeight: 1)

    private static func source(seed: UInt64) throws -> PictureBatchSource {
        try PictureBatchSource(
            range: 0..<100, pictureSize: 8, latentShape: [4, 4, 4], batchSize: 4, seed: seed
        ) { picture in
            // A bright line in a place that goes by the picture's number.
            (0..<192).map { $0 / 3 % 8 == picture % 8 ? 0.9 : -0.4 }
        }
    }

    @Test("encoder and quant convolutions stay bit for bit, latents too; the decoder learns and resumes")
    func encoderStays() throws {
        try withTemporaryTree { folder in
            let compiler = try ProgramRunner.compiler(cacheFolder: "\(folder)/cache")
            let whole = try makeRun(
                Self.objective, Self.source(seed: 1), steps: 30, folder: "\(folder)/autoencoder",
                compiler: compiler)
            try whole.run { _ in }
            let before = try #require(try Checkpoint.latest(in: "\(folder)/autoencoder")).averages()

            func decoderRun() throws -> TrainingRun<AutoencoderObjective, PictureBatchSource> {
                var settings = TrainingSettings(
                    schedule: .init(peak: 4e-3, warmupSteps: 2, totalSteps: 30, decaySteps: 5))
                settings.checkpointSeconds = 1e9
                settings.averageDecay = 0.9
                return try TrainingRun(
                    objective: Self.objective, source: Self.source(seed: 2), settings: settings,
                    policy: .reference, client: compiler.client, compiler: compiler,
                    folder: "\(folder)/decoder", objectiveText: "decoder", batchSize: 4,
                    training: { $0.name.hasPrefix("decoder.") },
                    weights: { try #require(before[$0.name]) })
            }
            var losses: [Double] = []
            let first = try decoderRun()
            try first.run(shouldStop: { first.step >= 15 }) {
                if case .step(let report) = $0 { losses.append(report.values[0].value) }
            }
            let second = try decoderRun()
            #expect(second.step == 15)
            try second.run { if case .step(let report) = $0 { losses.append(report.values[0].value) } }
            #expect(losses.count == 30)
            let (early, late) = (losses.prefix(5).reduce(0, +), losses.suffix(5).reduce(0, +))
            #expect(late < 0.9 * early)

            let after = try #require(try Checkpoint.latest(in: "\(folder)/decoder")).averages()
            #expect(Set(after.keys) == Set(before.keys.filter { $0.hasPrefix("decoder.") }))
            #expect(after.contains { $1.numbers != before[$0]?.numbers })
            let buffers = second.averagedBuffers()
            for (name, tensor) in before where !name.hasPrefix("decoder.") {
                #expect(try buffers[name]?.waitForHostTensor().numbers == tensor.numbers, "\(name)")
            }
            #expect(
                try Self.latents(compiler, buffers)
                    == Self.latents(compiler, before.mapValues { try compiler.client.buffer(from: $0) }))
        }
    }

    /// The means of the latents of a batch of pictures.
    private static func latents(
        _ compiler: ProgramCompiler, _ weights: NetworkProgram.Weights
    ) throws -> [Float] {
        let pictures = try source(seed: 3).batch(step: 0)[0]
        let program = try NetworkProgram(inputs: [pictures.type], policy: .reference, compiler: compiler) {
            [try TinyNetworks.autoencoder.encode($0[0], in: $1.root).mean]
        }
        return try program.run([pictures], weights: weights)[0].numbers
    }

    @Test(
        "a pixel weighs more by how much it differs from its four neighbours in the picture, a picture by its decibels"
    )
    func weights() throws {
        // Weights of zero give grey pictures back, so that the loss is the picture's own, weighed.
        func loss(lineWeight: Double = 0, ratioWeight: Double = 0) throws -> Double {
            let objective = AutoencoderObjective(
                autoencoder: TinyNetworks.autoencoder, batchSize: 4, pictureSize: 8, edgeWeight: 0,
                divergenceWeight: 0, lineWeight: lineWeight, ratioWeight: ratioWeight)
            let compiler = try ProgramRunner.compiler()
            let evaluator = try Evaluator(objective: objective, policy: .reference, compiler: compiler)
            let graph = ModelGraph(builder: FunctionBuilder(), policy: .reference)
            _ = try objective.loss(
                objective.inputs.map { graph.builder.argument($0.name, $0.type) }, in: graph)
            let weights = try graph.parameters.map {
                (
                    $0.name,
                    try compiler.client.buffer(from: HostTensor(repeating: Float(0), shape: $0.deviceShape))
                )
            }
            // A line of 0.9 down the middle of -0.4.
            let pixels = (0..<4 * 192).map { Float($0 / 3 % 8 == 3 ? 0.9 : -0.4) }
            let batch = [
                HostTensor(pixels, shape: [4, 8, 8, 3]),
                HostTensor(repeating: Float(0), shape: [4, 4, 4, 4]),
            ]
            let report = try evaluator.mean(of: [batch], weights: Dictionary(weights) { $1 })
            return try #require(report["loss"])
        }
        let plain = (0.9 + 7 * 0.4) / 8
        // The line differs from the left and from the right by 1.3, its neighbours from it.
        let (line, beside, rest) = (0.9 * (1 + 2 * 2.6), 2 * 0.4 * (1 + 2 * 1.3), 5 * 0.4)
        let weighed = (line + beside + rest) / 8
        #expect(try abs(loss() - plain) < 1e-5)
        #expect(try abs(loss(lineWeight: 2) - weighed) < 1e-5)
        let meanSquare = (0.9 * 0.9 + 7 * 0.4 * 0.4) / 8
        #expect(try abs(loss(ratioWeight: 0.5) - (plain + 0.5 * log(meanSquare + 1e-6))) < 1e-5)
    }
}

extension HostTensor {
    fileprivate var numbers: [Float] { elements() }
}
