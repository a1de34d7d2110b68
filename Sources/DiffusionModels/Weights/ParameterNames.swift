/// The names a parameter has in checkpoints that are out there.
enum ParameterNames {
    /// All names under which a parameter may be stored, today's first.
    ///
    /// Source: diffusers 0.42.1, `models/modeling_utils.py`, `_convert_deprecated_attention_blocks`; transformers 5
    /// writes text encoders without their prefix.
    static func candidates(for name: String) -> [String] {
        var names = [name]
        if name.hasPrefix(textPrefix) { names.append(String(name.dropFirst(textPrefix.count))) }
        for (new, old) in attentionOfOld {
            guard let place = name.range(ofPart: new) else { continue }
            names.append(String(name[..<place.lowerBound]) + old + String(name[place.upperBound...]))
        }
        return names
    }

    private static let textPrefix = "text_model."
    private static let attentionOfOld = [
        (".attentions.0.to_q.", ".attentions.0.query."),
        (".attentions.0.to_k.", ".attentions.0.key."),
        (".attentions.0.to_v.", ".attentions.0.value."),
        (".attentions.0.to_out.0.", ".attentions.0.proj_attn."),
    ]
}

extension String {
    /// Where `part` stands first.
    fileprivate func range(ofPart part: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
            start = index(after: start)
        }
        return nil
    }
}
