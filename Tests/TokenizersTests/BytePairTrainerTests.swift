import Testing
import Tokenizers

/// Training equals the slow and obvious way of `Tools/parity/tokenizers_fixtures.py`, byte for byte.
@Suite struct BytePairTrainerTests {
    private let fixture: Fixtures.Captions

    init() throws {
        fixture = try Fixtures.read("captions.json")
    }

    @Test func vocabularyEqualsTheObviousWay() throws {
        let trainer = try BytePairTrainer(vocabularySize: fixture.vocabularySize)
        let vocabulary = try trainer.train(on: fixture.captions)
        #expect(vocabulary.mergesText == (try Fixtures.text("plain/merges.txt")))
        #expect(vocabulary.vocabularyJSON == (try Fixtures.text("plain/vocab.json")))
    }

    @Test func orderOfCaptionsDoesNotMatter() throws {
        let trainer = try BytePairTrainer(vocabularySize: 700)
        let forwards = try trainer.train(on: fixture.captions)
        #expect(try trainer.train(on: fixture.captions.reversed()) == forwards)
        #expect(forwards.size == 700)
    }

    @Test func equallyFrequentPairsGoBySmallerIdentifiers() throws {
        let trainer = try BytePairTrainer(vocabularySize: 515)
        // "cd" and "ab" occur twice each; "a" has the smaller id.
        let vocabulary = try trainer.train(on: ["xcdx xabx", "ycdy yaby"])
        #expect(vocabulary.merges == [Vocabulary.Merge(left: "a", right: "b")])
    }

    @Test func fewCaptionsGiveASmallerVocabulary() throws {
        let vocabulary = try BytePairTrainer(vocabularySize: 5000).train(on: ["ab ab"])
        #expect(vocabulary.size == 515)
        let rarer = try BytePairTrainer(vocabularySize: 5000, minimumPairCount: 3).train(on: ["ab ab"])
        #expect(rarer.merges.isEmpty)
    }

    @Test(arguments: [0, 513, -5, Vocabulary.tokenLimit + 1])
    func impossibleSizesAreRefused(size: Int) {
        #expect(throws: TokenizerError.self) { try BytePairTrainer(vocabularySize: size) }
    }

    @Test func whatWasTrainedCanBeWrittenAndReadAgain() throws {
        let vocabulary = try BytePairTrainer(vocabularySize: 800).train(on: fixture.captions)
        try Fixtures.withFolder([:]) { folder in
            try vocabulary.write(toFolder: folder, maximumLength: 32)
            let read = try Tokenizer(folder: folder)
            let direct = try Tokenizer(vocabulary: vocabulary, maximumLength: 32)
            #expect(read.maximumLength == 32)
            #expect(read.vocabularySize == 800)
            for caption in fixture.captions.prefix(50) {
                #expect(try read.encode(caption) == direct.encode(caption))
            }
        }
    }
}
