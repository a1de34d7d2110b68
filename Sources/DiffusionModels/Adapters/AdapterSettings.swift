import FoundationEssentials

/// What an adapter's file, or PEFT's file of settings beside it, says of its scales.
///
/// Source: diffusers 0.42.1, `loaders/lora_base.py` (`lora_adapter_metadata`); PEFT 0.21.2, `tuners/lora/config.py`.
struct AdapterSettings {
    static let key = "lora_adapter_metadata"
    /// The file that PEFT writes beside an adapter's.
    static let fileName = "adapter_config.json"
    private static let byteLimit = 1 << 20
    private let members: [String: JSONValue]
    private let path: String

    /// Reads the metadata of a file as diffusers writes it.
    init(metadata: [String: String], path: String) throws(ModelError) {
        guard let text = metadata[Self.key] else {
            try self.init(members: [:], path: path)
            return
        }
        guard text.utf8.count <= Self.byteLimit,
            case .object(let members)? = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        else {
            throw ModelError(.malformed, "\(path): the metadata \"\(Self.key)\" is no JSON object")
        }
        try self.init(members: members, path: path)
    }

    /// Reads PEFT's settings, which lie beside the adapter's file.
    init(beside path: String) throws(ModelError) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let file = folder + Self.fileName
        guard BoundedFile.exists(file) else {
            throw ModelError(
                .missing,
                "\(path) names its layers as PEFT does, which keeps their scale in \(Self.fileName) beside it; put that file there too"
            )
        }
        let data = try BoundedFile.read(file, byteLimit: Self.byteLimit)
        guard case .object(let fields)? = try? JSONDecoder().decode(JSONValue.self, from: data) else {
            throw ModelError(.malformed, "\(file) is not a JSON object")
        }
        var members: [String: JSONValue] = [:]
        for component in [ModelComponent.unet, .textEncoder] {
            for (name, value) in fields { members["\(component.rawValue).\(name)"] = value }
        }
        try self.init(members: members, path: file)
    }

    private init(members: [String: JSONValue], path: String) throws(ModelError) {
        self.members = members
        self.path = path
        for component in [ModelComponent.unet, .textEncoder] {
            for name in ["use_dora", "lora_bias", "fan_in_fan_out"] {
                guard case .boolean(true)? = self[name, component] else { continue }
                throw unsupported(name)
            }
            if case .string(let bias)? = self["bias", component], bias != "none" { throw unsupported("bias") }
            if case .string(let type)? = self["peft_type", component], type != "LORA" {
                throw unsupported("peft_type \(type)")
            }
            // These start by changing the model's own weights, which an adapter does not bring along.
            if case .string(let start)? = self["init_lora_weights", component],
                ["pissa", "olora", "loftq", "corda", "lora_ga"].contains(where: start.lowercased().hasPrefix)
            {
                throw unsupported("init_lora_weights \(start)")
            }
        }
    }

    private func unsupported(_ setting: String) -> ModelError {
        ModelError(
            .unsupported,
            "\(path) was trained with \(JSONValue.string(setting).shown), which Ondol does not have; train it without"
        )
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
            // Where several fit, the longest is meant; the order of a JSON object's members is none.
            let fitting = pattern.keys.filter { Self.fits($0, layer) }
            if let name = fitting.max(by: { ($0.count, $0) < ($1.count, $1) }),
                case .number(let number)? = pattern[name]
            {
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

    /// Whether a pattern's name means a layer: its whole path after `^`, else the end of it.
    ///
    /// Source: PEFT 0.21.2, `utils/other.py`, `get_pattern_key`.
    private static func fits(_ name: String, _ layer: String) -> Bool {
        if name.hasPrefix("^") { return layer == name.dropFirst() }
        return layer == name || layer.hasSuffix(".\(name)")
    }
}
