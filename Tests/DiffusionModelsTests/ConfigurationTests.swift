import DiffusionModels
import FoundationEssentials
import NeuralNetworks
import StableHLO
import Tensors
import TestSupport
import Testing

/// Configuration files: what they default to, what is refused and how, and bytes that are no configuration.
@Suite struct ConfigurationTests {
    /// The kinds of document, with a whole one of each.
    enum Kind: String, CaseIterable, Sendable {
        case unet, vae, textEncoder = "text_encoder"

        func read(_ text: String) throws { _ = try network(text) }

        /// What emits the network that a document describes, over inputs of its usual size.
        func network(_ text: String) throws -> (FunctionBuilder, ModuleScope) throws -> Void {
            let fields = try ConfigurationFields(data: Data(text.utf8), file: "config.json")
            switch self {
            case .unet:
                let unet = UNet(try UNetConfiguration(fields))
                let (size, channels) = (unet.configuration.sampleSize, unet.configuration.inputChannels)
                let width = unet.configuration.crossAttentionWidth
                return { builder, scope in
                    _ = try unet(
                        builder.argument("latent", TensorType(.f32, [2, size, size, channels])),
                        timesteps: builder.argument("timesteps", TensorType(.f32, [2])),
                        context: builder.argument("context", TensorType(.f32, [2, 7, width])), in: scope)
                }
            case .vae:
                let autoencoder = Autoencoder(try AutoencoderConfiguration(fields))
                let side = 2 * autoencoder.configuration.downsamplingFactor
                return { builder, scope in
                    let picture = builder.argument("picture", TensorType(.f32, [1, side, side, 3]))
                    _ = try autoencoder.decode(autoencoder.encode(picture, in: scope).mean, in: scope)
                }
            case .textEncoder:
                let encoder = TextEncoder(try TextEncoderConfiguration(fields))
                let type = TensorType(.i32, [2, encoder.configuration.maximumTokens])
                return { builder, scope in _ = try encoder(builder.argument("tokens", type), in: scope) }
            }
        }

        func document() throws -> String {
            let model = TemporaryModel()
            try model.write()
            return model.text(of: "\(rawValue)/config.json")
        }
    }

    /// A field given another value (nil takes it out), and the sentence that comes of it.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let kind: Kind
        let field: String
        let value: String?
        let sentence: String
        var testDescription: String { "\(kind.rawValue): \(field) = \(value ?? "nothing")" }

        init(_ kind: Kind, _ field: String, _ value: String?, _ sentence: String) {
            self.kind = kind
            self.field = field
            self.value = value
            self.sentence = "config.json: \(sentence)"
        }
    }

    private static let whole = "it must be a whole number from 1 to 1000000"
    private static let wholes = "it must be 2 whole numbers from 1 to"

    static let unetRefusals = [
        Refusal(.unet, "block_out_channels", nil, #"the field "block_out_channels" is missing"#),
        Refusal(
            .unet, "block_out_channels", "[]",
            #"a UNet has 1 to 8 levels, "block_out_channels" names 0"#),
        Refusal(
            .unet, "block_out_channels", "\"many\"",
            #""block_out_channels" is "many", it must be a list of whole numbers from 1 to 1000000"#),
        Refusal(
            .unet, "block_out_channels", "[4, 8.5]",
            #""block_out_channels" is [4, 8.5], it must be whole numbers from 1 to 1000000"#),
        Refusal(
            .unet, "block_out_channels", "[4, 1000000]",
            #""block_out_channels" is 1000000, it must be from 1 to 16384"#),
        Refusal(
            .unet, "block_out_channels", "[5, 10]",
            #"5 of "block_out_channels" cannot be cut into 2 groups ("norm_num_groups")"#),
        Refusal(
            .unet, "in_channels", "0", "\"in_channels\" is 0, \(whole)"),
        Refusal(.unet, "in_channels", "9e18", "\"in_channels\" is 9000000000000000000, \(whole)"),
        Refusal(.unet, "in_channels", "1e300", "\"in_channels\" is 1e+300, \(whole)"),
        Refusal(.unet, "in_channels", "-4", "\"in_channels\" is -4, \(whole)"),
        Refusal(.unet, "out_channels", "20000", #""out_channels" is 20000, it must be from 1 to 16384"#),
        Refusal(.unet, "sample_size", "8192", #""sample_size" is 8192, it must be from 1 to 4096"#),
        Refusal(
            .unet, "cross_attention_dim", "[16, 16]", "\"cross_attention_dim\" is [16, 16], \(whole)"),
        Refusal(
            .unet, "layers_per_block", "17",
            #""layers_per_block" is 17, it must be a whole number from 1 to 16"#),
        Refusal(
            .unet, "layers_per_block", "[1]", "\"layers_per_block\" is [1], \(wholes) 16"),
        Refusal(
            .unet, "transformer_layers_per_block", "[1, 2, 3]",
            "\"transformer_layers_per_block\" is [1, 2, 3], \(wholes) 32"),
        Refusal(
            .unet, "attention_head_dim", "3",
            #"4 of "block_out_channels" cannot be cut into 3 heads ("attention_head_dim")"#),
        Refusal(
            .unet, "norm_num_groups", "3",
            #"4 of "block_out_channels" cannot be cut into 3 groups ("norm_num_groups")"#),
        Refusal(.unet, "norm_eps", "0", #""norm_eps" is 0.0, it must be above 0 and at most 1"#),
        Refusal(.unet, "norm_eps", "true", #""norm_eps" is true, it must be a number"#),
        Refusal(.unet, "freq_shift", "2", #""freq_shift" is 2.0, it must be from 0 to less than 2.0"#),
        Refusal(.unet, "flip_sin_to_cos", "1.5", #""flip_sin_to_cos" is 1.5, it must be true or false"#),
        Refusal(
            .unet, "down_block_types", #"["AttnDownBlock2D", "DownBlock2D"]"#,
            """
            "down_block_types" must name 2 blocks, each DownBlock2D or CrossAttnDownBlock2D, not \
            ["AttnDownBlock2D", "DownBlock2D"]
            """),
        Refusal(
            .unet, "up_block_types", "[1]", #""up_block_types" is [1], it must be a list of texts"#),
        Refusal(
            .unet, "mid_block_type", "\"UNetMidBlock2DSimpleCrossAttn\"",
            """
            "mid_block_type" is "UNetMidBlock2DSimpleCrossAttn"; Ondol supports "UNetMidBlock2DCrossAttn", \
            "UNetMidBlock2D", null
            """),
        Refusal(.unet, "act_fn", "\"mish\"", #""act_fn" is "mish"; Ondol supports "silu", "swish", null"#),
        Refusal(
            .unet, "class_embed_type", "\"timestep\"",
            #""class_embed_type" is "timestep"; Ondol supports false, null"#),
        Refusal(
            .unet, "addition_embed_type", "\"text_time\"",
            #""addition_embed_type" is "text_time"; Ondol supports "text", null"#),
        Refusal(
            .unet, "resnet_out_scale_factor", "2", #""resnet_out_scale_factor" is 2; Ondol supports 1, null"#),
    ]

    static let autoencoderRefusals = [
        Refusal(.vae, "in_channels", "4", #""in_channels" is 4; Ondol supports 3, null"#),
        Refusal(
            .vae, "down_block_types", #"["DownEncoderBlock2D", "AttnDownEncoderBlock2D"]"#,
            """
            "down_block_types" must be 2 times DownEncoderBlock2D, not \
            ["DownEncoderBlock2D", "AttnDownEncoderBlock2D"]
            """),
        Refusal(.vae, "up_block_types", nil, #"the field "up_block_types" is missing"#),
        Refusal(.vae, "latents_mean", "[1]", #""latents_mean" is [1]; Ondol supports null"#),
        Refusal(
            .vae, "norm_num_groups", "32",
            #"4 of "block_out_channels" cannot be cut into 32 groups ("norm_num_groups")"#),
        Refusal(
            .vae, "scaling_factor", "0",
            #""scaling_factor" is 0.0, it must be above 0 and below a million"#),
        Refusal(
            .vae, "shift_factor", "1e9", #""shift_factor" is 1000000000.0, it must be within a million of 0"#),
        Refusal(
            .vae, "latent_channels", "1000000", #""latent_channels" is 1000000, it must be from 1 to 16384"#),
        Refusal(
            .vae, "block_out_channels", "[4,4,4,4,4,4,4,4,4]",
            #"an autoencoder has 1 to 8 levels, "block_out_channels" names 9"#),
    ]

    static let textRefusals = [
        Refusal(.textEncoder, "vocab_size", nil, #"the field "vocab_size" is missing"#),
        Refusal(
            .textEncoder, "num_attention_heads", "5",
            #"16 ("hidden_size") cannot be cut into 5 heads ("num_attention_heads")"#),
        Refusal(
            .textEncoder, "hidden_act", "\"relu\"",
            #""hidden_act" is "relu"; Ondol supports "silu", "gelu", "quick_gelu", null"#),
        Refusal(
            .textEncoder, "model_type", "\"t5\"",
            #""model_type" is "t5"; Ondol supports "clip_text_model", null"#),
        Refusal(
            .textEncoder, "max_position_embeddings", "1000000",
            #""max_position_embeddings" is 1000000, it must be from 1 to 4096"#),
        Refusal(
            .textEncoder, "num_hidden_layers", "100000",
            #""num_hidden_layers" is 100000, it must be a whole number from 1 to 256"#),
        Refusal(
            .textEncoder, "layer_norm_eps", "-1",
            #""layer_norm_eps" is -1.0, it must be above 0 and at most 1"#),
    ]

    @Test(
        "A field that is missing, wrong, absurd or not supported is named",
        arguments: unetRefusals + autoencoderRefusals + textRefusals)
    func refuses(_ refusal: Refusal) throws {
        let document = try refusal.kind.document()
        let error = try modelError {
            try refusal.kind.read(Self.setting(refusal.field, to: refusal.value, in: document))
        }
        #expect(error?.message == refusal.sentence)
        #expect(error?.cause == nil)
    }

    /// Too many blocks for anybody, though each number alone is allowed.
    @Test("Transformer blocks are limited as a whole")
    func transformerBlocks() throws {
        var unet = UNetConfiguration()
        unet.layersPerBlock = [16, 16, 16, 16]
        unet.transformerLayers = [32, 32, 32, 32]
        let sentence =
            "the UNet's configuration: it asks for 3200 transformer blocks, the limit is 512"
        #expect(try modelError { try unet.validate() }?.message == sentence)
        unet.layersPerBlock = [2, 2]
        #expect(
            try modelError { try unet.validate() }?.message
                == "the UNet's configuration: every list by level must have 4 entries")
    }

    @Test("A pooled text's heads must divide the text's width")
    func pooledText() throws {
        var unet = UNetConfiguration()
        unet.pooledTextHeads = 7
        let sentence = """
            the UNet's configuration: 768 ("cross_attention_dim") cannot be cut into 7 heads \
            ("addition_embed_type_num_heads")
            """
        #expect(try modelError { try unet.validate() }?.message == sentence)
    }

    /// Texts that are no configuration, by a short name, and what is said of them.
    struct Nonsense: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let sentence: String

        init(_ name: String, _ text: String, _ sentence: String = "is not a JSON object") {
            testDescription = name
            self.text = text
            self.sentence = sentence
        }
    }

    static let nonsense = [
        Nonsense("nothing", ""), Nonsense("a list", "[]"), Nonsense("null", "null"),
        Nonsense("half an object", "{\"a\": 1"), Nonsense("a zero byte", "\u{0}"),
        Nonsense("objects without end", String(repeating: "{\"a\":", count: 100_000)),
        Nonsense("lists without end", String(repeating: "[", count: 1_000_000)),
        Nonsense(
            "a megabyte of spaces", String(repeating: " ", count: 1 << 20) + "{}",
            "has 1048578 bytes; a configuration has at most 1048576"),
    ]

    @Test("Files that are no configurations", arguments: nonsense)
    func refusesNonsense(_ nonsense: Nonsense) throws {
        for kind in Kind.allCases {
            let error = try modelError { try kind.read(nonsense.text) }
            #expect(error?.message == "config.json \(nonsense.sentence)")
        }
    }

    @Test("A device, and a file beyond all bounds, are refused before they are read")
    func boundedFiles() throws {
        #expect(
            try modelError { _ = try ConfigurationFields(file: "/dev/zero") }?.message
                == "/dev/zero is not a regular file")
        try withTemporaryFolder { folder in
            let path = "\(folder)/config.json"
            writeBytes([UInt8](repeating: 0x20, count: (1 << 20) + 1), to: path)
            let error = try modelError { _ = try ConfigurationFields(file: path) }
            #expect(
                error?.message == "\(path) has 1048577 bytes; such a file has at most 1048576")
        }
    }

    /// Whole documents with a few bytes changed, cut or doubled: each is refused with a ``ModelError``, or is read
    /// and a network can be built of it.
    @Test("Damaged documents never end the process", arguments: Kind.allCases)
    func fuzz(_ kind: Kind) throws {
        let document = Array(try kind.document().utf8)
        var refused = 0
        for seed in 0..<400 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = String(decoding: Self.damaged(document, &generator), as: UTF8.self)
            do {
                let emit = try kind.network(text)
                let builder = FunctionBuilder()
                try emit(builder, ModelGraph(builder: builder, policy: .reference).root)
            } catch let error as ModelError {
                refused += 1
                #expect(error.message.utf8.count < 2_000, "seed \(seed) of \(kind.rawValue)")
            } catch {
                Issue.record("seed \(seed) of \(kind.rawValue): \(error)")
            }
        }
        #expect(refused > 100)
    }

    private static let fragments = [
        "0", "-1", "1e99", "1e400", "99999999999999999999", "0.5", "null", "true", "[", "]", "{", "}", "\"",
        ",", ":", "[1,2,3]", "\\u0000", "\\ud800", "NaN",
    ].map { Array($0.utf8) }

    private static func damaged(_ document: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = document
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(place..<min(place + 4, bytes.count - 1))
            case 2:
                // A number becomes something else, where there is one further on.
                let digits = bytes[place...].firstIndex { (0x30...0x39).contains($0) } ?? place
                let fragment = fragments.randomElement(using: &generator) ?? []
                bytes.replaceSubrange(digits...digits, with: fragment)
            case 3: bytes.insert(contentsOf: fragments.randomElement(using: &generator) ?? [], at: place)
            default: bytes.insert(contentsOf: bytes[place..<min(place + 30, bytes.count)], at: place)
            }
        }
        return bytes
    }

    /// A document with one member's value replaced, or the member taken out.
    private static func setting(_ field: String, to value: String?, in document: String) -> String {
        var object =
            (try? JSONDecoder().decode([String: AnyJSON].self, from: Data(document.utf8))) ?? [:]
        object[field] = nil
        let encoder = JSONEncoder()
        let rest = (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        guard let value else { return rest }
        return "{\"\(field)\": \(value)," + rest.dropFirst()
    }
}

/// Any JSON value, so that a document can be changed without the code under test.
private indirect enum AnyJSON: Codable {
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([AnyJSON])
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else {
            self = .list(try container.decode([AnyJSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .boolean(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .null: try container.encodeNil()
        }
    }
}
