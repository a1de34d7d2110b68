import Tensors
import Testing

@testable import Training

struct BatchSourceTests {
    private func bytes(_ batch: [HostTensor]) -> [[UInt8]] { batch.map { $0.withUnsafeBytes { Array($0) } } }

    @Test("a step's batch is always the same, and no other step's or seed's")
    func determinism() throws {
        let source = try TinyNetworks.source(batchSize: 8)
        let again = try TinyNetworks.source(batchSize: 8)
        let other = try TinyNetworks.source(batchSize: 8, seed: 6)
        #expect(try bytes(source.batch(step: 41)) == bytes(again.batch(step: 41)))
        for place in [0, 1, 3] {
            let batch = try bytes(source.batch(step: 41))[place]
            #expect(try batch != bytes(source.batch(step: 42))[place])
            #expect(try batch != bytes(other.batch(step: 41))[place])
        }
    }

    @Test("the shapes are those that the objective asks for")
    func shapes() throws {
        let batch = try TinyNetworks.source(batchSize: 8).batch(step: 0)
        let wanted = TinyNetworks.diffusion(batchSize: 8).inputs.map(\.type)
        #expect(batch.map(\.type) == wanted)
    }

    @Test("rows share the timesteps out evenly, and reach both ends")
    func timesteps() throws {
        let source = try TinyNetworks.source(batchSize: 10)
        var (smallest, largest) = (Float.infinity, -Float.infinity)
        for step in 0..<200 {
            let timesteps = try source.batch(step: step)[1].elements(as: Float.self)
            for (row, timestep) in timesteps.enumerated() { #expect(Int(timestep) / 100 == row) }
            (smallest, largest) = (min(smallest, timesteps[0]), max(largest, timesteps[9]))
        }
        #expect(smallest <= 3 && largest >= 996)
    }

    @Test("noisy latent and velocity give the latent back, with the schedule's shares")
    func mixture() throws {
        let schedule = try TinyNetworks.schedule()
        let source = try DiffusionBatchSource(
            latents: TinyNetworks.latents(count: 1), pictures: 0..<1, scaling: (shift: 0.5, factor: 2),
            schedule: schedule, captions: { _, _ in [0] }, emptyCaption: [0], batchSize: 6, seed: 1)
        let batch = try source.batch(step: 3)
        let (noisy, target) = (batch[0].elements(as: Float.self), batch[3].elements(as: Float.self))
        for (row, timestep) in batch[1].elements(as: Float.self).enumerated() {
            let shares = schedule.mixture(at: Int(timestep))
            for index in 0..<64 {
                let place = row * 64 + index
                let clean = shares.picture * noisy[place] - shares.noise * target[place]
                let latent: Float = TinyNetworks.latents(count: 1).latent(0)[index] > 0 ? 1 : -3
                #expect(abs(clean - latent) < 1e-4)
            }
        }
    }

    @Test("captions are left out as often as asked", arguments: [0, 0.25, 1])
    func captionDropout(rate: Double) throws {
        let source = try TinyNetworks.source(batchSize: 50, captionDropout: rate)
        var dropped = 0
        for step in 0..<40 {
            let tokens = try source.batch(step: step)[2].elements(as: Int32.self)
            dropped += stride(from: 1, to: tokens.count, by: 6).count { tokens[$0] == 15 }
        }
        // 2000 rows: four standard deviations of the share are 0.04.
        #expect(abs(Double(dropped) / 2000 - rate) <= (rate == 0.25 ? 0.04 : 0))
    }

    @Test("with an offset every latent comes with another's caption, and is itself the same")
    func captionOffset() throws {
        let right = try TinyNetworks.source(batchSize: 32, captionDropout: 0)
        let wrong = try TinyNetworks.source(batchSize: 32, captionDropout: 0, captionOffset: 1)
        let (own, others) = (try right.batch(step: 5), try wrong.batch(step: 5))
        #expect(bytes([own[0]]) == bytes([others[0]]))
        let (ownTokens, otherTokens) = (own[2].elements(as: Int32.self), others[2].elements(as: Int32.self))
        for row in 0..<32 { #expect(otherTokens[6 * row + 1] == (ownTokens[6 * row + 1] + 1) % 4) }
    }

    @Test(
        "pictures that are not there, and empty batches, are refused",
        arguments: [(0..<0, 1), (0..<65, 1), (0..<64, 0)])
    func refusals(pictures: Range<Int>, batchSize: Int) throws {
        let schedule = try TinyNetworks.schedule()
        #expect(throws: TrainingError.self) {
            try DiffusionBatchSource(
                latents: TinyNetworks.latents(count: 64), pictures: pictures, scaling: (0, 1),
                schedule: schedule, captions: { _, _ in [0] }, emptyCaption: [0], batchSize: batchSize,
                seed: 1)
        }
    }

    @Test("pictures come in the range asked for, with or without noise, and of the size asked for")
    func pictures() throws {
        func source(addsNoise: Bool, count: Int = 12) throws -> PictureBatchSource {
            try PictureBatchSource(
                range: 100..<110, pictureSize: 2, latentShape: [1, 1, 4], batchSize: 5, seed: 2,
                addsNoise: addsNoise
            ) { [Float](repeating: Float($0), count: count) }
        }
        let batch = try source(addsNoise: true).batch(step: 7)
        #expect(batch[0].elements(as: Float.self).allSatisfy { (100..<110).contains($0) })
        #expect(Set(batch[1].elements(as: Float.self)).count == 20)
        #expect(
            try source(addsNoise: false).batch(step: 7)[1].elements(as: Float.self).allSatisfy { $0 == 0 })
        #expect(throws: TrainingError.self) { try source(addsNoise: true, count: 11).batch(step: 0) }
    }
}
