import DiffusionModels
import NeuralNetworks
import StableHLO
import Tensors
import TestSupport
import Testing

/// Weights: found, laid out, converted, written back, and refused where they do not fit.
@Suite struct WeightStoreTests {
    private static let kernel: ParameterSpecification = ParameterSpecification(
        name: "conv_in.weight", storedShape: [4, 3, 2, 1], role: .convolution("01io"),
        initialization: .zeros)
    private static let matrix: ParameterSpecification = ParameterSpecification(
        name: "proj_in.weight", storedShape: [2, 3], role: .linear, initialization: .zeros)
    private static let vector: ParameterSpecification = ParameterSpecification(
        name: "norm.bias", storedShape: [3], role: .plain, initialization: .zeros)

    private static func counting(_ shape: Shape) -> HostTensor {
        HostTensor((0..<shape.elementCount).map { Float($0) + 0.5 }, shape: shape)
    }

    private static func write(_ tensors: [String: HostTensor], to path: String) throws {
        try SafetensorsWriter.write(tensors, to: path)
    }

    @Test("Kernels and matrices come in the device's order, vectors as they are")
    func layouts() throws {
        try withTemporaryFolder { folder in
            try Self.write(
                [
                    "conv_in.weight": Self.counting([4, 3, 2, 1]), "proj_in.weight": Self.counting([2, 3]),
                    "norm.bias": Self.counting([3]),
                ], to: "\(folder)/diffusion_pytorch_model.safetensors")
            let store = try WeightStore(folder: folder)
            let matrix = try store.tensor(for: Self.matrix, as: .f32)
            #expect(matrix.shape == [3, 2])
            #expect(matrix.elements(as: Float.self) == [0.5, 3.5, 1.5, 4.5, 2.5, 5.5])
            let kernel = try store.tensor(for: Self.kernel, as: .f32)
            #expect(kernel.shape == [2, 1, 3, 4])
            // Row 1, input 2: one number for each output, six numbers apart where they are stored.
            #expect(kernel.elements(as: Float.self).suffix(4) == [5.5, 11.5, 17.5, 23.5])
            let vector = try store.tensor(for: Self.vector, as: .bf16)
            #expect(vector.elements(as: BFloat16.self).map(\.floatValue) == [0.5, 1.5, 2.5])
        }
    }

    @Test(
        "Written weights are read back the same, in every order and type",
        arguments: [
            ElementType.f32, .f16, .bf16,
        ])
    func roundTrip(_ type: ElementType) throws {
        try withTemporaryFolder { folder in
            let specifications = [
                Self.kernel, Self.matrix, Self.vector,
                ParameterSpecification(
                    name: "other.weight", storedShape: [4, 3, 2, 2], role: .convolution("o01i"),
                    initialization: .zeros),
            ]
            let weights = specifications.map { ($0, Self.counting($0.deviceShape)) }
            let path = "\(folder)/model.safetensors"
            try WeightStore.write(weights, as: type, to: path, metadata: ["made by": "a test"])
            let file = try SafetensorsFile(path: path)
            #expect(file.metadata == ["format": "pt", "made by": "a test"])
            #expect(file.names == specifications.map(\.name).sorted())
            #expect(file.description(of: "conv_in.weight")?.shape == [4, 3, 2, 1])
            #expect(file.description(of: "conv_in.weight")?.elementType == type)
            let store = try WeightStore(folder: folder)
            try store.check(specifications)
            for (specification, tensor) in weights {
                let read = try store.tensor(for: specification, as: .f32)
                #expect(read.shape == tensor.shape)
                #expect(read.elements(as: Float.self) == tensor.elements(as: Float.self))
            }
        }
    }

    @Test("A 1 × 1 kernel may be stored as a matrix, and a matrix as such a kernel")
    func pointwise() throws {
        try withTemporaryFolder { folder in
            try Self.write(
                [
                    "as_matrix.weight": Self.counting([2, 3]),
                    "as_kernel.weight": Self.counting([2, 3, 1, 1]),
                ],
                to: "\(folder)/model.safetensors")
            let store = try WeightStore(folder: folder)
            let kernel = ParameterSpecification(
                name: "as_matrix.weight", storedShape: [2, 3, 1, 1], role: .convolution("01io"),
                initialization: .zeros)
            let matrix = ParameterSpecification(
                name: "as_kernel.weight", storedShape: [2, 3], role: .linear, initialization: .zeros)
            let transposed: [Float] = [0.5, 3.5, 1.5, 4.5, 2.5, 5.5]
            #expect(try store.tensor(for: kernel, as: .f32).shape == [1, 1, 3, 2])
            #expect(try store.tensor(for: kernel, as: .f32).elements(as: Float.self) == transposed)
            #expect(try store.tensor(for: matrix, as: .f32).shape == [3, 2])
            #expect(try store.tensor(for: matrix, as: .f32).elements(as: Float.self) == transposed)
        }
    }

    /// A parameter, and a name it has in older or newer checkpoints.
    static let otherNames = [
        ("text_model.final_layer_norm.bias", "final_layer_norm.bias"),
        ("encoder.mid_block.attentions.0.to_q.bias", "encoder.mid_block.attentions.0.query.bias"),
        ("decoder.mid_block.attentions.0.to_k.bias", "decoder.mid_block.attentions.0.key.bias"),
        ("decoder.mid_block.attentions.0.to_v.bias", "decoder.mid_block.attentions.0.value.bias"),
        ("decoder.mid_block.attentions.0.to_out.0.bias", "decoder.mid_block.attentions.0.proj_attn.bias"),
    ]

    @Test("Other names a parameter goes by", arguments: otherNames)
    func findsOtherNames(_ name: String, _ stored: String) throws {
        try withTemporaryFolder { folder in
            try Self.write([stored: Self.counting([3])], to: "\(folder)/model.safetensors")
            let specification = ParameterSpecification(
                name: name, storedShape: [3], role: .plain, initialization: .zeros)
            let tensor = try WeightStore(folder: folder).tensor(for: specification, as: .f32)
            #expect(tensor.elements(as: Float.self) == [0.5, 1.5, 2.5])
        }
    }

    static let singleFiles = [
        "diffusion_pytorch_model.safetensors", "model.safetensors",
        "diffusion_pytorch_model.fp16.safetensors", "model.fp16.safetensors",
    ]

    @Test("One file, under any of its names", arguments: singleFiles)
    func singleFile(_ name: String) throws {
        try withTemporaryFolder { folder in
            try Self.write(["norm.bias": Self.counting([3]).converted(to: .f16)], to: "\(folder)/\(name)")
            let tensor = try WeightStore(folder: folder).tensor(for: Self.vector, as: .f32)
            #expect(tensor.elements(as: Float.self) == [0.5, 1.5, 2.5])
        }
    }

    static let indices = [
        "diffusion_pytorch_model.safetensors.index.json", "model.safetensors.index.json",
        "diffusion_pytorch_model.safetensors.index.fp16.json", "model.fp16.safetensors.index.json",
    ]

    @Test("Shards, under any of their index's names", arguments: indices)
    func shards(_ index: String) throws {
        try withTemporaryFolder { folder in
            try Self.write(["norm.bias": Self.counting([3])], to: "\(folder)/a.safetensors")
            try Self.write(["proj_in.weight": Self.counting([2, 3])], to: "\(folder)/b.safetensors")
            let text = """
                {"metadata": {"total_size": 36},
                 "weight_map": {"norm.bias": "a.safetensors", "proj_in.weight": "b.safetensors"}}
                """
            writeBytes(Array(text.utf8), to: "\(folder)/\(index)")
            try WeightStore(folder: folder).check([Self.vector, Self.matrix])
        }
    }

    // MARK: refusals

    /// Files of a folder, and the sentence that reading `norm.bias`, three numbers, gets; `•` is the folder.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: ModelError.Code
        let sentence: String
        let fill: @Sendable (String) throws -> Void

        init(
            _ name: String, _ code: ModelError.Code, _ sentence: String,
            _ fill: @escaping @Sendable (String) throws -> Void
        ) {
            testDescription = name
            self.code = code
            self.sentence = sentence
            self.fill = fill
        }
    }

    private static func text(_ text: String, _ name: String) -> @Sendable (String) -> Void {
        { writeBytes(Array(text.utf8), to: "\($0)/\(name)") }
    }

    private static let index = "model.safetensors.index.json"

    static let refusals = [
        Refusal(
            "nothing", .missing,
            "• has no weights; they are expected in diffusion_pytorch_model.safetensors or model.safetensors"
        ) { _ in },
        Refusal(
            "only a pickle", .unsupported,
            """
            • has its weights only as a pickle (pytorch_model.bin), which can run code and is never loaded; get the \
            model's .safetensors files, or let diffusers write them, where you trust the file, with \
            save_pretrained(folder, safe_serialization=True)
            """, text("\u{80}", "pytorch_model.bin")),
        Refusal(
            "a pickle under another name", .malformed,
            """
            •/model.safetensors is a pickle or an archive of pickles, which can run code and is never loaded; \
            convert it with safetensors.torch.save_file, or get the model's .safetensors files
            """
        ) { writeBytes([0x80, 2, 0x7D, 0x71, 0, 0x2E, 0, 0, 0, 0], to: "\($0)/model.safetensors") },
        Refusal(
            "a file cut off", .malformed,
            "•/model.safetensors holds 4 bytes, too few for a safetensors file; get it again"
        ) { writeBytes([9, 0, 0, 0], to: "\($0)/model.safetensors") },
        Refusal(
            "another parameter", .mismatched,
            """
            • has no "norm.bias" of the shape [3], which the configuration asks for; the weights belong to another \
            config.json
            """
        ) { try write(["norm.weight": counting([3])], to: "\($0)/model.safetensors") },
        Refusal(
            "another shape", .mismatched,
            """
            •/model.safetensors: "norm.bias" has the shape [3, 1, 1, 1], the configuration asks for [3]; the \
            weights belong to another config.json
            """
        ) { try write(["norm.bias": counting([3, 1, 1, 1])], to: "\($0)/model.safetensors") },
        Refusal(
            "whole numbers", .unsupported,
            "•/model.safetensors: \"norm.bias\" holds i64; weights are f16, bf16 or f32"
        ) {
            try write(
                ["norm.bias": HostTensor([1, 2, 3] as [Int64], shape: [3])], to: "\($0)/model.safetensors")
        },
        Refusal(
            "an index that is no JSON", .malformed, "•/\(index) is not a JSON object", text("[", index)),
        Refusal(
            "an index of nothing", .malformed, "•/\(index): the field \"weight_map\" is missing",
            text("{}", index)),
        Refusal(
            "an index that reaches out", .malformed,
            "•/\(index) names \"../a.safetensors\", which is no .safetensors file beside it",
            text(#"{"weight_map": {"norm.bias": "../a.safetensors"}}"#, index)),
        Refusal(
            "an index of pickles", .malformed,
            "•/\(index) names \"a.bin\", which is no .safetensors file beside it",
            text(#"{"weight_map": {"norm.bias": "a.bin"}}"#, index)),
        Refusal(
            "a shard that is missing", .missing,
            "cannot open •/a.safetensors: No such file or directory; check the path and who may read it",
            text(#"{"weight_map": {"norm.bias": "a.safetensors"}}"#, index)),
        Refusal(
            "a shard without what the index says", .mismatched,
            """
            • has no "norm.bias" of the shape [3], which the configuration asks for; the weights belong to another \
            config.json
            """
        ) {
            try write(["norm.weight": counting([3])], to: "\($0)/a.safetensors")
            text(#"{"weight_map": {"norm.bias": "a.safetensors"}}"#, index)($0)
        },
        Refusal(
            "more shards than are opened", .unsupported, "•/\(index) names 129 files; at most 128 are opened"
        ) {
            let pairs = (0..<129).map { "\"\($0)\": \"\($0).safetensors\"" }.joined(separator: ",")
            text("{\"weight_map\": {\(pairs)}}", index)($0)
        },
    ]

    @Test("Weights that cannot be used are refused with a sentence", arguments: refusals)
    func refuses(_ refusal: Refusal) throws {
        try withTemporaryFolder { folder in
            try refusal.fill(folder)
            let error = try modelError {
                _ = try WeightStore(folder: folder).tensor(for: Self.vector, as: .f32)
            }
            #expect(error?.message == refusal.sentence.replacing("•", with: folder))
            #expect(error?.code == refusal.code)
        }
    }

    @Test("A tensor that is not the parameter's is not written, nor one into a folder that is not there")
    func refusesToWrite() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/model.safetensors"
            let wrong = try modelError {
                try WeightStore.write([(Self.matrix, Self.counting([2, 3]))], as: .f32, to: path)
            }
            #expect(wrong?.message == "\"proj_in.weight\" has the shape [2, 3] on the device, not [3, 2]")
            #expect(fileNames(in: folder).isEmpty)
            let nowhere = try modelError {
                let weights = [(Self.vector, Self.counting([3]))]
                try WeightStore.write(weights, as: .f32, to: "\(folder)/none/model.safetensors")
            }
            #expect(nowhere?.code == .unwritable)
        }
    }
}
