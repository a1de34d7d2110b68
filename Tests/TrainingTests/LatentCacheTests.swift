import FoundationEssentials
import Tensors
import TestSupport
import Testing

@testable import Training

struct LatentCacheTests {
    private func cache(_ folder: String, autoencoder: String = "a") -> LatentCache {
        LatentCache(folder: folder, autoencoder: autoencoder, latentShape: [1, 1, 2])
    }

    /// A shard whose numbers are the pictures' own.
    private func shard(first: Int) -> HostTensor {
        let values = (0..<LatentCache.shardSize).flatMap { index in
            [Float16(first + index), Float16(-index)]
        }
        return HostTensor(values, shape: [LatentCache.shardSize, 1, 1, 2])
    }

    private func filled(_ folder: String) throws -> LatentCache {
        let cache = cache(folder)
        for first in [0, LatentCache.shardSize] { try cache.append(shard(first: first), first: first) }
        return cache
    }

    @Test("what was written is read, across shards, and no more than was asked for")
    func roundTrip() throws {
        try withTemporaryTree { folder in
            let cache = cache("\(folder)/new")
            #expect(cache.cachedCount() == 0)
            let written = try filled("\(folder)/new")
            #expect(written.cachedCount() == 2 * LatentCache.shardSize)
            let latents = try cache.load(count: LatentCache.shardSize + 5)
            #expect(latents.count == LatentCache.shardSize + 5)
            #expect(Array(latents.latent(3)) == [3, -3])
            #expect(
                Array(latents.latent(LatentCache.shardSize + 4)) == [Float16(LatentCache.shardSize + 4), -4])
        }
    }

    @Test("mean and deviation are those of all numbers")
    func statistics() {
        let latents = Latents(values: [1, 3, 5, 7], shape: [1, 1, 2], count: 2)
        let (mean, deviation) = latents.statistics()
        #expect(mean == 4)
        #expect(abs(deviation - 5.0.squareRoot()) < 1e-12)
    }

    @Test("shards of another form, or out of turn, are refused")
    func refusedShards() throws {
        try withTemporaryTree { folder in
            let cache = cache(folder)
            let wide = try shard(first: 0).converted(to: .f32)
            #expect(throws: TrainingError.self) { try cache.append(wide, first: 0) }
            #expect(throws: TrainingError.self) {
                try cache.append(shard(first: 0).reshaped(to: [LatentCache.shardSize, 2]), first: 0)
            }
            #expect(throws: TrainingError.self) { try cache.append(shard(first: 0), first: 2048) }
            #expect(fileNames(in: folder).isEmpty)
        }
    }

    @Test(
        "latents of another autoencoder, damaged ones, others' and missing ones are refused with what to do")
    func refusedFiles() throws {
        try withTemporaryTree { folder in
            let cache = try filled(folder)
            func message(_ cache: LatentCache) throws -> String {
                var found: TrainingError?
                do { _ = try cache.load(count: 4096) } catch let error as TrainingError { found = error }
                let error = try #require(found)
                #expect(error.code == .malformed)
                return error.message
            }
            #expect(try message(self.cache(folder, autoencoder: "b")).contains("another autoencoder"))
            let second = "\(folder)/latents-000002048.safetensors"
            let whole = readBytes(second)
            writeBytes(Array(whole.dropLast()), to: second)
            #expect(try message(cache) == "\(second) is damaged; remove it and start again")
            writeBytes(readBytes("\(folder)/latents-000000000.safetensors"), to: second)
            #expect(try message(cache).contains("of other pictures"))
            try FileManager.default.removeItem(atPath: second)
            #expect(try message(cache).contains(second))
            #expect(cache.cachedCount() == 2048)
        }
    }
}
