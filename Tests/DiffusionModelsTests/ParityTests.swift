import DiffusionModels
import Glibc
import NeuralNetworks
import ProgramRunning
import StableHLO
import Tensors
import Testing

/// Every network, element by element, against diffusers and transformers on the same weights.
@Suite(.enabled(if: ProgramRunner.isAvailable)) struct ParityTests {
    /// A policy, and how far from the reference it may come, relative to the largest value.
    struct Precision: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let policy: ComputePolicy
        let tolerance: Double

        /// All in 32 bits. Up to 2.2e-6 was measured; the reference's own f32 is up to 1e-6 from f64.
        static let reference = Precision(
            testDescription: "reference", policy: .reference, tolerance: 6e-6)
        /// Attention over operands of 8 bits of mantissa: up to 7.2e-3 was measured.
        static let cpuInference = Precision(
            testDescription: "CPU inference", policy: .cpuInference, tolerance: 1.5e-2)
        /// Our own kernels wherever they take a layer's channels, sums in another order: up to 2.2e-6 was measured.
        static let exactKernels = Precision(
            testDescription: "kernels in 32 bits",
            policy: ComputePolicy(attentionForm: .tiled(rows: 256), kernelLowering: .narrow),
            tolerance: 6e-6)
        /// Products over such operands: up to 5.6e-3.
        static let cpuTraining = Precision(
            testDescription: "CPU training", policy: .cpuTraining, tolerance: 1.2e-2)
        /// Kernels in cuDNN's order lie elsewhere in memory; the numbers are those of the reference.
        static let kernelOrder = Precision(
            testDescription: "cuDNN's kernel order", policy: ComputePolicy(kernelOrder: "o01i"),
            tolerance: 6e-6)
        /// What a CUDA device is given, here run on the CPU: 8 bits of mantissa throughout, up to 1.5e-2.
        static let cuda = Precision(testDescription: "CUDA", policy: .cuda, tolerance: 3e-2)
    }

    /// A case under a policy.
    struct Run: Sendable, CustomTestStringConvertible {
        let parity: ParityCase
        let precision: Precision
        var testDescription: String { "\(parity.name), \(precision.testDescription)" }
    }

    /// Every case in 32 bits, and `others`, where a policy changes what is emitted.
    /// - Parameter withKernels: those that our own kernels work on too, on processors that have what they need.
    private static func runs(
        _ names: [String], _ others: [(String, Precision)], withKernels: [String] = []
    ) -> [Run] {
        names.map { Run(parity: ParityCase($0), precision: .reference) }
            + others.map { Run(parity: ParityCase($0), precision: $1) }
            + (ProgramRunner.kernelChoices.count > 1 ? withKernels : [])
            .map { Run(parity: ParityCase($0), precision: .exactKernels) }
    }

    static let unets = runs(
        [
            "unet_sd1", "unet_two_layers", "unet_sd2", "unet_attention_everywhere", "unet_attention_below",
            "unet_sine_first", "unet_shifted_frequencies", "unet_odd_size", "unet_inpainting", "unet_editing",
            "unet_two_transformers", "unet_transformers_by_level", "unet_pooled_text",
        ],
        [
            ("unet_sd2", .cpuInference), ("unet_two_transformers", .cpuInference),
            ("unet_pooled_text", .cpuInference), ("unet_pooled_text", .cpuTraining),
            ("unet_two_layers", .kernelOrder), ("unet_pooled_text", .cuda),
        ],
        withKernels: ["unet_sd1", "unet_two_layers", "unet_odd_size", "unet_pooled_text"])

    @Test("UNet", arguments: unets)
    func unet(_ run: Run) throws {
        let parity = run.parity
        let unet = UNet(try UNetConfiguration(parity.fields()))
        let timesteps = try parity.tensor("input.timestep")
        let inputs = [
            try parity.tensor("input.sample"),
            timesteps.elementType == .i64
                ? HostTensor(timesteps.elements(as: Int64.self).map(Float.init), shape: timesteps.shape)
                : timesteps,
            try parity.tensor("input.encoder_hidden_states"),
        ]
        let results = try parity.run(run.precision.policy, inputs: inputs) { inputs, scope in
            [try unet(inputs[0], timesteps: inputs[1], context: inputs[2], in: scope)]
        }
        try expect(results[0], "sample", run)
    }

    /// Where `python Tools/parity/models_large.py FOLDER` wrote its case, 3.4 GB.
    static let largeCase = getenv("ONDOL_LARGE_PARITY_CASE").map { String(cString: $0) }

    /// Needs 12 GB of memory and some minutes, so that it runs only where it is asked for.
    @Test("UNet of Stable Diffusion 1.5's size", .enabled(if: largeCase != nil))
    func largeUNet() throws {
        let parity = ParityCase(try #require(Self.largeCase))
        try unet(Run(parity: parity, precision: .reference))
    }

    static let autoencoders = runs(
        [
            "autoencoder_sd1", "autoencoder_small", "autoencoder_without_attention",
            "autoencoder_without_quantizers",
        ],
        [
            ("autoencoder_small", .cpuInference), ("autoencoder_small", .kernelOrder),
            ("autoencoder_small", .cuda),
        ],
        withKernels: ["autoencoder_sd1", "autoencoder_small"])

    @Test("Autoencoder", arguments: autoencoders)
    func autoencoder(_ run: Run) throws {
        let parity = run.parity
        let autoencoder = Autoencoder(try AutoencoderConfiguration(parity.fields()))
        let inputs = [try parity.tensor("input.image"), try parity.tensor("input.latent")]
        let results = try parity.run(run.precision.policy, inputs: inputs) { inputs, scope in
            let distribution = try autoencoder.encode(inputs[0], in: scope)
            return [
                distribution.mean, distribution.logVariance, try autoencoder.decode(inputs[1], in: scope),
            ]
        }
        for (result, name) in zip(results, ["mean", "logvar", "image"]) {
            try expect(result, name, run)
        }
    }

    static let texts = runs(
        ["text_sd1", "text_sd2", "text_added_words"],
        [("text_sd2", .cpuInference), ("text_sd1", .cpuTraining), ("text_sd1", .cuda)])

    @Test("Text encoder", arguments: texts)
    func text(_ run: Run) throws {
        let parity = run.parity
        let encoder = TextEncoder(try TextEncoderConfiguration(parity.fields()))
        let tokens = try parity.tensor("input.token_ids")
        let inputs = [HostTensor(tokens.elements(as: Int64.self).map(Int32.init), shape: tokens.shape)]
        let results = try parity.run(run.precision.policy, inputs: inputs) { [try encoder($0[0], in: $1)] }
        try expect(results[0], "last_hidden_state", run)
    }

    private func expect(_ result: HostTensor, _ name: String, _ run: Run) throws {
        let reached = distance(result, try run.parity.tensor("expected.\(name)"))
        let (parity, precision) = (run.parity, run.precision)
        #expect(
            reached <= precision.tolerance,
            "\(parity.name), \(precision.testDescription): \(name) is \(reached) from the reference")
    }

    @Test("Every fixture is compared with something")
    func complete() {
        let named = Set((Self.unets + Self.autoencoders + Self.texts).map(\.parity.name))
        #expect(named == Set(ParityCase.allNames))
    }
}

extension KernelLowering {
    /// Takes the channels of small models too.
    fileprivate static let narrow: KernelLowering = {
        var lowering = KernelLowering.exact
        lowering.fewestFeatures = featureMultiple
        return lowering
    }()
}
