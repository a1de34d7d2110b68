import FoundationEssentials

/// The files of a tokenizer folder, read with limits and checked.
///
/// Layout: `tokenizer.json`, or in its place `vocab.json` (token text to id) and `merges.txt` (one rule a
/// line); and optionally `tokenizer_config.json` and `special_tokens_map.json`. They are untrusted: any of
/// them may be missing, huge or garbage.
struct TokenizerFolder {
    /// CLIP's vocab.json has 1 MiB; 16 MiB leaves room for any vocabulary within ``Vocabulary/tokenLimit``.
    private static let vocabularyFileLimit = 16 << 20
    /// Configuration files have a few KiB.
    private static let configurationFileLimit = 1 << 20

    let path: String

    /// The whole tokenizer that the folder describes.
    ///
    /// - Parameter maximumLength: takes the place of `model_max_length`.
    func tokenizer(maximumLength: Int?) throws(TokenizerError) -> Tokenizer {
        var file: TokenizerFile?
        if let data = try optionalFile("tokenizer.json", limit: Self.vocabularyFileLimit) {
            file = try decode(data, "tokenizer.json", "a tokenizer")
        }
        let configuration = try configuration(file?.addedTokens)
        let vocabulary = if let file { try file.vocabulary() } else { try vocabularyOfTwoFiles() }
        let specialTokens = try configuration.specialTokens()
        let configuredLength = try configuration.maximumLength()
        return try Tokenizer(
            vocabulary: vocabulary, specialTokens: specialTokens,
            maximumLength: maximumLength ?? configuredLength ?? 77)
    }

    private func vocabularyOfTwoFiles() throws(TokenizerError) -> Vocabulary {
        let json = try requiredFile("vocab.json", limit: Self.vocabularyFileLimit)
        let identifiers: [String: Int32] = try decode(json, "vocab.json", "an object of token texts and ids")
        let text = try requiredFile("merges.txt", limit: Self.vocabularyFileLimit)
        return try Vocabulary(identifiers: identifiers, merges: Self.parseMerges(text))
    }

    /// Source: `_from_pretrained`, transformers 5.23.0: the older files count only where the newest does not
    /// list its tokens, and then they count more.
    private func configuration(
        _ tokensOfFile: [TokenizerConfiguration.Token]?
    ) throws(TokenizerError) -> TokenizerConfiguration {
        let name = "tokenizer_config.json"
        var fields = TokenizerConfiguration()
        if let data = try optionalFile(name, limit: Self.configurationFileLimit) {
            fields = try decode(data, name, "a tokenizer configuration")
        }
        guard fields.addedTokens == nil else { return fields }
        let older = "special_tokens_map.json"
        if let data = try optionalFile(older, limit: Self.configurationFileLimit) {
            let map: TokenizerConfiguration = try decode(data, older, "a map of special tokens")
            fields.override(with: map)
        }
        fields.addedTokens = tokensOfFile
        return fields
    }

    static func parseMerges(_ data: Data) throws(TokenizerError) -> [Vocabulary.Merge] {
        guard let text = String(validating: data, as: UTF8.self) else {
            throw TokenizerError(.invalidFile, "merges.txt is not UTF-8 text.")
        }
        var merges: [Vocabulary.Merge] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || (index == 0 && line.hasPrefix("#version")) { continue }
            let parts = line.split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw TokenizerError(
                    .invalidFile,
                    "Line \(index + 1) of merges.txt is not two tokens with a space between them.")
            }
            merges.append(Vocabulary.Merge(left: String(parts[0]), right: String(parts[1])))
        }
        guard merges.count <= Vocabulary.tokenLimit else {
            throw TokenizerError(
                .invalidFile,
                "merges.txt has \(merges.count) rules; at most \(Vocabulary.tokenLimit) are read.")
        }
        return merges
    }

    private func requiredFile(_ name: String, limit: Int) throws(TokenizerError) -> Data {
        if let data = try optionalFile(name, limit: limit) { return data }
        throw TokenizerError(
            .fileUnreadable,
            "\(name) is missing in \(path). A tokenizer folder needs vocab.json and merges.txt, or tokenizer.json."
        )
    }

    private func optionalFile(_ name: String, limit: Int) throws(TokenizerError) -> Data? {
        let file = path + "/" + name
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        do {
            let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? UInt64 ?? 0
            guard size <= limit else {
                throw TokenizerError(
                    .invalidFile, "\(name) in \(path) has \(size) bytes; at most \(limit) are read.")
            }
            return try Data(contentsOf: URL(filePath: file))
        } catch let error as TokenizerError {
            throw error
        } catch {
            throw TokenizerError(.fileUnreadable, "\(name) in \(path) cannot be read.", cause: error)
        }
    }

    private func decode<Value: Decodable>(
        _ data: Data, _ name: String, _ expectation: String
    ) throws(TokenizerError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: data)
        } catch let error as TokenizerError {
            throw error
        } catch {
            throw TokenizerError(
                .invalidFile, "\(name) in \(path) is not \(expectation) in JSON.", cause: error)
        }
    }
}

extension Tokenizer {
    /// Reads the tokenizer of a diffusers model folder.
    ///
    /// - Parameters:
    ///   - path: the folder that holds `tokenizer.json`, or `vocab.json` and `merges.txt`, and normally
    ///     `tokenizer_config.json`.
    ///   - maximumLength: how many ids a text becomes; nil takes `model_max_length`, or 77 where that is not
    ///     given.
    /// - Throws: ``TokenizerError`` where a file is missing, too large, not what it should be, or asks for
    ///   something that is not supported.
    public init(folder path: String, maximumLength: Int? = nil) throws(TokenizerError) {
        self = try TokenizerFolder(path: path).tokenizer(maximumLength: maximumLength)
    }
}
