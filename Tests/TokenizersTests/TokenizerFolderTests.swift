import TestSupport
import Testing
import Tokenizers

/// What a folder must not get away with, and what its refusal must name.
@Suite struct TokenizerFolderTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let files: [String: String?]
        let code: TokenizerError.Code
        let named: String
        var testDescription: String { "\(files.keys.sorted()) names \(named)" }
    }

    private static let refusals: [Refusal] = [
        Refusal(files: ["vocab.json": nil], code: .fileUnreadable, named: "vocab.json"),
        Refusal(files: ["merges.txt": nil], code: .fileUnreadable, named: "merges.txt"),
        Refusal(files: ["vocab.json": ""], code: .invalidFile, named: "vocab.json"),
        Refusal(files: ["vocab.json": "{\"a\": 1, "], code: .invalidFile, named: "vocab.json"),
        Refusal(files: ["vocab.json": "[1, 2]"], code: .invalidFile, named: "vocab.json"),
        Refusal(files: ["vocab.json": "{\"a\": \"b\"}"], code: .invalidFile, named: "vocab.json"),
        Refusal(files: ["vocab.json": "{\"a\": 1e99}"], code: .invalidFile, named: "vocab.json"),
        Refusal(files: ["vocab.json": "{}"], code: .invalidFile, named: "0 tokens"),
        Refusal(files: ["vocab.json": "{\"a\": -1}"], code: .invalidFile, named: "-1"),
        Refusal(files: ["vocab.json": "{\"a\": 7, \"b\": 7}"], code: .invalidFile, named: "7"),
        Refusal(files: ["vocab.json": "{\"a\": 2000000000}"], code: .invalidFile, named: "2000000000"),
        Refusal(
            files: ["vocab.json": "{\"a\": 0}", "merges.txt": "#version: 0.2\n"], code: .invalidFile,
            named: "bos_token"),
        Refusal(
            files: ["vocab.json": String(repeating: "[", count: 200_000)], code: .invalidFile,
            named: "vocab.json"),
        Refusal(
            files: ["vocab.json": String(repeating: " ", count: (16 << 20) + 1)], code: .invalidFile,
            named: "at most 16777216"),
        Refusal(files: ["merges.txt": "#version: 0.2\na b c\n"], code: .invalidFile, named: "Line 2"),
        Refusal(files: ["merges.txt": "ab\n"], code: .invalidFile, named: "Line 1"),
        Refusal(files: ["merges.txt": "a \n"], code: .invalidFile, named: "Line 1"),
        Refusal(files: ["merges.txt": "Ω Ω\n"], code: .invalidFile, named: "Merge number 1"),
        Refusal(files: ["tokenizer_config.json": "nonsense"], code: .invalidFile, named: "tokenizer_config"),
        Refusal(
            files: ["tokenizer_config.json": "{\"model_max_length\": 1}"], code: .unsupportedValue,
            named: "model_max_length"),
        Refusal(
            files: ["tokenizer_config.json": "{\"model_max_length\": 7.5}"], code: .invalidFile,
            named: "model_max_length"),
        Refusal(
            files: ["tokenizer_config.json": "{\"tokenizer_class\": \"T5Tokenizer\"}"],
            code: .unsupportedValue, named: "T5Tokenizer"),
        Refusal(
            files: ["special_tokens_map.json": "{\"pad_token\": \"<pad>\"}"], code: .invalidFile,
            named: "pad_token"),
        Refusal(
            files: ["special_tokens_map.json": "{\"pad_token\": \"\"}"], code: .invalidFile,
            named: "pad_token"),
        Refusal(
            files: ["special_tokens_map.json": "{\"pad_token\": {\"content\": \"!\", \"lstrip\": true}}"],
            code: .unsupportedValue, named: "lstrip"),
        Refusal(
            files: [
                "tokenizer_config.json": "{\"added_tokens_decoder\": {\"898\": {\"content\": \"<style>\"}}}"
            ],
            code: .unsupportedValue, named: "<style>"),
        Refusal(files: ["tokenizer.json": "{\"model\": {}}"], code: .invalidFile, named: "tokenizer.json"),
        Refusal(
            files: ["tokenizer.json": tokenizerJSON(type: "Unigram")], code: .unsupportedValue,
            named: "Unigram"
        ),
        Refusal(files: ["tokenizer.json": tokenizerJSON(suffix: "")], code: .unsupportedValue, named: "</w>"),
        Refusal(
            files: ["tokenizer.json": tokenizerJSON(merges: "[\"a\"]")], code: .invalidFile,
            named: "not two tokens"),
        Refusal(
            files: ["tokenizer.json": tokenizerJSON(merges: "[[\"a\", \"a\", \"a\"]]")], code: .invalidFile,
            named: "not two tokens"),
        Refusal(
            files: ["tokenizer.json": tokenizerJSON(merges: "[\"a a\"]")], code: .invalidFile,
            named: "Merge number 1"),
        Refusal(files: ["tokenizer.json": tokenizerJSON()], code: .invalidFile, named: "bos_token"),
    ]

    private static func tokenizerJSON(
        type: String = "BPE", suffix: String = "</w>", merges: String = "[]"
    ) -> String {
        """
        {"model": {"type": "\(type)", "end_of_word_suffix": "\(suffix)", "vocab": {"a": 0},
                   "merges": \(merges)}, "added_tokens": []}
        """
    }

    @Test(arguments: refusals)
    func badFoldersAreRefused(refusal: Refusal) throws {
        var files = [
            "vocab.json": try Fixtures.text("plain/vocab.json"),
            "merges.txt": try Fixtures.text("plain/merges.txt"),
        ]
        for (name, content) in refusal.files { files[name] = content }
        try Fixtures.withFolder(files) { folder in
            let error = #expect(throws: TokenizerError.self) { try Tokenizer(folder: folder) }
            #expect(error?.code == refusal.code)
            #expect(error?.message.contains(refusal.named) == true, "\(error?.message ?? "")")
        }
    }

    @Test func aMissingFolderIsRefused() {
        #expect(throws: TokenizerError.self) { try Tokenizer(folder: "/nonexistent/tokenizer") }
    }

    /// Cut and changed at places drawn from the printed seed, a folder is read or refused, never trapped on.
    @Test(arguments: UInt64(1)...8)
    func damagedFilesNeverTrap(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func next(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
        let whole = Array(try Fixtures.text("plain/vocab.json").utf8)
        let single = Array(try Fixtures.text("tokenizer-json/tokenizer.json").utf8)
        let merges = Array(try Fixtures.text("plain/merges.txt").utf8)
        for _ in 0..<20 {
            var damaged = next(below: 2) == 0 ? whole : Array(whole.prefix(next(below: whole.count)))
            if !damaged.isEmpty { damaged[next(below: damaged.count)] = UInt8(next(below: 256)) }
            var rules = merges
            rules[next(below: rules.count)] = UInt8(next(below: 128))
            var file = single
            file[next(below: file.count)] = UInt8(next(below: 128))
            var files = [
                "vocab.json": String(decoding: damaged, as: UTF8.self),
                "merges.txt": String(decoding: rules, as: UTF8.self),
            ]
            if next(below: 2) == 0 { files["tokenizer.json"] = String(decoding: file, as: UTF8.self) }
            try Fixtures.withFolder(files) { folder in
                do {
                    let ids = try Tokenizer(folder: folder).encode("a girl")
                    #expect(ids.count == 77)
                } catch {
                    #expect(error is TokenizerError)
                }
            }
        }
    }
}
