import NeuralNetworks
import PJRT

extension ComputePolicy {
    /// How layers are written for training on a kind of device.
    /// - Parameter hasKernels: whether programs may call our own kernels for processors.
    public static func training(on kind: PluginKind, hasKernels: Bool) -> ComputePolicy {
        switch kind {
        case .cuda: .cuda
        default: hasKernels ? .cpuTrainingWithKernels : .cpuTraining
        }
    }
}
