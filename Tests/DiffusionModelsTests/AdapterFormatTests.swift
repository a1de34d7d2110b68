import NeuralNetworks
import ProgramRunning
import StableHLO
import Tensors
import TestSupport
import Testing

@testable import DiffusionModels

/// Adapters under PEFT's and kohya's names, with convolutions, through the low-rank paths that rows of a batch share.
///
/// `AdapterFixtures/` is made by `python Tools/parity/adapter_formats.py`.
struct AdapterFormatTests {
    private static let fixtures =
        String(#filePath.dropLast("AdapterFormatTests.swift".count)) + "AdapterFixtures"
    private static let files = ["peft": "peft/adapter_model.safetensors", "kohya": "kohya.safetensors"]

    private func adapter(_ name: String) throws -> Adapter {
        try Adapter(path: "\(Self.fixtures)/\(Self.files[name] ?? "")")
    }

    private func unet() throws -> UNet { UNet(try UNetConfiguration(ParityCase("unet_sd1").fields())) }

    private func parameters() throws -> [ParameterSpecification] {
        let (unet, builder) = (try unet(), FunctionBuilder())
        let graph = ModelGraph(builder: builder, policy: .reference)
        let width = unet.configuration.crossAttentionWidth
        _ = try unet(
            builder.argument("sample", TensorType(.f32, [1, 8, 8, 4])),
            timesteps: builder.argument("timestep", TensorType(.f32, [1])),
            context: builder.argument("context", TensorType(.f32, [1, 5, width])), in: graph.root)
        return graph.parameters
    }

    @Test("ranks, scales and kernels are those that the files' settings say")
    func reading() throws {
        let peft = try adapter("peft")
        try peft.check(parameters(), of: .unet)
        let value = try #require(peft.layers.first { $0.path.hasSuffix("attn1.to_v") })
        #expect(value.rank == 2 && abs(value.scale - 5 / 2.0.squareRoot()) < 1e-12)
        let projection = try #require(
            peft.layers.first { $0.path == "mid_block.attentions.0.proj_in" })
        #expect(projection.rank == 4 && projection.scale == 0.5)
        let convolution = try #require(peft.layers.first { $0.path.hasSuffix("resnets.0.conv1") })
        #expect(convolution.kernel == 3 && convolution.rank == 3)
        #expect(peft.form(in: .unet) == LowRankForm(rank: 4, reach: .everything))
        #expect(peft.form(in: .textEncoder) == nil)

        let kohya = try adapter("kohya")
        try kohya.check(parameters(), of: .unet)
        #expect(kohya.layers.contains { $0.path == "down_blocks.0.downsamplers.0.conv" && $0.kernel == 3 })
        let query = try #require(kohya.layers.first { $0.path.hasSuffix("attn1.to_q") })
        #expect(query.rank == 5 && abs(query.scale - 0.6) < 1e-12)
        #expect(kohya.form(in: .unet) == LowRankForm(rank: 8, reach: .everything))
    }

    /// The adapters change the output by as much as itself, and rounding with it. Measured: 2.6e-5.
    @Test(
        "rows that want different adapters, or none, are each the reference's",
        .enabled(if: ProgramRunner.isAvailable, "run 'make setup'"))
    func numbers() throws {
        let (unet, model) = (try unet(), ParityCase("unet_sd1"))
        let cases = try SafetensorsFile(path: "\(Self.fixtures)/formats_case.safetensors")
        let sample = try model.tensor("input.sample")
        let context = try model.tensor("input.encoder_hidden_states")
        let times = try model.tensor("input.timestep").elements(as: Int64.self).map { Float($0) }
        let count = sample.shape[0]
        // The whole case three times: with one adapter, with the other, without any.
        func thrice(_ tensor: HostTensor) -> HostTensor {
            let values = tensor.elements(as: Float.self)
            return HostTensor(
                values + values + values,
                shape: Shape([3 * tensor.shape[0]] + tensor.shape.dimensions.dropFirst()))
        }
        let inputs = [
            thrice(sample), thrice(HostTensor((0..<count).map { times[$0 % times.count] }, shape: [count])),
            thrice(context),
        ]
        let adapters = try [adapter("peft"), adapter("kohya")]
        let form = LowRankForm(rank: 8, reach: .everything)
        let layout = LowRankLayout(try parameters(), of: .unet, form: form)
        let shares: [Float] =
            [[1, 0], [0, 1], [0, 0]].flatMap { (share: [Float]) in (0..<count).flatMap { _ in share } }
        let styles =
            [HostTensor(shares, shape: [3 * count, 2])] + (try adapters.map { try layout.packed($0) })

        let builder = FunctionBuilder()
        let arguments = (inputs + styles).enumerated().map { builder.argument("input.\($0)", $1.type) }
        let graph = ModelGraph(builder: builder, policy: .reference)
        graph.rowwise = try RowwiseLowRank(
            places: layout.places, rank: form.rank, factors: Array(arguments[4...]), weights: arguments[3])
        let result = try unet(arguments[0], timesteps: arguments[1], context: arguments[2], in: graph.root)
        let store = try WeightStore(folder: model.folder)
        let weights = try graph.parameters.map { try store.tensor(for: $0, as: .f32) }
        let found = try ProgramRunner.compile(builder.finish(returning: [result]))(inputs + styles + weights)[
            0]
        let size = found.shape.elementCount / 3
        for (index, name) in ["expected.peft", "expected.kohya", "expected.sample"].enumerated() {
            let expected =
                try name == "expected.sample"
                ? model.tensor(name) : cases.tensor(named: name).transposed([0, 2, 3, 1])
            let part = HostTensor(
                Array(found.elements(as: Float.self)[index * size..<(index + 1) * size]),
                shape: expected.shape)
            #expect(distance(part, expected) < 1e-4, "\(name)")
        }
    }

    @Test("every layer's path comes back from kohya's names")
    func flatPaths() throws {
        for name in ["unet_sd1", "unet_sd2", "unet_pooled_text", "unet_transformers_by_level"] {
            let configuration = try UNetConfiguration(ParityCase(name).fields())
            let builder = FunctionBuilder()
            let graph = ModelGraph(builder: builder, policy: .reference)
            _ = try UNet(configuration)(
                builder.argument("sample", TensorType(.f32, [1, 16, 16, configuration.inputChannels])),
                timesteps: builder.argument("timestep", TensorType(.f32, [1])),
                context: builder.argument(
                    "context", TensorType(.f32, [1, 5, configuration.crossAttentionWidth])), in: graph.root)
            for parameter in graph.parameters where parameter.role != .plain {
                let path = String(parameter.name.dropLast(".weight".count))
                #expect(FlatLayerPath.dotted(path.split(separator: ".").joined(separator: "_")) == path)
            }
        }
        let text = "text_model.encoder.layers.11.self_attn.out_proj"
        #expect(FlatLayerPath.dotted("text_model_encoder_layers_11_self_attn_out_proj") == text)
        #expect(
            AdapterNames.parse("lora_te_text_model_encoder_layers_0_mlp_fc1.alpha")?.path
                == "text_model.encoder.layers.0.mlp.fc1")
        for flat in ["", "_", "to_q_", "input_blocks_1", "to_q__1", "99999", "to_qq"] {
            #expect(FlatLayerPath.dotted(flat) == nil, "\(flat)")
        }
    }

    // MARK: bad files

    /// One layer of two matrices.
    private func file(
        _ tensors: [String: HostTensor], settings: String? = nil, _ body: (String) throws -> Void
    ) throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/made.safetensors"
            try SafetensorsWriter.write(tensors, to: path)
            if let settings { writeBytes(Array(settings.utf8), to: "\(folder)/adapter_config.json") }
            try body(path)
        }
    }

    private static func ones(_ shape: Shape) -> HostTensor { HostTensor(repeating: Float(1), shape: shape) }

    @Test(
        "files that are no adapter for this are refused in a sentence that names the reason",
        arguments: [
            (
                [
                    "base_model.model.a.to_q.lora_A.weight": Shape([2, 4]),
                    "base_model.model.a.to_q.lora_B.weight": [4, 2],
                ], nil, "adapter_config.json"
            ),
            (
                [
                    "base_model.model.a.to_q.lora_A.weight": [2, 4],
                    "base_model.model.a.to_q.lora_B.weight": [4, 2],
                ], "[]", "JSON object"
            ),
            (
                [
                    "base_model.model.a.to_q.lora_A.weight": [2, 4],
                    "base_model.model.a.to_q.lora_B.weight": [4, 2],
                ], #"{"use_dora": true}"#, "use_dora"
            ),
            (
                [
                    "base_model.model.a.to_q.lora_A.weight": [2, 4],
                    "base_model.model.a.to_q.lora_B.weight": [4, 2],
                ], #"{"init_lora_weights": "pissa_niter_4"}"#, "pissa"
            ),
            (
                [
                    "base_model.model.a.to_q.lora_A.weight": [2, 4],
                    "base_model.model.a.to_q.lora_B.weight": [4, 2],
                ], #"{"peft_type": "IA3"}"#, "IA3"
            ),
            (["lora_unet_mid_block_attentions_0_proj_in.lora_down.weight": [2, 4, 1, 1]], nil, "one half"),
            (
                [
                    "lora_unet_mid_block_resnets_0_conv1.lora_down.weight": [2, 4, 3, 3],
                    "lora_unet_mid_block_resnets_0_conv1.lora_up.weight": [4, 2, 3, 3],
                ], nil, "linear layers and convolutions"
            ),
            (
                [
                    "lora_unet_mid_block_resnets_0_conv1.lora_down.weight": [2, 4, 3, 1],
                    "lora_unet_mid_block_resnets_0_conv1.lora_up.weight": [4, 2, 1, 1],
                ], nil, "linear layers and convolutions"
            ),
            (["lora_unet_mid_block_resnets_0_conv1.lora_mid.weight": [2, 2, 3, 3]], nil, "three parts"),
            (["lora_unet_input_blocks_1_1_proj_in.lora_down.weight": [2, 4]], nil, "Stable Diffusion XL"),
            (
                ["lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight": [2, 4]], nil,
                "Stable Diffusion XL"
            ),
            (["lora_unet_mid_block_attentions_0_proj_in.hada_w1_a": [2, 4]], nil, "LoHa"),
            (["lora_unet_mid_block_attentions_0_proj_in.dora_scale": [2, 4]], nil, "DoRA"),
            (["unet.a.to_q.lora_A.weight": [2, 4], "unet.a.to_q.lora.down.weight": [2, 4]], nil, "twice"),
        ] as [([String: Shape], String?, String)])
    func refusals(shapes: [String: Shape], settings: String?, reason: String) throws {
        try file(shapes.mapValues(Self.ones), settings: settings) { path in
            let error = try modelError { _ = try Adapter(path: path) }
            #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
            #expect(error?.message.contains("\n") == false)
        }
    }

    @Test(
        "numbers that no training gives are refused with the tensor's name",
        arguments: [
            (Float.nan, Float(1), "none"), (.infinity, 1, "none"), (-.infinity, 1, "none"), (1, .nan, "none"),
            (1e9, 1, "no training"), (1, -2000, "no training"), (900, 900, "beyond all measure"),
        ])
    func poison(down: Float, up: Float, reason: String) throws {
        var first = [Float](repeating: 0.1, count: 8)
        var second = first
        (first[5], second[2]) = (down, up)
        let tensors = [
            "unet.a.to_q.lora_A.weight": HostTensor(first, shape: [2, 4]),
            "unet.a.to_q.lora_B.weight": HostTensor(second, shape: [4, 2]),
        ]
        try file(tensors) { path in
            let adapter = try Adapter(path: path)
            let error = try modelError { try adapter.checkNumbers() }
            #expect(error?.code == .malformed)
            #expect(error?.message.contains(reason) == true, "\(String(describing: error))")
            #expect(error?.message.contains("a.to_q") == true)
        }
    }

    @Test("a convolution of another kernel than the model's is refused")
    func otherKernel() throws {
        let name = "unet.mid_block.resnets.0.conv1"
        let weight = try #require(
            try parameters().first { $0.name == "mid_block.resnets.0.conv1.weight" })
        let (outputs, inputs) = (weight.storedShape[0], weight.storedShape[1])
        try file([
            "\(name).lora_A.weight": Self.ones([2, inputs, 5, 5]),
            "\(name).lora_B.weight": Self.ones([outputs, 2, 1, 1]),
        ]) { path in
            let adapter = try Adapter(path: path)
            let error = try modelError { try adapter.check(parameters(), of: .unet) }
            #expect(error?.code == .mismatched)
            #expect(error?.message.contains("5, 5") == true)
        }
    }

    /// A mutated file is read, checked and packed, or refused with a ``ModelError``; nothing else happens.
    @Test("files mutated at random never do more than be refused", arguments: ["peft", "kohya"])
    func mutations(name: String) throws {
        let original = readBytes("\(Self.fixtures)/\(Self.files[name] ?? "")")
        let settings = readBytes("\(Self.fixtures)/peft/adapter_config.json")
        let parameters = try parameters()
        let layout = LowRankLayout(
            parameters, of: .unet, form: LowRankForm(rank: 8, reach: .everything))
        let seed: UInt64 = 20_261_128
        var chance = SeededGenerator(seed: seed)
        var refused = 0
        try withTemporaryFolder { folder in
            for round in 0..<120 {
                var bytes = original
                var text = settings
                switch round % 4 {
                case 0: bytes.removeLast(Int.random(in: 1..<bytes.count, using: &chance))
                case 1:
                    // In the header, where names, shapes and offsets are.
                    for _ in 0..<Int.random(in: 1...4, using: &chance) {
                        bytes[Int.random(in: 0..<4000, using: &chance)] = .random(in: 0...255, using: &chance)
                    }
                case 2:
                    // Exponents of ones make NaN and infinities of any type.
                    let start = Int.random(in: 12_000..<bytes.count - 64, using: &chance)
                    for index in start..<start + 64 { bytes[index] = 0xFF }
                default:
                    let index = Int.random(in: 0..<text.count, using: &chance)
                    text[index] = .random(in: 32...126, using: &chance)
                }
                writeBytes(bytes, to: "\(folder)/adapter_model.safetensors")
                writeBytes(text, to: "\(folder)/adapter_config.json")
                do {
                    let adapter = try Adapter(path: "\(folder)/adapter_model.safetensors")
                    try adapter.check(parameters, of: .unet)
                    let packed = try layout.packed(adapter)
                    let isFinite = packed.elements(as: Float.self).allSatisfy { $0.isFinite }
                    #expect(isFinite, "seed \(seed), round \(round)")
                } catch let error as ModelError {
                    refused += 1
                    #expect(!error.message.isEmpty)
                }
            }
        }
        #expect(refused >= 60)
    }
}
