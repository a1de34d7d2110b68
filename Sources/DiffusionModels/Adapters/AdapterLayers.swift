import FoundationEssentials
import Tensors

/// The layers that an adapter's file describes, checked.
struct AdapterLayers {
    let layers: [Adapter.Layer]

    /// The largest inner dimension; a larger one is no adapter but a model.
    private static let rankLimit = 1024
    /// The most layers; Stable Diffusion 1.5 has 300 that can be adapted.
    private static let layerLimit = 20_000
    /// The largest kernel: UNets have 3.
    private static let kernelLimit = 7

    private struct Key: Hashable {
        let component: ModelComponent
        let path: String
    }

    init(file: SafetensorsFile) throws(ModelError) {
        var names: [Key: [AdapterNames.Part: String]] = [:]
        var dialects: Set<AdapterNames.Dialect> = []
        for name in file.names {
            guard let meaning = AdapterNames.parse(name) else { throw Self.unknown(name, file.path) }
            let key = Key(component: meaning.component, path: meaning.path)
            if let other = names[key, default: [:]].updateValue(name, forKey: meaning.part) {
                throw ModelError(
                    .malformed,
                    "\(file.path) names one tensor twice, as \(JSONValue.string(other).shown) and as \(JSONValue.string(name).shown); get it again"
                )
            }
            dialects.insert(meaning.dialect)
        }
        guard !names.isEmpty, names.count <= Self.layerLimit else {
            throw ModelError(
                .malformed,
                "\(file.path) changes \(names.count) layers; an adapter changes 1 to \(Self.layerLimit)")
        }
        let settings =
            try dialects.contains(.peft)
            ? AdapterSettings(beside: file.path) : AdapterSettings(metadata: file.metadata, path: file.path)
        let keys = names.keys.sorted { ($0.component.rawValue, $0.path) < ($1.component.rawValue, $1.path) }
        var layers: [Adapter.Layer] = []
        for key in keys {
            layers.append(try Self.layer(key, names[key] ?? [:], file, settings))
        }
        self.layers = layers
    }

    private static func layer(
        _ key: Key, _ names: [AdapterNames.Part: String], _ file: SafetensorsFile, _ settings: AdapterSettings
    ) throws(ModelError) -> Adapter.Layer {
        guard let downName = names[.down], let upName = names[.up],
            let down = file.description(of: downName), let up = file.description(of: upName)
        else {
            throw ModelError(
                .malformed,
                "\(file.path) has one half of the adapter of \"\(key.path)\" only; it needs lora_A and lora_B, or lora_down and lora_up"
            )
        }
        for (name, entry) in [(downName, down), (upName, up)] {
            guard [.f16, .bf16, .f32].contains(entry.elementType) else {
                throw ModelError(
                    .unsupported,
                    "\(file.path): \"\(name)\" holds \(entry.elementType.rawValue); adapters are f16, bf16 or f32"
                )
            }
        }
        guard let kernel = kernel(down.shape, up.shape) else {
            throw ModelError(
                .unsupported,
                """
                \(file.path): the matrices of "\(key.path)" are \(down.shape) and \(up.shape); Ondol adapts linear layers \
                and convolutions, with [rank, inputs] and [outputs, rank], or [rank, inputs, side, side] and [outputs, rank, 1, 1]
                """)
        }
        let rank = down.shape[0]
        guard up.shape[1] == rank, (1...rankLimit).contains(rank), down.shape[1] > 0, up.shape[0] > 0 else {
            throw ModelError(
                .malformed,
                """
                \(file.path): the matrices of "\(key.path)" are \(down.shape) and \(up.shape); they must share a rank \
                of 1 to \(rankLimit)
                """)
        }
        let alpha = try names[.alpha].map { name throws(ModelError) in try number(name, file) }
        return Adapter.Layer(
            component: key.component, path: key.path, rank: rank,
            scale: try settings.scale(of: key.path, in: key.component, rank: rank, alpha: alpha),
            inputs: down.shape[1], outputs: up.shape[0], kernel: kernel, downName: downName, upName: upName)
    }

    /// The side of the kernel that two matrices change, 1 for a linear layer; nil where they are none of an adapter.
    private static func kernel(_ down: Shape, _ up: Shape) -> Int? {
        guard up.rank == 2 || up.rank == 4 && up[2] == 1 && up[3] == 1 else { return nil }
        if down.rank == 2 { return up.rank == 2 ? 1 : nil }
        guard down.rank == 4, down[2] == down[3], (1...kernelLimit).contains(down[2]), down[2] % 2 == 1 else {
            return nil
        }
        return down[2]
    }

    /// A tensor of one number.
    private static func number(_ name: String, _ file: SafetensorsFile) throws(ModelError) -> Double {
        guard let entry = file.description(of: name), entry.shape.elementCount == 1 else {
            throw ModelError(.malformed, "\(file.path): \"\(name)\" is not one number")
        }
        do {
            return Double(try file.tensor(named: name).converted(to: .f32).elements(as: Float.self)[0])
        } catch {
            throw ModelError(file: file.path, error)
        }
    }

    /// Names of other kinds of adapters, and what they are.
    private static let otherKinds = [
        ("hada_", "LoHa"), ("lokr_", "LoKr"), ("oft_", "OFT"), ("dora_scale", "DoRA"),
        ("lora_magnitude_vector", "DoRA"), ("lora_mid", "LoRA in three parts"),
        ("lora_embedding", "LoRA of embeddings"),
        ("lora_te2_", "an adapter for Stable Diffusion XL"),
        ("input_blocks", "an adapter for Stable Diffusion XL"),
        ("output_blocks", "an adapter for Stable Diffusion XL"),
        ("middle_block", "an adapter for Stable Diffusion XL"),
    ]

    private static func unknown(_ name: String, _ path: String) -> ModelError {
        let shown = JSONValue.string(name).shown
        if let kind = otherKinds.first(where: { name.contains($0.0) })?.1 {
            return ModelError(
                .unsupported,
                "\(path) holds \(shown): it is \(kind), which Ondol does not have; use a plain LoRA for this model"
            )
        }
        return ModelError(
            .unsupported,
            "\(path) holds \(shown), which is no part of a low-rank adapter of a Stable Diffusion model; Ondol reads what diffusers, PEFT and kohya's trainer write"
        )
    }
}
