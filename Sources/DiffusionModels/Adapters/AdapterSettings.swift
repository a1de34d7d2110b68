import FoundationEssentials

/// What an adapter's file says of its scales beside the matrices.
///
/// Source: diffusers 0.42.1, `loaders/lora_base.py` (`lora_adapter_metadata`); PEFT 0.21.2, `tuners/lora/config.py`.
struct AdapterSettings {
    static let key = "lora_adapter_metadata"
    private static let byteLimit = 1 << 20
    private let members: [String: JSONValue]
    private let path: String

    init(metadata: [String: String], path: String) throws(ModelError) {
        self.path = path
        guard let text = metadata[Self.key] else {
            members = [:]
            return
        }
        guard text.utf8.count <= Self.byteLimit,
            case .object(let members)? = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        else {
            throw ModelError(.malformed, "\(path): the metadata \"\(Self.key)\" is no JSON object")
        }
        self.members = members
        for component in [ModelComponent.unet, .textEncoder] {
            for name in ["use_dora", "lora_bias"] {
                guard case .boolean(true)? = self[name, component] else { continue }
                throw ModelError(
                    .unsupported,
                    "\(path) was trained with \"\(name)\", which Ondol does not have; train it without")
            }
        }
    }

    private subscript(_ name: String, _ component: ModelComponent) -> JSONValue? {
        members["\(component.rawValue).\(name)"]
    }

    /// What a layer's low-rank product is multiplied with: alpha over rank, or over its root.
    /// - Parameter alpha: from a tensor of the file; without any, alpha is the rank.
    func scale(
        of layer: String, in component: ModelComponent, rank: Int, alpha: Double?
    ) throws(ModelError) -> Double {
        var value = alpha ?? Double(rank)
        if case .number(let number)? = self["lora_alpha", component] { value = number }
        if case .object(let pattern)? = self["alpha_pattern", component] {
            for (name, entry) in pattern {
                guard case .number(let number) = entry, layer == name || layer.hasSuffix(".\(name)") else {
                    continue
                }
                value = number
            }
        }
        var divisor = Double(rank)
        if case .boolean(true)? = self["use_rslora", component] { divisor = divisor.squareRoot() }
        guard value.isFinite, abs(value) <= 1e6 else {
            throw ModelError(
                .malformed,
                "\(path): the alpha of \"\(layer)\" is \(value); it must be a number below a million")
        }
        return value / divisor
    }
}
