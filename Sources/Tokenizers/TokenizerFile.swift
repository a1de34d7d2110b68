/// A `tokenizer.json`: the one file in which transformers 5 keeps vocabulary, rules and special tokens.
///
/// Its normalizer and pre-tokenizer are not read: the reference builds CLIP's own in their place.
///
/// Source: `convert_to_native_format` of transformers 5.23.0 `tokenization_utils_tokenizers.py`.
struct TokenizerFile: Decodable {
    struct Model: Decodable {
        let type: String?
        let endOfWord: String?
        let vocabulary: [String: Int32]
        let merges: [Vocabulary.Merge]

        private enum CodingKeys: String, CodingKey {
            case type, merges
            case endOfWord = "end_of_word_suffix"
            case vocabulary = "vocab"
        }
    }

    let model: Model
    let addedTokens: [TokenizerConfiguration.Token]

    private enum CodingKeys: String, CodingKey {
        case model
        case addedTokens = "added_tokens"
    }

    func vocabulary() throws(TokenizerError) -> Vocabulary {
        guard model.type == nil || model.type == "BPE", model.endOfWord == ByteAlphabet.endOfWord else {
            throw TokenizerError(
                .unsupportedValue,
                "tokenizer.json holds a model of type \(model.type?.prefix(20) ?? "unknown"), or one without the "
                    + "end_of_word_suffix \(ByteAlphabet.endOfWord); byte-level BPE of CLIP's kind is supported."
            )
        }
        return try Vocabulary(identifiers: model.vocabulary, merges: model.merges)
    }
}

extension Vocabulary.Merge: Decodable {
    /// Reads a rule as newer files write it, `["a", "b"]`, or as older ones do, `"a b"`.
    public init(from decoder: any Decoder) throws {
        let parts: [String]
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        } else {
            parts = try decoder.singleValueContainer().decode([String].self)
        }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw TokenizerError(.invalidFile, "A merge in tokenizer.json is not two tokens.")
        }
        self.init(left: parts[0], right: parts[1])
    }
}
