import StableHLO
import Tensors

extension ModuleScope {
    /// Rows of the table `weight` `[entries, width]` at `indices` `[…] i32`: `[…, width]`.
    public func embedding(
        _ indices: Value, entries: Int, width: Int, deviation: Double = 0.02
    ) throws -> Value {
        try parameter("weight", [entries, width], initialization: .normal(deviation))
            .rows(at: indices).converted(to: policy.activationType)
    }
}

/// Sines and cosines of a timestep, from slow to fast.
///
/// Source: diffusers 0.42.1, `models/embeddings.py`, `get_timestep_embedding`.
public struct SinusoidalTimestepEmbedding: Sendable, Hashable {
    /// The number of features, even.
    public let features: Int
    /// Whether cosines come before sines.
    public let cosinesFirst: Bool
    /// What is taken off half the number of features where frequencies are spread.
    public let frequencyShift: Double

    /// Names every choice.
    public init(features: Int, cosinesFirst: Bool, frequencyShift: Double) {
        self.features = features
        self.cosinesFirst = cosinesFirst
        self.frequencyShift = frequencyShift
    }

    /// `[batch] f32` timesteps become `[batch, features] f32`.
    public func callAsFunction(_ timesteps: Value) throws -> Value {
        guard timesteps.rank == 1, features >= 2, features % 2 == 0 else {
            throw ProgramError("timestep embedding", "\(timesteps.type) cannot become \(features) features")
        }
        let half = features / 2
        let builder = timesteps.builder
        let shape: Shape = [timesteps.shape[0], half]
        let spread = -9.210340371976184 / (Double(half) - frequencyShift)  // ln 10,000
        let frequencies = try (builder.iota(TensorType(.f32, [half]), dimension: 0) * spread).exponential()
        let angles = try timesteps.broadcast(to: shape, along: [0]) * frequencies.broadcastLast(to: shape)
        let (sines, cosines) = try (angles.sine(), angles.cosine())
        return try builder.concatenate(cosinesFirst ? [cosines, sines] : [sines, cosines], along: 1)
    }
}
