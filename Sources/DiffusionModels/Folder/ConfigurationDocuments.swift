import NeuralNetworks

/// The version of diffusers whose configuration files are read and written.
private let diffusersVersion: JSONValue = "0.42.1"

extension UNetConfiguration {
    /// The `config.json` that the reference loads this UNet from.
    var document: JSONValue {
        [
            "_class_name": "UNet2DConditionModel",
            "_diffusers_version": diffusersVersion,
            "act_fn": "silu",
            "addition_embed_type": pooledTextHeads == nil ? nil : "text",
            "addition_embed_type_num_heads": .integer(pooledTextHeads ?? 64),
            "attention_head_dim": .byLevel(heads),
            "block_out_channels": .integers(blockChannels),
            "center_input_sample": false,
            "cross_attention_dim": .integer(crossAttentionWidth),
            "down_block_types": .texts(downAttention.map { $0 ? "CrossAttnDownBlock2D" : "DownBlock2D" }),
            "downsample_padding": 1,
            "flip_sin_to_cos": .boolean(cosinesFirst),
            "freq_shift": .number(frequencyShift),
            "in_channels": .integer(inputChannels),
            "layers_per_block": .byLevel(layersPerBlock),
            "mid_block_scale_factor": 1,
            "mid_block_type": middleAttention.map { $0 ? "UNetMidBlock2DCrossAttn" : "UNetMidBlock2D" }
                ?? nil,
            "norm_eps": .number(normEpsilon),
            "norm_num_groups": .integer(normGroups),
            "out_channels": .integer(outputChannels),
            "sample_size": .integer(sampleSize),
            "transformer_layers_per_block": .byLevel(transformerLayers),
            "up_block_types": .texts(upAttention.map { $0 ? "CrossAttnUpBlock2D" : "UpBlock2D" }),
            "use_linear_projection": .boolean(usesLinearProjection),
        ]
    }
}

extension AutoencoderConfiguration {
    /// The `config.json` that the reference loads this autoencoder from.
    var document: JSONValue {
        let levels = blockChannels.count
        return [
            "_class_name": "AutoencoderKL",
            "_diffusers_version": diffusersVersion,
            "act_fn": "silu",
            "block_out_channels": .integers(blockChannels),
            "down_block_types": .texts([String](repeating: "DownEncoderBlock2D", count: levels)),
            "in_channels": 3,
            "latent_channels": .integer(latentChannels),
            "layers_per_block": .integer(layersPerBlock),
            "mid_block_add_attention": .boolean(middleAttends),
            "norm_num_groups": .integer(normGroups),
            "out_channels": 3,
            "scaling_factor": .number(scalingFactor),
            "shift_factor": shiftFactor == 0 ? nil : .number(shiftFactor),
            "up_block_types": .texts([String](repeating: "UpDecoderBlock2D", count: levels)),
            "use_post_quant_conv": .boolean(hasPostQuantization),
            "use_quant_conv": .boolean(hasQuantization),
        ]
    }
}

extension TextEncoderConfiguration {
    /// The `config.json` that the reference loads this text encoder from.
    ///
    /// The tokens that begin and end a text are the vocabulary's last two, as CLIP's are; the reference looks at
    /// them only where it picks one vector for a whole text, which no diffusion model of this kind uses.
    var document: JSONValue {
        [
            "architectures": ["CLIPTextModel"],
            "attention_dropout": 0,
            "bos_token_id": .integer(max(vocabularySize - 2, 0)),
            "eos_token_id": .integer(vocabularySize - 1),
            "hidden_act": .string(activation.rawValue),
            "hidden_size": .integer(width),
            "intermediate_size": .integer(hiddenWidth),
            "layer_norm_eps": .number(normEpsilon),
            "max_position_embeddings": .integer(maximumTokens),
            "model_type": "clip_text_model",
            "num_attention_heads": .integer(heads),
            "num_hidden_layers": .integer(layers),
            "pad_token_id": .integer(vocabularySize - 1),
            "projection_dim": .integer(width),
            "vocab_size": .integer(vocabularySize),
        ]
    }
}

extension ModelIndex {
    /// The `model_index.json` of a model whose noise schedule is of the reference's class `schedulerClass`.
    static func document(schedulerClass: String) -> JSONValue {
        var members: [String: JSONValue] = [
            "_class_name": .string(pipelineClass),
            "_diffusers_version": diffusersVersion,
            "feature_extractor": [nil, nil],
            "image_encoder": [nil, nil],
            "requires_safety_checker": false,
            "safety_checker": [nil, nil],
            "scheduler": ["diffusers", .string(schedulerClass)],
            "tokenizer": ["transformers", .string(tokenizerClasses[0])],
        ]
        for component in ModelComponent.allCases {
            let (library, className) = component.implementation
            members[component.folderName] = [.string(library), .string(className)]
        }
        return .object(members)
    }
}
