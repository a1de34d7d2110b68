/// How matrices of adapters are called in files.
enum AdapterNames {
    /// The matrix from the layer's inputs to the inner dimension, below the layer's path.
    static let down = "lora_A.weight"
    /// The matrix from the inner dimension to the layer's outputs.
    static let up = "lora_B.weight"

    /// A tensor's name, taken apart.
    enum Part: Hashable {
        case down, up, alpha
    }

    /// Endings in files, today's first. Source: diffusers 0.42.1, `utils/state_dict_utils.py`.
    private static let endings: [(String, Part)] = [
        (".lora_A.weight", .down), (".lora_B.weight", .up), (".lora.down.weight", .down),
        (".lora.up.weight", .up), (".alpha", .alpha),
    ]

    /// The component, the layer's path and which of its tensors a name means, or nil where it means none.
    static func parse(_ name: String) -> (component: ModelComponent, path: String, part: Part)? {
        for component in [ModelComponent.unet, .textEncoder] where name.hasPrefix("\(component.rawValue).") {
            let rest = name.dropFirst(component.rawValue.count + 1)
            for (ending, part) in endings where rest.hasSuffix(ending) {
                let path = String(rest.dropLast(ending.count))
                guard !path.isEmpty else { return nil }
                // Today's transformers leave the prefix out that checkpoints, and paths here, have.
                let isBare = component == .textEncoder && !path.hasPrefix("text_model.")
                return (component, isBare ? "text_model.\(path)" : path, part)
            }
        }
        return nil
    }
}
