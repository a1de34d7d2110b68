import NeuralNetworks
import StableHLO
import Tensors

/// Two normalised convolutions beside a shortcut, with the timestep added between them.
///
/// Source: He et al., "Deep Residual Learning", 2015; diffusers 0.42.1, `models/resnet.py`, ResnetBlock2D.
struct ResidualBlock {
    /// Channels that come out.
    let channels: Int
    let normGroups: Int
    let normEpsilon: Double

    /// `[batch, height, width, any]` becomes `[batch, height, width, channels]`.
    /// - Parameter time: `[batch, width]`, or nil in an autoencoder.
    func callAsFunction(_ input: Value, time: Value?, in scope: ModuleScope) throws -> Value {
        var state = try scope["norm1"].groupNorm(
            input, groups: normGroups, epsilon: normEpsilon, activation: .silu)
        state = try scope["conv1"].convolution(state, features: channels, kernel: 3)
        if let time {
            let added = try scope["time_emb_proj"].linear(Activation.silu(time), features: channels)
            state = try state + added.broadcast(to: state.shape, along: [0, 3])
        }
        state = try scope["norm2"].groupNorm(
            state, groups: normGroups, epsilon: normEpsilon, activation: .silu)
        // A new block starts as its shortcut alone.
        state = try scope["conv2"].convolution(state, features: channels, kernel: 3, initialization: .zeros)
        let shortcut =
            try input.shape[3] == channels
            ? input : scope["conv_shortcut"].convolution(input, features: channels, kernel: 1)
        return try shortcut + state
    }
}
