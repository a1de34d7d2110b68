import NeuralNetworks
import ProgramRunning
import StableHLO
import Tensors
import TestSupport
import Testing

@testable import DiffusionModels

/// Low-rank adapters: read as diffusers writes them, written as it reads them, and refused with a reason.
///
/// `AdapterFixtures/` is made by `python Tools/parity/adapter_tiny.py`, which also checks that diffusers loads what is
/// written here (`--check`).
struct AdapterTests {
    private static let fixtures = String(#filePath.dropLast("AdapterTests.swift".count)) + "AdapterFixtures"

    private func adapter() throws -> Adapter { try Adapter(path: "\(Self.fixtures)/adapter.safetensors") }

    /// What a UNet's graph asks for, with adapters or without.
    private func parameters(
        adapters: [String: ModelGraph.AdapterShape] = [:]
    ) throws -> [ParameterSpecification] {
        let configuration = try UNetConfiguration(ParityCase("unet_sd2").fields())
        let builder = FunctionBuilder()
        let graph = ModelGraph(builder: builder, policy: .reference, adapters: adapters)
        _ = try UNet(configuration)(
            builder.argument("sample", TensorType(.f32, [1, 8, 6, 4])),
            timesteps: builder.argument("timestep", TensorType(.f32, [1])),
            context: builder.argument(
                "context", TensorType(.f32, [1, 5, configuration.crossAttentionWidth])),
            in: graph.root)
        return graph.parameters
    }

    @Test("what diffusers wrote: layers, ranks, and the scale of its alpha")
    func reading() throws {
        let adapter = try adapter()
        #expect(adapter.layers.count == 32)
        #expect(adapter.layers.allSatisfy { $0.component == .unet && $0.rank == 3 && $0.scale == 2 })
        let targets = try AdapterTarget.layers(of: .unet, among: parameters())
        #expect(adapter.layers.map(\.path) == targets.sorted())
        try adapter.check(parameters(), of: .unet)
        let shapes = adapter.shapes(of: .unet, prefix: "unet.", strength: 0.5)
        #expect(shapes["unet.\(targets[0])"] == .init(rank: 3, scale: 1))
        #expect(adapter.shapes(of: .textEncoder).isEmpty)
    }

    @Test(
        "a UNet with the adapter is the reference's",
        .enabled(if: ProgramRunner.isAvailable, "run 'make setup'"))
    func numbers() throws {
        let (adapter, model) = (try adapter(), ParityCase("unet_sd2"))
        let unet = UNet(try UNetConfiguration(model.fields()))
        let whole = try model.tensor("input.timestep")
        let timesteps = HostTensor(whole.elements(as: Int64.self).map { Float($0) }, shape: whole.shape)
        let inputs = [
            try model.tensor("input.sample"), timesteps, try model.tensor("input.encoder_hidden_states"),
        ]
        let builder = FunctionBuilder()
        let arguments = inputs.enumerated().map { builder.argument("input.\($0)", $1.type) }
        let graph = ModelGraph(builder: builder, policy: .reference, adapters: adapter.shapes(of: .unet))
        let result = try unet(arguments[0], timesteps: arguments[1], context: arguments[2], in: graph.root)
        let store = try WeightStore(folder: model.folder)
        let weights = try graph.parameters.map { parameter in
            parameter.name.contains(".lora_")
                ? try adapter.tensor(for: parameter, in: .unet, as: .f32)
                : try store.tensor(for: parameter, as: .f32)
        }
        let found = try ProgramRunner.compile(builder.finish(returning: [result]))(inputs + weights)[0]
        let expected = try SafetensorsFile(path: "\(Self.fixtures)/adapter_case.safetensors")
            .tensor(named: "expected.sample").transposed([0, 2, 3, 1])
        #expect(distance(found, expected) < 2e-4)
    }

    @Test("what is written is read back, with its scale")
    func writing() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/written.safetensors"
            let original = try adapter()
            let matrices = try rewritten(original)
            try AdapterWriter.write(matrices, rank: 3, alpha: 6, to: path, metadata: ["note": "mine"])
            let adapter = try Adapter(path: path)
            #expect(adapter.layers == original.layers)
            for (specification, tensor) in matrices {
                let bare = Self.renamed(specification, String(specification.name.dropFirst("unet.".count)))
                let found = try adapter.tensor(for: bare, in: .unet, as: .f32)
                #expect(found.elements(as: Float.self) == tensor.elements(as: Float.self))
            }
            #expect(try SafetensorsFile(path: path).metadata["note"] == "mine")
            #expect(throws: ModelError.self) {
                try AdapterWriter.write(matrices, rank: 4, alpha: 4, to: path)
            }
            #expect(throws: ModelError.self) { try AdapterWriter.write([], rank: 4, alpha: 4, to: path) }
        }
    }

    /// The adapter's matrices with the names that a training run gives them.
    private func rewritten(_ adapter: Adapter) throws -> [(ParameterSpecification, HostTensor)] {
        try parameters(adapters: adapter.shapes(of: .unet)).filter { $0.name.contains(".lora_") }.map {
            (Self.renamed($0, "unet.\($0.name)"), try adapter.tensor(for: $0, in: .unet, as: .f32))
        }
    }

    private static func renamed(_ old: ParameterSpecification, _ name: String) -> ParameterSpecification {
        ParameterSpecification(
            name: name, storedShape: old.storedShape, role: old.role, initialization: old.initialization)
    }

    // MARK: other forms

    /// Writes tensors of ones by name and shape, and reads them as an adapter.
    private func adapter(
        _ tensors: [String: Shape], metadata: String? = nil, alpha: [String: Float] = [:]
    ) throws -> Adapter {
        try withTemporaryFolder { folder in
            var all = tensors.mapValues { HostTensor(repeating: Float(1), shape: $0) }
            for (name, value) in alpha { all[name] = HostTensor([value], shape: .scalar) }
            let path = "\(folder)/made.safetensors"
            try SafetensorsWriter.write(
                all, metadata: metadata.map { [AdapterSettings.key: $0] } ?? [:], to: path)
            return try Adapter(path: path)
        }
    }

    private static let pair: [String: Shape] = [
        "unet.a.to_q.lora_A.weight": [4, 8], "unet.a.to_q.lora_B.weight": [16, 4],
    ]

    @Test("alpha comes from a tensor, from the metadata, from a pattern in it, or is the rank")
    func scales() throws {
        #expect(try adapter(Self.pair).layers[0].scale == 1)
        #expect(try adapter(Self.pair, alpha: ["unet.a.to_q.alpha": 2]).layers[0].scale == 0.5)
        #expect(try adapter(Self.pair, metadata: #"{"unet.lora_alpha": 12}"#).layers[0].scale == 3)
        #expect(
            try adapter(Self.pair, metadata: #"{"unet.lora_alpha": 12, "unet.use_rslora": true}"#).layers[0]
                .scale == 6)
        let pattern = #"{"unet.lora_alpha": 12, "unet.alpha_pattern": {"to_q": 8, "to_k": 1}}"#
        #expect(try adapter(Self.pair, metadata: pattern).layers[0].scale == 2)
    }

    @Test("names of older files, and of text encoders without their prefix, are understood")
    func names() throws {
        let layers = try adapter([
            "unet.a.to_q.lora.down.weight": [4, 8], "unet.a.to_q.lora.up.weight": [16, 4],
            "text_encoder.encoder.layers.0.self_attn.q_proj.lora_A.weight": [2, 8],
            "text_encoder.encoder.layers.0.self_attn.q_proj.lora_B.weight": [8, 2],
        ]).layers
        #expect(layers.map(\.path) == ["text_model.encoder.layers.0.self_attn.q_proj", "a.to_q"])
        #expect(layers.map(\.rank) == [2, 4])
    }

    @Test(
        "what is no adapter, or one that Ondol does not have, is refused with the reason",
        arguments: [
            (["unet.a.lora_A.weight": Shape([4, 8])], nil, "one half"),
            (["unet.a.lora_A.weight": [4, 8], "unet.a.lora_B.weight": [16, 5]], nil, "share a rank"),
            (["unet.a.lora_A.weight": [0, 8], "unet.a.lora_B.weight": [16, 0]], nil, "share a rank"),
            (["conv_in.weight": [4, 8]], nil, "no part of a low-rank adapter"),
            (["lora_unet_a_to_q.lora_down.weight": [4, 8]], nil, "kohya"),
            (pair.merging(["unet.a.to_q.lora_magnitude_vector": [16]]) { $1 }, nil, "DoRA"),
            (pair.merging(["unet.a.to_q.magnitude": [16]]) { $1 }, nil, "no part"),
            (pair, #"{"unet.use_dora": true}"#, "use_dora"),
            (pair, "[1]", "no JSON object"),
            (pair, #"{"unet.lora_alpha": 1e300}"#, "below a million"),
            ([:], nil, "changes 0 layers"),
        ] as [([String: Shape], String?, String)])
    func refusals(tensors: [String: Shape], metadata: String?, reason: String) throws {
        let error = try modelError { _ = try adapter(tensors, metadata: metadata) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    @Test("an adapter of another model is refused with the layer's name")
    func otherModel() throws {
        let parameters = try parameters()
        let unknown = try modelError { try adapter(Self.pair).check(parameters, of: .unet) }
        #expect(unknown?.code == .mismatched)
        #expect(unknown?.message.contains("a.to_q") == true)
        let layer = try #require(AdapterTarget.layers(of: .unet, among: parameters).first)
        let wide = try adapter([
            "unet.\(layer).lora_A.weight": [2, 99], "unet.\(layer).lora_B.weight": [8, 2],
        ])
        let tooWide = try modelError { try wide.check(parameters, of: .unet) }
        #expect(tooWide?.message.contains("[8, 99]") == true)
        // A norm has a weight too, but is no linear layer.
        let norm = try adapter([
            "unet.conv_norm_out.lora_A.weight": [1, 8], "unet.conv_norm_out.lora_B.weight": [8, 1],
        ])
        let noLayer = try modelError { try norm.check(parameters, of: .unet) }
        #expect(noLayer?.code == .mismatched)
    }

    @Test("a file that is missing or no safetensors is refused")
    func files() throws {
        let missing = try modelError { _ = try Adapter(path: "/no/such/file.safetensors") }
        #expect(missing?.code == .missing)
        try withTemporaryFolder { folder in
            writeBytes(Array("not a header at all".utf8), to: "\(folder)/a.safetensors")
            let error = try modelError { _ = try Adapter(path: "\(folder)/a.safetensors") }
            #expect(error?.code == .malformed)
        }
    }
}
