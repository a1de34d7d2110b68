import Glibc
import Testing

@testable import Tokenizers

/// Ids equal transformers' `CLIPTokenizer` 5.23.0, text by text and folder by folder.
@Suite struct TokenizerParityTests {
    @Test(arguments: [
        "plain", "stable-diffusion-1", "stable-diffusion-2", "added-tokens", "no-configuration",
        "tokenizer-json",
    ])
    func identifiersEqualTheReference(folder: String) throws {
        let expected: Fixtures.Identifiers = try Fixtures.read("identifiers.json")
        let reference = try #require(expected.folders[folder])
        let tokenizer = try Tokenizer(folder: Fixtures.path(folder))
        #expect(tokenizer.paddingToken == reference.padding)
        #expect(tokenizer.maximumLength == reference.length)
        #expect(reference.ids.count >= 80)
        for (text, ids) in zip(expected.texts, reference.ids) {
            let padded = ids + Array(repeating: reference.padding, count: reference.length - ids.count)
            let encoded = try tokenizer.encode(text)
            #expect(encoded == padded, "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
        }
    }

    @Test func aPromptThatDoesNotFitKeepsItsEndToken() throws {
        let tokenizer = try Tokenizer(folder: Fixtures.path("plain"))
        let ids = try tokenizer.encode(String(repeating: "fox ", count: 500))
        #expect(ids.count == 77)
        #expect(ids.first == tokenizer.startToken)
        #expect(ids.last == tokenizer.endToken)
        #expect(try tokenizer.tokenCount(String(repeating: "1 ", count: 500)) == 500)
    }

    @Test func textsBeyondTheLimitAreRefusedWithoutBeingQuoted() throws {
        let tokenizer = try Tokenizer(folder: Fixtures.path("plain"))
        let error = #expect(throws: TokenizerError.self) {
            try tokenizer.encode(String(repeating: "secret", count: 200_000))
        }
        #expect(error?.code == .textTooLong)
        #expect(error?.message.contains("secret") == false)
        #expect(error?.message.contains("65536") == true)
    }

    /// Each would take minutes with a method whose time grows with the square of a word's or a run's length.
    @Test(
        arguments: ["a", "가", "\u{301}", "a\u{301}\u{323}", "!", "<|startoftext|", "\u{1112}\u{1161}", "<|"])
    func textsAtTheLimitAreCutQuickly(unit: String) throws {
        let tokenizer = try Tokenizer(folder: Fixtures.path("plain"))
        let text = String(repeating: unit, count: Tokenizer.maximumTextBytes / unit.utf8.count)
        let start = threadSeconds()
        #expect(try tokenizer.encode(text).count == 77)
        #expect(try tokenizer.tokenCount(text) > 77)
        #expect(threadSeconds() - start < 20)
    }

    /// The processor time that this thread has had, which other tests do not add to.
    private func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
