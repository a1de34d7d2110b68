/// Paths of layers whose dots became underscores, as kohya's trainer writes them.
///
/// The words of a path contain underscores themselves, so that a path is read by the words that Stable Diffusion's networks
/// are made of, the longest that fits first; no word but a number is the beginning of two readings that both end well.
///
/// Source: kohya-ss/sd-scripts, `networks/lora.py`, `create_modules`: `lora_name.replace(".", "_")`.
enum FlatLayerPath {
    private static let words: [String] = [
        "down_blocks", "up_blocks", "mid_block", "attentions", "resnets", "downsamplers", "upsamplers",
        "transformer_blocks", "attn1", "attn2", "to_q", "to_k", "to_v", "to_out", "proj_in", "proj_out",
        "proj",
        "ff", "net", "conv1", "conv2", "conv_shortcut", "conv_in", "conv_out", "conv", "time_emb_proj",
        "time_embedding", "add_embedding", "pool", "linear_1", "linear_2", "text_model", "encoder", "layers",
        "self_attn", "q_proj", "k_proj", "v_proj", "out_proj", "mlp", "fc1", "fc2",
    ].sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }

    /// The path with its dots, or nil where a word is none of these networks'.
    static func dotted(_ flat: some StringProtocol) -> String? {
        var rest = Substring(flat)
        var parts: [Substring] = []
        while !rest.isEmpty {
            guard let word = next(in: rest) else { return nil }
            parts.append(rest.prefix(word))
            rest = rest.dropFirst(word)
            guard !rest.isEmpty else { break }
            guard rest.first == "_", rest.count > 1 else { return nil }
            rest = rest.dropFirst()
        }
        return parts.isEmpty ? nil : parts.joined(separator: ".")
    }

    /// The length of the first word: a number, or the longest word that ends where another begins.
    private static func next(in text: Substring) -> Int? {
        let digits = text.prefix { "0"..."9" ~= $0 }.count
        if digits > 0 { return digits <= 4 ? digits : nil }
        return words.first { word in
            text.hasPrefix(word) && (text.dropFirst(word.count).first ?? "_") == "_"
        }?.count
    }
}
