import NeuralNetworks

/// The layers of a component that an adapter usually changes: the four of every attention.
///
/// Source: diffusers 0.42.1, `examples/text_to_image/train_text_to_image_lora.py`.
public enum AdapterTarget {
    /// The names that end the paths of such layers.
    public static func names(in component: ModelComponent) -> [String] {
        switch component {
        case .unet: ["to_q", "to_k", "to_v", "to_out.0"]
        case .textEncoder: ["q_proj", "k_proj", "v_proj", "out_proj"]
        case .autoencoder: []
        }
    }

    /// The paths of such layers in a graph, such as `unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q`.
    /// - Parameters:
    ///   - parameters: what the graph asks for.
    ///   - prefix: what stands before the component's paths in that graph.
    public static func layers(
        of component: ModelComponent, among parameters: some Sequence<ParameterSpecification>,
        prefix: String = ""
    ) -> [String] {
        let endings = names(in: component).map { ".\($0).weight" }
        return parameters.filter { parameter in
            parameter.role == .linear && parameter.name.hasPrefix(prefix)
                && endings.contains { parameter.name.hasSuffix($0) }
        }.map { String($0.name.dropLast(".weight".count)) }
    }
}
