public import NeuralNetworks
public import StableHLO
import Tensors

/// A small network that says what a picture of 128 pixels a side shows.
///
/// About 110 million floating-point operations a picture, 0.4 million parameters.
public struct ClassifierNetwork: Sendable {
    /// Height and width of the pictures.
    public static let pictureSize = 128

    let world: ClassifierWorld

    /// The network; its sizes are fixed, but for how many answers it gives.
    public init(world: ClassifierWorld = .scenes) { self.world = world }

    /// `[batch, 128, 128, 3] f32` in -1…1 become `[batch, columns] f32`: for each attribute the logarithms of its
    /// values' chances, each up to a constant. See ``ClassifierWorld/columns(_:)``.
    public func callAsFunction(_ pictures: Value, in scope: ModuleScope) throws -> Value {
        var state = try layer(pictures, 16, kernel: 5, stride: 2, in: scope["layers", 0])
        state = try layer(state, 40, stride: 2, in: scope["layers", 1])
        state = try layer(state, 96, stride: 2, in: scope["layers", 2])
        state = try state + layer(state, 96, in: scope["layers", 3])
        state = try layer(state, 128, stride: 2, in: scope["layers", 4])
        state = try state + layer(state, 128, in: scope["layers", 5])
        // Light and weather are everywhere; a figure is in one place, which the largest answer finds.
        let batch = state.shape[0]
        let quarters = try state.reshaped(to: [batch, 2, 4, 2, 4, 128]).mean(over: [2, 4])
        let features = try scope.builder.concatenate(
            [state.maximum(over: [1, 2]), quarters.reshaped(to: [batch, 4 * 128])], along: 1)
        return try scope["head"].linear(features, features: world.columnCount)
    }

    private func layer(
        _ input: Value, _ features: Int, kernel: Int = 3, stride: Int = 1, in scope: ModuleScope
    ) throws -> Value {
        let output = try scope["conv"].convolution(input, features: features, kernel: kernel, stride: stride)
        return try Activation.silu(scope["norm"].groupNorm(output, groups: 8, epsilon: 1e-5))
    }
}
