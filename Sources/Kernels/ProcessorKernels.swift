import CKernels
import PJRT

/// Kernels of our own for processors, which programs call by name.
public enum ProcessorKernels {
    /// Whether this processor has what the kernels need: x86-64 with AVX-512 and its `bf16` products.
    public static var areSupported: Bool { CKHasBrainFloatProducts() }

    /// Makes the kernels callable from programs of a plugin, before any such program is compiled or loaded. A second
    /// call for the same plugin does nothing.
    /// - Returns: whether programs may call them; false where the processor or the plugin cannot.
    /// - Throws: ``PJRTError`` where the plugin refuses them.
    public static func register(on plugin: Plugin) throws -> Bool {
        guard areSupported, plugin.kind == .cpu else { return false }
        try register(ConvolutionKernel.name, on: plugin, ConvolutionKernel.run)
        try register(KernelGradientKernel.name, on: plugin, KernelGradientKernel.run)
        try register(TransposedProductKernel.name, on: plugin, TransposedProductKernel.run)
        try register(AttentionKernel.name, on: plugin, AttentionKernel.run)
        try register(StreamedAttentionKernel.name, on: plugin, StreamedAttentionKernel.run)
        try register(AttentionGradientKernel.name, on: plugin, AttentionGradientKernel.run)
        try register(GroupNormKernel.name, on: plugin, GroupNormKernel.run)
        try register(GroupNormGradientKernel.name, on: plugin, GroupNormGradientKernel.run)
        try register(AdamWKernel.name, on: plugin, AdamWKernel.run)
        try register(SumOfSquaresKernel.name, on: plugin, SumOfSquaresKernel.run)
        try register(RowSumsKernel.name, on: plugin, RowSumsKernel.run)
        return true
    }

    private static func register(
        _ name: String, on plugin: Plugin, _ body: @escaping @Sendable (CustomCall) throws -> Void
    ) throws {
        do {
            try plugin.registerCustomCall(name, body: body)
        } catch let error as PJRTError where error.code == .alreadyExists {
            // The same kernel, registered by another part of the program.
        }
    }
}
