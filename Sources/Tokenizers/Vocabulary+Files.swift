import FoundationEssentials

extension Vocabulary {
    /// The content of `vocab.json`: one line, tokens in the order of their ids.
    public var vocabularyJSON: String {
        let ordered = identifiers.sorted { $0.value < $1.value }
        return "{" + ordered.map { "\(Self.quoted($0.key)): \($0.value)" }.joined(separator: ", ") + "}\n"
    }

    /// The content of `merges.txt`.
    public var mergesText: String {
        "#version: 0.2\n" + merges.map { "\($0.left) \($0.right)\n" }.joined()
    }

    /// Writes a folder that ``Tokenizer/init(folder:maximumLength:)`` and transformers' `CLIPTokenizer` read:
    /// `vocab.json`, `merges.txt`, `tokenizer_config.json` and `special_tokens_map.json`.
    ///
    /// Each file is written whole or not at all. The folder is made where it does not exist.
    ///
    /// - Throws: ``TokenizerError`` with code `fileUnreadable` where a file cannot be written.
    public func write(toFolder path: String, maximumLength: Int = 77) throws(TokenizerError) {
        let tokens = SpecialTokens.clip
        let map = [
            ("bos_token", tokens.start), ("eos_token", tokens.end), ("pad_token", tokens.padding),
            ("unk_token", tokens.unknown),
        ].map { "  \(Self.quoted($0.0)): \(Self.quoted($0.1.text))" }
        let configuration =
            map + ["  \"model_max_length\": \(maximumLength)", "  \"tokenizer_class\": \"CLIPTokenizer\""]
        let files = [
            ("vocab.json", vocabularyJSON), ("merges.txt", mergesText),
            ("tokenizer_config.json", "{\n" + configuration.joined(separator: ",\n") + "\n}\n"),
            ("special_tokens_map.json", "{\n" + map.joined(separator: ",\n") + "\n}\n"),
        ]
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            for (name, content) in files {
                try Data(content.utf8).write(to: URL(filePath: path + "/" + name), options: .atomic)
            }
        } catch {
            throw TokenizerError(
                .fileUnreadable, "The tokenizer cannot be written to \(path).", cause: error)
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for character in text {
            if character == "\"" || character == "\\" { result.append("\\") }
            result.append(character)
        }
        return result + "\""
    }
}
