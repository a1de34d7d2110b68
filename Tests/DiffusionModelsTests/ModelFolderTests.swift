import DiffusionModels
import NeuralNetworks
import TestSupport
import Testing

/// Model folders: what is written is read back equal, and what does not fit is refused with a sentence.
@Suite struct ModelFolderTests {
    @Test("What is written is read back equal")
    func roundTrip() throws {
        let model = TemporaryModel()
        var unet = UNetConfiguration.tiny
        unet.blockChannels = [8, 12, 16]
        unet.downAttention = [false, true, true]
        unet.upAttention = [true, false, true]
        unet.middleAttention = false
        unet.layersPerBlock = [1, 2, 3]
        unet.transformerLayers = [1, 2, 1]
        unet.heads = [2, 3, 4]
        unet.normGroups = 4
        unet.normEpsilon = 1e-6
        unet.inputChannels = 6
        unet.outputChannels = 6
        unet.usesLinearProjection = true
        unet.cosinesFirst = false
        unet.frequencyShift = 0.5
        unet.pooledTextHeads = 4
        var autoencoder = AutoencoderConfiguration.tiny
        autoencoder.latentChannels = 6
        autoencoder.middleAttends = false
        autoencoder.hasQuantization = false
        autoencoder.hasPostQuantization = false
        autoencoder.scalingFactor = 0.37
        autoencoder.shiftFactor = -0.25
        var text = TextEncoderConfiguration.tiny
        text.activation = .gelu
        text.normEpsilon = 1e-6
        text.layers = 3
        let written = try model.write(unet: unet, autoencoder: autoencoder, textEncoder: text)
        let read = try ModelFolder(path: model.path)
        #expect(read == written)
        #expect(read.unet == unet)
        #expect(read.autoencoder == autoencoder)
        #expect(read.textEncoder == text)
        #expect(read.path == model.path)
        #expect(read.tokenizerFolder == model.path + "/tokenizer")
    }

    @Test("Stable Diffusion 1.5's sizes, and a UNet without a middle")
    func standardSizes() throws {
        let model = TemporaryModel()
        var unet = UNetConfiguration()
        #expect(
            try model.write(unet: unet, autoencoder: .init(), textEncoder: .init()).unet
                == UNetConfiguration())
        unet.middleAttention = nil
        #expect(try model.write(unet: unet, autoencoder: .init(), textEncoder: .init()).unet == unet)
    }

    @Test("What the reference's file of Stable Diffusion 1.5 says is accepted")
    func foreignIndex() throws {
        let model = TemporaryModel()
        try model.write()
        model.put(
            """
            {"_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.6.0",
             "feature_extractor": ["transformers", "CLIPImageProcessor"],
             "safety_checker": ["stable_diffusion", "StableDiffusionSafetyChecker"],
             "scheduler": ["diffusers", "PNDMScheduler"], "text_encoder": ["transformers", "CLIPTextModel"],
             "tokenizer": ["transformers", "CLIPTokenizer"], "unet": ["diffusers", "UNet2DConditionModel"],
             "vae": ["diffusers", "AutoencoderKL"]}
            """, at: "model_index.json")
        model.put(#"{"model_max_length": 16}"#, at: "tokenizer/tokenizer_config.json")
        #expect(try ModelFolder(path: model.path + "//").path == model.path)
        model.put(#"{"model_max_length": 1e30}"#, at: "tokenizer/tokenizer_config.json")
        _ = try ModelFolder(path: model.path)
    }

    /// What is done to a folder, and the sentence that comes of it; `•` stands for the folder.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: ModelError.Code
        let sentence: String
        let spoil: @Sendable (TemporaryModel) throws -> Void

        init(
            _ name: String, _ code: ModelError.Code, _ sentence: String,
            _ spoil: @escaping @Sendable (TemporaryModel) throws -> Void
        ) {
            testDescription = name
            self.code = code
            self.sentence = sentence
            self.spoil = spoil
        }
    }

    private static let form = """
        a model folder holds model_index.json and the folders unet, vae, text_encoder, tokenizer and scheduler, \
        as diffusers' save_pretrained writes it
        """

    static let refusals = [
        Refusal("nothing there", .missing, "there is no •; \(form)") { try $0.remove("") },
        Refusal(
            "a single file", .unsupported,
            "• is a single file; \(form); from_single_file and save_pretrained make one of it"
        ) {
            try $0.remove("")
            writeBytes([], to: $0.path)
        },
        Refusal("no index", .missing, "• is no model folder: it has no model_index.json; \(form)") {
            try $0.remove("model_index.json")
        },
        Refusal("an index that is no JSON", .malformed, "•/model_index.json is not a JSON object") {
            $0.put("{", at: "model_index.json")
        },
        Refusal(
            "another pipeline", .unsupported,
            #"•/model_index.json: the model is "FluxPipeline"; Ondol draws with a StableDiffusionPipeline"#
        ) { $0.replace("StableDiffusionPipeline", with: "FluxPipeline", in: "model_index.json") },
        Refusal(
            "no pipeline", .unsupported,
            "•/model_index.json: the model is of no named class; Ondol draws with a StableDiffusionPipeline"
        ) { $0.put("{}", at: "model_index.json") },
        Refusal(
            "another autoencoder", .unsupported,
            #"•/model_index.json: "vae" is "AutoencoderTiny"; Ondol supports AutoencoderKL"#
        ) { $0.replace("AutoencoderKL", with: "AutoencoderTiny", in: "model_index.json") },
        Refusal(
            "another tokenizer", .unsupported,
            #"•/model_index.json: "tokenizer" is "T5Tokenizer"; Ondol supports CLIPTokenizer and CLIPTokenizerFast"#
        ) { $0.replace("CLIPTokenizer", with: "T5Tokenizer", in: "model_index.json") },
        Refusal(
            "no UNet", .unsupported,
            #"•/model_index.json: "unet" is missing; Ondol supports UNet2DConditionModel"#
        ) { $0.replace("\"unet\"", with: "\"net\"", in: "model_index.json") },
        Refusal(
            "a class that is no text", .malformed,
            #"•/model_index.json: "unet" is ["diffusers", 5], it must be a pair of library and class"#
        ) { $0.replace("\"UNet2DConditionModel\"", with: "5", in: "model_index.json") },
        Refusal(
            "a part more", .unsupported,
            #"•/model_index.json: the model has a part "controlnet" ("ControlNetModel"), which Ondol does not have"#
        ) {
            $0.replace(
                "{", with: #"{"controlnet": ["diffusers", "ControlNetModel"],"#, in: "model_index.json")
        },
        Refusal(
            "another class in a configuration", .unsupported,
            #"•/unet/config.json: "_class_name" is "UNet2DModel"; Ondol supports "UNet2DConditionModel", null"#
        ) { $0.replace("UNet2DConditionModel", with: "UNet2DModel", in: "unet/config.json") },
        Refusal(
            "no configuration", .missing,
            "•/vae/config.json cannot be read: No such file or directory; a diffusers model folder has it"
        ) { try $0.remove("vae/config.json") },
        Refusal("a folder as configuration", .malformed, "•/vae is not a regular file") {
            _ = try ConfigurationFields(file: $0.path + "/vae")
        },
        Refusal(
            "texts of another width", .mismatched,
            """
            •: the UNet attends to texts of width 24 ("cross_attention_dim"), but the text encoder makes a width \
            of 16 ("hidden_size"); the folder was put together from parts of different models
            """
        ) { $0.replace("_dim\": 16", with: "_dim\": 24", in: "unet/config.json") },
        Refusal(
            "a UNet for inpainting", .mismatched,
            """
            •: the UNet has 9 "in_channels", but the autoencoder's latents have 4 ("latent_channels"); the folder \
            was put together from parts of different models
            """
        ) { $0.replace("in_channels\": 4", with: "in_channels\": 9", in: "unet/config.json") },
        Refusal(
            "a tokenizer of longer texts", .mismatched,
            """
            •: the tokenizer makes up to 77 tokens ("model_max_length"), but the text encoder takes 16 \
            ("max_position_embeddings"); the folder was put together from parts of different models
            """
        ) { $0.put(#"{"model_max_length": 77}"#, at: "tokenizer/tokenizer_config.json") },
        Refusal(
            "no schedule", .missing,
            "•/scheduler/scheduler_config.json is missing; a diffusers model folder has it"
        ) { try $0.remove("scheduler/scheduler_config.json") },
        Refusal("no tokenizer", .missing, "•/tokenizer is missing; a diffusers model folder has it") {
            try $0.remove("tokenizer")
        },
    ]

    @Test("What is no model, or not one for us, is refused with a sentence", arguments: refusals)
    func refuses(_ refusal: Refusal) throws {
        let model = TemporaryModel()
        try model.write()
        let error = try modelError {
            try refusal.spoil(model)
            _ = try ModelFolder(path: model.path)
        }
        #expect(error?.message == refusal.sentence.replacing("•", with: model.path))
        #expect(error?.code == refusal.code)
        #expect(error?.cause == nil)
    }

    @Test("A folder whose parts do not fit is never finished")
    func unfinished() throws {
        let model = TemporaryModel()
        var unet = UNetConfiguration.tiny
        unet.crossAttentionWidth = 32
        let error = try modelError { try model.write(unet: unet) }
        #expect(error?.code == .mismatched)
        #expect(!fileNames(in: model.path).contains("model_index.json"))
        unet.normGroups = 3
        let sentence = """
            the UNet's configuration: 4 of "block_out_channels" cannot be cut into 3 groups ("norm_num_groups")
            """
        #expect(try modelError { try model.write(unet: unet) }?.message == sentence)
    }

    @Test("A folder that cannot be made is refused")
    func unwritable() throws {
        let error = try modelError { _ = try ModelFolderWriter(path: "/dev/null/model") }
        #expect(error?.code == .unwritable)
        #expect(error?.message.contains("/dev/null/model") == true)
    }
}
