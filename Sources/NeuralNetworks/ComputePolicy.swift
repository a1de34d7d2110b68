import StableHLO
import Tensors

/// How layers are written for a kind of device: element types, layouts and the form of attention.
///
/// The same model, under another policy, computes the same function with other rounding and speed. The forms
/// were chosen by measurement, see `Docs/performance.md`.
public struct ComputePolicy: Sendable, Hashable {
    /// How attention is written.
    public enum AttentionForm: Sendable, Hashable {
        /// As batched products with all scores in memory. The form that has a gradient.
        case batched
        /// As a loop over heads and tiles of `rows` queries, each with two matrix products.
        case tiled(rows: Int)
    }

    /// The element type parameters are held in.
    public var parameterType: ElementType
    /// The element type layers hand to each other.
    public var activationType: ElementType
    /// The element type of the operands of matrix products.
    public var productType: ElementType
    /// The element type of the operands of convolutions.
    public var convolutionType: ElementType
    /// The element type of the operands of attention's two products.
    public var attentionType: ElementType
    /// The order of a convolution kernel's dimensions in device memory.
    public var kernelOrder: AxisOrder
    /// How attention is written.
    public var attentionForm: AttentionForm
    /// What our own kernels work off; nil leaves everything to the plugin.
    public var kernelLowering: KernelLowering?

    /// Names every choice.
    public init(
        parameterType: ElementType = .f32, activationType: ElementType = .f32,
        productType: ElementType = .f32,
        convolutionType: ElementType = .f32, attentionType: ElementType = .f32,
        kernelOrder: AxisOrder = "01io",
        attentionForm: AttentionForm = .batched,
        kernelLowering: KernelLowering? = nil
    ) {
        self.parameterType = parameterType
        self.activationType = activationType
        self.productType = productType
        self.convolutionType = convolutionType
        self.attentionType = attentionType
        self.kernelOrder = kernelOrder
        self.attentionForm = attentionForm
        self.kernelLowering = kernelLowering
    }

    /// Everything in 32 bits and in its plainest form: the numbers of the reference.
    public static let reference = ComputePolicy()
    /// Drawing on a CPU: attention tiled by head over `bf16` operands, all else in 32 bits.
    public static let cpuInference = ComputePolicy(attentionType: .bf16, attentionForm: .tiled(rows: 256))
    /// Drawing on a CPU that our own kernels support: convolutions by Winograd's tiles, attention and norms as one call each,
    /// all in 32 bits.
    public static let cpuInferenceWithKernels = ComputePolicy(
        attentionForm: .tiled(rows: 256), kernelLowering: .exact)
    /// Training on a CPU: products over `bf16` operands with 32-bit sums, convolutions in 32 bits.
    public static let cpuTraining = ComputePolicy(productType: .bf16)
    /// Training on a CPU that our own kernels support: wide convolutions over `bf16` operands too, attention, norms
    /// and the optimizer as one call each.
    public static let cpuTrainingWithKernels = ComputePolicy(
        productType: .bf16, kernelLowering: KernelLowering())
    /// Drawing or training on a CUDA device: `bf16` throughout, kernels in cuDNN's order.
    public static let cuda = ComputePolicy(
        activationType: .bf16, productType: .bf16, convolutionType: .bf16, attentionType: .bf16,
        kernelOrder: "o01i")

    /// How layers are written for drawing on a CPU.
    /// - Parameter hasKernels: whether programs may call our own kernels for processors.
    public static func cpuInference(hasKernels: Bool) -> ComputePolicy {
        hasKernels ? .cpuInferenceWithKernels : .cpuInference
    }
}
