/// How matrices of adapters are called in files.
enum AdapterNames {
    /// The matrix from the layer's inputs to the inner dimension, below the layer's path.
    static let down = "lora_A.weight"
    /// The matrix from the inner dimension to the layer's outputs.
    static let up = "lora_B.weight"

    /// Which of a layer's tensors a name means.
    enum Part: Hashable {
        case down, up, alpha
    }

    /// Who wrote a file, by its names.
    enum Dialect: Hashable {
        /// diffusers: `unet.mid_block.….to_q.lora_A.weight`.
        case diffusers
        /// PEFT: `base_model.model.mid_block.….to_q.lora_A.weight`, with its settings in a file beside it.
        case peft
        /// kohya's trainer: `lora_unet_mid_block_…_to_q.lora_down.weight`.
        case kohya
    }

    /// A tensor's name, taken apart.
    struct Meaning: Hashable {
        let component: ModelComponent
        /// The layer's path in its component.
        let path: String
        let part: Part
        let dialect: Dialect
    }

    /// Endings in files, today's first. Source: diffusers 0.42.1, `utils/state_dict_utils.py`; PEFT 0.21.2,
    /// `utils/save_and_load.py`.
    private static let endings: [(String, Part)] = [
        (".lora_A.weight", .down), (".lora_B.weight", .up), (".lora_A.default.weight", .down),
        (".lora_B.default.weight", .up), (".lora.down.weight", .down), (".lora.up.weight", .up),
        (".alpha", .alpha),
    ]
    private static let kohyaEndings: [(String, Part)] = [
        (".lora_down.weight", .down), (".lora_up.weight", .up), (".alpha", .alpha),
    ]
    private static let peftPrefix = "base_model.model."
    /// Source: kohya-ss/sd-scripts, `networks/lora.py`; the third is what its newer versions call the same text encoder.
    private static let kohyaPrefixes: [(String, ModelComponent)] = [
        ("lora_unet_", .unet), ("lora_te_", .textEncoder), ("lora_te1_", .textEncoder),
    ]

    /// What a name means, or nil where it means nothing.
    static func parse(_ name: String) -> Meaning? {
        for (prefix, component) in kohyaPrefixes where name.hasPrefix(prefix) {
            guard let (flat, part) = cut(name.dropFirst(prefix.count), kohyaEndings),
                let path = FlatLayerPath.dotted(flat)
            else { return nil }
            return Meaning(component: component, path: path, part: part, dialect: .kohya)
        }
        let isPEFT = name.hasPrefix(peftPrefix)
        let rest = isPEFT ? name.dropFirst(peftPrefix.count) : name[...]
        guard let (path, part) = cut(rest, endings) else { return nil }
        for component in [ModelComponent.unet, .textEncoder] where path.hasPrefix("\(component.rawValue).") {
            let inner = String(path.dropFirst(component.rawValue.count + 1))
            guard !inner.isEmpty else { return nil }
            return Meaning(
                component: component, path: component == .textEncoder ? prefixed(inner) : inner, part: part,
                dialect: isPEFT ? .peft : .diffusers)
        }
        guard isPEFT, !path.isEmpty else { return nil }
        // PEFT saves one network at a time, and does not say which.
        let isText = path.hasPrefix("text_model.") || path.hasPrefix("encoder.layers.")
        return Meaning(
            component: isText ? .textEncoder : .unet, path: isText ? prefixed(path) : path, part: part,
            dialect: .peft)
    }

    /// Today's transformers leave the prefix out that checkpoints, and paths here, have.
    private static func prefixed(_ path: String) -> String {
        path.hasPrefix("text_model.") ? path : "text_model.\(path)"
    }

    private static func cut(_ name: Substring, _ endings: [(String, Part)]) -> (path: String, part: Part)? {
        for (ending, part) in endings where name.hasSuffix(ending) {
            return (String(name.dropLast(ending.count)), part)
        }
        return nil
    }
}
