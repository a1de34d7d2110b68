import NeuralNetworks
import Tensors

/// A low-rank adapter: for some linear layers and convolutions of a model, two thin matrices whose product is added to the
/// weight.
///
/// Read from a file as diffusers, PEFT or kohya's trainer write it, such as `unet.<path>.lora_A.weight` `[rank, inputs]` and
/// `unet.<path>.lora_B.weight` `[outputs, rank]`; for a convolution `[rank, inputs, side, side]` and
/// `[outputs, rank, 1, 1]`. A value over an open file, which closes with its last copy; may be used from many threads at
/// once.
///
/// Source: Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021; diffusers 0.42.1,
/// `loaders/lora_pipeline.py`, `loaders/peft.py` and `loaders/lora_conversion_utils.py`; PEFT 0.21.2,
/// `tuners/lora/layer.py`; kohya-ss/sd-scripts, `networks/lora.py`.
public struct Adapter: Sendable {
    /// A layer that the adapter changes.
    public struct Layer: Sendable, Hashable {
        /// The component that the layer belongs to.
        public let component: ModelComponent
        /// The layer's path in its component, such as `mid_block.attentions.0.transformer_blocks.0.attn1.to_q`.
        public let path: String
        /// The inner dimension.
        public let rank: Int
        /// What the low-rank product is multiplied with: alpha over rank.
        public let scale: Double
        /// The width of what goes in.
        public let inputs: Int
        /// The width of what comes out.
        public let outputs: Int
        /// The side of the kernel in pixels; 1 for linear layers.
        public let kernel: Int

        let downName: String
        let upName: String
    }

    /// Where the file is.
    public let path: String
    /// The layers, in order of component and path.
    public let layers: [Layer]
    private let file: SafetensorsFile

    /// Reads what an adapter's file says; the tensors are read when they are asked for.
    /// - Throws: ``ModelError`` where the file is missing, damaged, of another form or of a kind that Ondol does not
    ///   have.
    public init(path: String) throws(ModelError) {
        let file: SafetensorsFile
        do { file = try SafetensorsFile(path: path) } catch { throw ModelError(file: path, error) }
        self.path = path
        self.file = file
        layers = try AdapterLayers(file: file).layers
    }

    /// The adapter's shapes in one component, by the path of the layer, as a graph takes them.
    /// - Parameters:
    ///   - prefix: what stands before every path in that graph, such as `unet.`.
    ///   - strength: what every layer's scale is multiplied with.
    public func shapes(
        of component: ModelComponent, prefix: String = "", strength: Double = 1
    ) -> [String: ModelGraph.AdapterShape] {
        Dictionary(
            layers.filter { $0.component == component }.map {
                (prefix + $0.path, .init(rank: $0.rank, scale: $0.scale * strength))
            }
        ) { $1 }
    }

    /// Refuses an adapter that was made for another model.
    /// - Parameter parameters: what the component's network asks for, with or without adapters.
    /// - Throws: ``ModelError`` naming the first layer that the model does not have or has of another size.
    public func check(
        _ parameters: some Sequence<ParameterSpecification>, of component: ModelComponent
    ) throws(ModelError) {
        let weights = Dictionary(parameters.map { ($0.name, $0) }) { $1 }
        for layer in layers where layer.component == component {
            guard let weight = weights["\(layer.path).weight"], weight.role != .plain else {
                throw ModelError(
                    .mismatched,
                    "\(path) changes \(JSONValue.string(layer.path).shown) of the \(component.rawValue), which is no linear layer and no convolution of this model; it was made for another model"
                )
            }
            let found = weight.storedShape.dimensions
            let isSame =
                layer.kernel == 1
                ? found == [layer.outputs, layer.inputs] || found == [layer.outputs, layer.inputs, 1, 1]
                : found == [layer.outputs, layer.inputs, layer.kernel, layer.kernel]
            guard isSame else {
                let added =
                    [layer.outputs, layer.inputs] + (layer.kernel == 1 ? [] : [layer.kernel, layer.kernel])
                throw ModelError(
                    .mismatched,
                    """
                    \(path) adds \(Shape(added)) to "\(layer.path)" of the \(component.rawValue), which is \
                    \(weight.storedShape) in this model; it was made for another model
                    """)
            }
        }
    }

    /// Reads one matrix as `elementType`, in the device's layout.
    /// - Parameter specification: what a graph of the component asks for, such as `….to_q.lora_A.weight`, without the
    ///   component's prefix.
    /// - Throws: ``ModelError`` where the adapter has none of that name or shape.
    public func tensor(
        for specification: ParameterSpecification, in component: ModelComponent, as elementType: ElementType
    ) throws(ModelError) -> HostTensor {
        let found = layers.lazy.filter { $0.component == component }.compactMap { layer -> String? in
            switch specification.name {
            case "\(layer.path).\(AdapterNames.down)": layer.downName
            case "\(layer.path).\(AdapterNames.up)": layer.upName
            default: nil
            }
        }.first
        guard let found, let entry = file.description(of: found), entry.shape == specification.storedShape
        else {
            throw ModelError(
                .mismatched,
                "\(path) has no \"\(specification.name)\" of the shape \(specification.storedShape)")
        }
        do {
            return try file.tensor(named: found).transposed(specification.permutation).converted(
                to: elementType)
        } catch {
            throw ModelError(file: path, error)
        }
    }

    /// A tensor as it lies in the file.
    func read(_ name: String) throws -> HostTensor { try file.tensor(named: name) }
}
