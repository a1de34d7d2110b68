import FoundationEssentials
import Tensors

/// The layers that an adapter's file describes, checked.
struct AdapterLayers {
    let layers: [Adapter.Layer]

    /// The largest inner dimension; a larger one is no adapter but a model.
    private static let rankLimit = 1024
    /// The most layers; Stable Diffusion 1.5 has 200 that can be adapted.
    private static let layerLimit = 20_000

    private struct Key: Hashable {
        let component: ModelComponent
        let path: String
    }

    init(file: SafetensorsFile) throws(ModelError) {
        let settings = try AdapterSettings(metadata: file.metadata, path: file.path)
        var names: [Key: [AdapterNames.Part: String]] = [:]
        for name in file.names {
            guard let (component, path, part) = AdapterNames.parse(name) else {
                throw Self.unknown(name, file.path)
            }
            names[Key(component: component, path: path), default: [:]][part] = name
        }
        guard !names.isEmpty, names.count <= Self.layerLimit else {
            throw ModelError(
                .malformed,
                "\(file.path) changes \(names.count) layers; an adapter changes 1 to \(Self.layerLimit)")
        }
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
                "\(file.path) has one half of the adapter of \"\(key.path)\" only; it needs lora_A and lora_B"
            )
        }
        for (name, entry) in [(downName, down), (upName, up)] {
            guard [.f16, .bf16, .f32].contains(entry.elementType) else {
                throw ModelError(
                    .unsupported,
                    "\(file.path): \"\(name)\" holds \(entry.elementType.rawValue); adapters are f16, bf16 or f32"
                )
            }
            guard entry.shape.rank == 2 else {
                throw ModelError(
                    .unsupported,
                    "\(file.path): \"\(name)\" has the shape \(entry.shape); Ondol adapts linear layers, whose matrices have two dimensions"
                )
            }
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
            inputs: down.shape[1], outputs: up.shape[0], downName: downName, upName: upName)
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

    private static func unknown(_ name: String, _ path: String) -> ModelError {
        let shown = JSONValue.string(name).shown
        if name.hasPrefix("lora_unet_") || name.hasPrefix("lora_te") {
            return ModelError(
                .unsupported,
                "\(path) names its layers as kohya's trainer does (\(shown)); load it with diffusers' load_lora_weights and save it with save_lora_weights"
            )
        }
        return ModelError(
            .unsupported,
            "\(path) holds \(shown), which is no part of a low-rank adapter of linear layers; Ondol reads what diffusers' save_lora_weights writes"
        )
    }
}
