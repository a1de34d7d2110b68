/// Learns a byte-level vocabulary of CLIP's kind from captions.
///
/// Starting from the 256 bytes and the 256 bytes that end a word, the pair of neighbouring tokens that
/// occurs most often in the captions becomes a token, again and again, until the vocabulary is full or no
/// pair occurs often enough. Of pairs that occur equally often, the one with the smaller left id is taken,
/// then the one with the smaller right id. The result depends on the words and how often they occur, not on
/// the captions' order, and is the same on every machine.
///
/// Source: R. Sennrich, B. Haddow, A. Birch, "Neural Machine Translation of Rare Words with Subword Units",
/// 2016, https://arxiv.org/abs/1508.07909, algorithm 1.
public struct BytePairTrainer: Sendable {
    /// How many tokens the vocabulary shall have at most, special tokens included; at least 514.
    public let vocabularySize: Int
    /// A pair must occur this often to become a token; at least 1.
    public let minimumPairCount: Int
    /// The special tokens; they take the last ids.
    public let specialTokens: [String]

    /// The most UTF-8 bytes of one caption that are read. A caption has a few hundred.
    public static let maximumCaptionBytes = Tokenizer.maximumTextBytes

    /// - Throws: ``TokenizerError`` with code `invalidArgument` where a size or count is out of range.
    public init(vocabularySize: Int, minimumPairCount: Int = 2) throws(TokenizerError) {
        specialTokens = [SpecialTokens.clip.start.text, SpecialTokens.clip.end.text]
        let smallest = 512 + specialTokens.count
        guard (smallest...Vocabulary.tokenLimit).contains(vocabularySize), minimumPairCount >= 1 else {
            throw TokenizerError(
                .invalidArgument,
                "A vocabulary has \(smallest) to \(Vocabulary.tokenLimit) tokens, and pairs must occur at "
                    + "least once.")
        }
        self.vocabularySize = vocabularySize
        self.minimumPairCount = minimumPairCount
    }

    /// Learns a vocabulary.
    ///
    /// - Returns: a vocabulary of at most ``vocabularySize`` tokens; fewer where the captions are few.
    /// - Throws: ``TokenizerError`` with code `textTooLong` for a caption beyond ``maximumCaptionBytes``.
    /// - Complexity: O(bytes of distinct words × log pairs), memory in proportion to distinct words.
    public func train(on captions: some Sequence<String>) throws(TokenizerError) -> Vocabulary {
        var counts: [[UInt8]: Int] = [:]
        for caption in captions {
            guard caption.utf8.count <= Self.maximumCaptionBytes else {
                throw TokenizerError(
                    .textTooLong,
                    "A caption is \(caption.utf8.count) bytes long; at most \(Self.maximumCaptionBytes) are read."
                )
            }
            countWords(of: caption, in: &counts)
        }
        var state = PairCounting(words: counts)
        var texts = ByteAlphabet.bytesInVocabularyOrder.map { String(ByteAlphabet.characters[Int($0)]) }
        texts += texts.map { $0 + ByteAlphabet.endOfWord }
        var identifiers: [String: Int32] = [:]
        for (identifier, text) in texts.enumerated() { identifiers[text] = Int32(identifier) }
        var merges: [Vocabulary.Merge] = []
        var learned: Set<PairCounting.Pair> = []
        while texts.count + specialTokens.count < vocabularySize {
            guard let pair = state.popMostFrequentPair(atLeast: minimumPairCount) else { break }
            let merge = Vocabulary.Merge(left: texts[Int(pair.left)], right: texts[Int(pair.right)])
            let text = Vocabulary.joined(merge)
            // Two ways to the same text ("a"+"bc", "ab"+"c") share one token. Through such a token a pair can
            // come up again; its rule is there already.
            let identifier = identifiers[text] ?? Int32(texts.count)
            if identifiers.updateValue(identifier, forKey: text) == nil { texts.append(text) }
            if learned.insert(pair).inserted { merges.append(merge) }
            state.merge(pair, into: identifier)
        }
        for token in specialTokens { identifiers[token] = Int32(identifiers.count) }
        return try Vocabulary(identifiers: identifiers, merges: merges)
    }

    private func countWords(of caption: String, in counts: inout [[UInt8]: Int]) {
        let scalars = TextNormalization.normalize(ArraySlice(caption.unicodeScalars))
        var scanner = WordScanner(scalars, in: scalars.indices)
        while let word = scanner.nextWord() {
            var bytes: [UInt8] = []
            for scalar in scalars[word] { bytes.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
            counts[bytes, default: 0] += 1
        }
    }
}
