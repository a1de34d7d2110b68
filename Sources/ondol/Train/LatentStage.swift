import DiffusionModels
import FoundationEssentials
import NeuralNetworks
import StableHLO
import Tensors
import Training

/// Paints pictures and encodes them into the latent cache, shard by shard, where they are not there yet.
struct LatentStage {
    let recipe: HanjiRecipe
    let runtime: DeviceRuntime
    /// The run's folder.
    let folder: String

    /// The cache of latents that this autoencoder makes.
    func cache(of autoencoder: TrainedAutoencoder) -> LatentCache {
        LatentCache(
            folder: "\(folder)/latents", autoencoder: autoencoder.digest, latentShape: recipe.latentShape)
    }

    /// Encodes pictures until `count` are cached, or `shouldStop` says so.
    func fill(
        _ cache: LatentCache, with autoencoder: TrainedAutoencoder, upTo count: Int, shouldStop: () -> Bool
    ) throws {
        guard cache.cachedCount() < count else { return }
        let rows = 2 * recipe.rowsAtOnce
        let network = Autoencoder(recipe.autoencoder)
        let size = recipe.pictureSize
        let program = try NetworkProgram(
            inputs: [TensorType(.f32, [rows, size, size, 3])], policy: .reference, compiler: runtime.compiler
        ) { inputs, graph in [try network.encode(inputs[0], in: graph.root).mean] }
        let weights = try autoencoder.weights.mapValues { try runtime.client.buffer(from: $0) }
        while cache.cachedCount() < count, !shouldStop() {
            let first = cache.cachedCount()
            Terminal.note("encoding pictures \(first) to \(first + LatentCache.shardSize - 1)")
            var values: [Float] = []
            for start in stride(from: first, to: first + LatentCache.shardSize, by: rows) {
                if shouldStop() { return }
                let pixels = try (start..<start + rows).flatMap {
                    try recipe.pixels(ofPicture: $0)
                }
                let latents = try program.run(
                    [HostTensor(pixels, shape: [rows, size, size, 3])], weights: weights)
                values += latents[0].elements(as: Float.self)
            }
            let shard = HostTensor(
                values, shape: Shape([LatentCache.shardSize] + recipe.latentShape.dimensions))
            try cache.append(shard.converted(to: .f16), first: first)
        }
    }
}
