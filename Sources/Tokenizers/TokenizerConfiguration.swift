/// The fields of `tokenizer_config.json` and `special_tokens_map.json` that bear on token ids.
///
/// Fields that CLIP's tokenizer does not read (`do_lower_case`, `errors`, `add_prefix_space`, …) are passed
/// over, as the reference passes over them.
struct TokenizerConfiguration: Decodable {
    /// A token given as a bare string, or as an object with flags.
    struct Token: Decodable, Equatable {
        var content: String
        var normalized: Bool

        private enum Key: String, CodingKey {
            case content, normalized
            case stripsLeft = "lstrip"
            case stripsRight = "rstrip"
            case singleWord = "single_word"
        }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                content = text
                normalized = false
                return
            }
            let fields = try decoder.container(keyedBy: Key.self)
            content = try fields.decode(String.self, forKey: .content)
            normalized = try fields.decodeIfPresent(Bool.self, forKey: .normalized) ?? true
            for key in [Key.stripsLeft, .stripsRight, .singleWord]
            where try fields.decodeIfPresent(Bool.self, forKey: key) == true {
                throw TokenizerError(
                    .unsupportedValue,
                    "A special token has \(key.rawValue) set to true; only false is supported.")
            }
        }
    }

    var start: Token?
    var end: Token?
    var unknown: Token?
    var padding: Token?
    /// Tokens with their flags, as listed by transformers 4 in this file or by 5 in `tokenizer.json`.
    var addedTokens: [Token]?
    private var lengthLimit: Double?
    private var tokenizerClass: String?

    private enum CodingKeys: String, CodingKey {
        case start = "bos_token"
        case end = "eos_token"
        case unknown = "unk_token"
        case padding = "pad_token"
        case addedTokens = "added_tokens_decoder"
        case lengthLimit = "model_max_length"
        case tokenizerClass = "tokenizer_class"
    }

    init() {}

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        start = try fields.decodeIfPresent(Token.self, forKey: .start)
        end = try fields.decodeIfPresent(Token.self, forKey: .end)
        unknown = try fields.decodeIfPresent(Token.self, forKey: .unknown)
        padding = try fields.decodeIfPresent(Token.self, forKey: .padding)
        lengthLimit = try fields.decodeIfPresent(Double.self, forKey: .lengthLimit)
        tokenizerClass = try fields.decodeIfPresent(String.self, forKey: .tokenizerClass)
        // Keyed by id; which id a text has is the vocabulary's to say.
        addedTokens = try fields.decodeIfPresent([String: Token].self, forKey: .addedTokens)
            .map { $0.sorted { $0.key < $1.key }.map(\.value) }
    }

    mutating func override(with other: TokenizerConfiguration) {
        start = other.start ?? start
        end = other.end ?? end
        unknown = other.unknown ?? unknown
        padding = other.padding ?? padding
    }

    func specialTokens() throws(TokenizerError) -> SpecialTokens {
        if let tokenizerClass, !["CLIPTokenizer", "CLIPTokenizerFast"].contains(tokenizerClass) {
            throw TokenizerError(
                .unsupportedValue,
                "tokenizer_class is \(tokenizerClass.prefix(40)); CLIPTokenizer is supported.")
        }
        var tokens = SpecialTokens.clip
        tokens.start = resolve(start, orElse: tokens.start)
        tokens.end = resolve(end, orElse: tokens.end)
        tokens.unknown = resolve(unknown, orElse: tokens.unknown)
        tokens.padding = resolve(padding, orElse: tokens.padding)
        let known = tokens.distinct.map(\.text)
        if let addedTokens, let extra = addedTokens.first(where: { !known.contains($0.content) }) {
            throw TokenizerError(
                .unsupportedValue,
                "The added tokens hold \(extra.content.prefix(40)), which is not the start, "
                    + "end, unknown or padding token. Other added tokens are not supported.")
        }
        return tokens
    }

    /// `model_max_length`, or nil where it is missing or the reference's way of saying "none" (1e30).
    func maximumLength() throws(TokenizerError) -> Int? {
        guard let lengthLimit, lengthLimit < 1e9 else { return nil }
        guard let length = Int(exactly: lengthLimit) else {
            throw TokenizerError(.invalidFile, "model_max_length is not a whole number.")
        }
        return length
    }

    private func resolve(_ token: Token?, orElse standard: SpecialToken) -> SpecialToken {
        let text = token?.content ?? standard.text
        let flags = addedTokens?.first { $0.content == text } ?? token
        return SpecialToken(text, matchesNormalizedText: flags?.normalized ?? false)
    }
}
