import ProgramRunning
import Samplers
import Tensors
import Testing

@testable import Training

/// Networks that learn: what the loss does over many steps, from a fixed seed.
@Suite(.enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"))
struct LearningTests {
    @Test("a UNet and its text encoder learn to draw, and to read")
    func diffusion() throws {
        try withTemporaryTree { folder in
            let objective = TinyNetworks.diffusion(batchSize: 16)
            let run = try makeRun(
                objective, TinyNetworks.source(batchSize: 16), steps: 300, rate: 4e-3, folder: folder,
                batchSize: 16)
            let evaluator = try run.evaluator(policy: .reference, compiler: ProgramRunner.compiler())
            func error(captionOffset: Int) throws -> Double {
                let source = try TinyNetworks.source(
                    batchSize: 16, captionDropout: 0, captionOffset: captionOffset, seed: 77)
                let report = try run.evaluate(evaluator, batches: (0..<8).map { try source.batch(step: $0) })
                return try #require(report["error"])
            }
            let before = try error(captionOffset: 0)
            try run.run { _ in }
            let (right, wrong) = (try error(captionOffset: 0), try error(captionOffset: 1))
            // A velocity has the variance 1, which a new network, whose last layer is zeros, leaves as it is.
            #expect(abs(before - 1) < 0.1)
            #expect(right < 0.45 * before)
            #expect(wrong > 1.25 * right)
        }
    }

    @Test("an autoencoder learns to give pictures back")
    func autoencoder() throws {
        try withTemporaryTree { folder in
            let objective = AutoencoderObjective(
                autoencoder: TinyNetworks.autoencoder, batchSize: 8, pictureSize: 8)
            let source = try PictureBatchSource(
                range: 0..<1000, pictureSize: 8, latentShape: [4, 4, 4], batchSize: 8, seed: 9
            ) { picture in
                // A slope whose direction and colour go by the picture's number.
                let across = Float(picture % 7) / 3 - 1
                let down = Float(picture % 5) / 2 - 1
                let blue = Float(picture % 3) / 2 - 0.5
                var pixels: [Float] = []
                for place in 0..<64 {
                    let slope = across * (Float(place % 8) / 7 - 0.5) + down * (Float(place / 8) / 7 - 0.5)
                    pixels += [slope, -slope, blue]
                }
                return pixels
            }
            let run = try makeRun(
                objective, source, steps: 250, rate: 6e-3, folder: folder, batchSize: 8)
            var losses: [Double] = []
            try run.run { if case .step(let report) = $0 { losses.append(report.values[0].value) } }
            let (first, last) = (losses.prefix(5).reduce(0, +) / 5, losses.suffix(20).reduce(0, +) / 20)
            #expect(last < 0.4 * first)
            #expect(losses.count == 250)
        }
    }

    @Test("reports count steps, samples and the schedule's rate")
    func reports() throws {
        try withTemporaryTree { folder in
            let run = try makeRun(LineObjective(), PointSource(), steps: 8, rate: 0.1, folder: folder)
            var reports: [StepReport] = []
            try run.run { if case .step(let report) = $0 { reports.append(report) } }
            #expect(reports.map(\.step) == Array(1...8))
            #expect(reports.map(\.samples) == (1...8).map { 4 * $0 })
            #expect(reports.map(\.learningRate) == [0.05, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05])
            #expect(reports[0].values.map(\.name) == ["loss", "gradient norm"])
            #expect(run.isFinished)
        }
    }

    @Test(
        "the text encoder alone learns at its own rate",
        arguments: [
            ("text_encoder.text_model.final_layer_norm.bias", 0.4), ("unet.conv_in.weight", 1),
            ("text_encoder_2.weight", 1), ("unet.text_encoder.weight", 1),
        ])
    func rateFactor(parameter: String, factor: Double) {
        #expect(TinyNetworks.diffusion(batchSize: 1).rateFactor(of: parameter) == factor)
    }
}
