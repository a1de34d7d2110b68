/// Turns a prompt into the token ids that CLIP's text encoder reads.
///
/// The ids equal those of transformers' `CLIPTokenizer` (5.23.0) on the same folder, called as diffusers
/// does: padded and truncated to the encoder's length. A value type without mutable state; may be used from
/// any number of threads.
///
/// Source: `transformers/models/clip/tokenization_clip.py`, transformers 5.23.0.
public struct Tokenizer: Sendable {
    /// The longest text that ``encode(_:)`` accepts, in UTF-8 bytes: far more than fits into 77 tokens, and
    /// little enough to be tokenized in milliseconds.
    public static let maximumTextBytes = 65_536

    /// The largest accepted ``maximumLength``.
    public static let maximumLengthLimit = 4_096

    /// How many ids ``encode(_:)`` returns; 77 for CLIP.
    public let maximumLength: Int
    /// One more than the highest id: the number of rows the text encoder's embedding must have.
    public let vocabularySize: Int
    /// The id that stands first.
    public let startToken: Int32
    /// The id that follows the text.
    public let endToken: Int32
    /// The id that fills up to ``maximumLength``.
    public let paddingToken: Int32

    private let merges: MergeTable
    private let splitterBeforeNormalization: SpecialTokenSplitter
    private let splitterAfterNormalization: SpecialTokenSplitter

    /// Makes a tokenizer from a vocabulary.
    ///
    /// - Parameters:
    ///   - vocabulary: tokens and merge rules.
    ///   - specialTokens: the texts that play the special roles; each must be in the vocabulary.
    ///   - maximumLength: how many ids a text becomes, 2 to ``maximumLengthLimit``.
    /// - Throws: ``TokenizerError`` where a special token is missing or the length is out of range.
    public init(
        vocabulary: Vocabulary, specialTokens: SpecialTokens = .clip, maximumLength: Int = 77
    ) throws(TokenizerError) {
        guard (2...Self.maximumLengthLimit).contains(maximumLength) else {
            throw TokenizerError(
                .unsupportedValue,
                "model_max_length is \(maximumLength); 2 to \(Self.maximumLengthLimit) is supported.")
        }
        func identifier(_ token: SpecialToken, _ role: String) throws(TokenizerError) -> Int32 {
            guard !token.text.isEmpty, let identifier = vocabulary.identifiers[token.text] else {
                throw TokenizerError(
                    .invalidFile,
                    "The \(role) of the tokenizer is not in vocab.json. Tokens added to a vocabulary "
                        + "afterwards are not supported; write it into vocab.json.")
            }
            return identifier
        }
        startToken = try identifier(specialTokens.start, "bos_token")
        endToken = try identifier(specialTokens.end, "eos_token")
        paddingToken = try identifier(specialTokens.padding, "pad_token")
        merges = MergeTable(vocabulary, unknown: try identifier(specialTokens.unknown, "unk_token"))
        var before: [(String, Int32)] = []
        var after: [(String, Int32)] = []
        for token in specialTokens.distinct {
            let match = (token.text, try identifier(token, "special token"))
            if token.matchesNormalizedText { after.append(match) } else { before.append(match) }
        }
        splitterBeforeNormalization = SpecialTokenSplitter(before)
        splitterAfterNormalization = SpecialTokenSplitter(after)
        self.maximumLength = maximumLength
        vocabularySize = vocabulary.size
    }

    /// The ids of a text: start token, as many of the text's tokens as fit, end token, padding.
    ///
    /// - Returns: exactly ``maximumLength`` ids.
    /// - Throws: ``TokenizerError`` with code `textTooLong` for more than ``maximumTextBytes`` bytes.
    /// - Complexity: O(n log n) in the length of the text.
    public func encode(_ text: String) throws(TokenizerError) -> [Int32] {
        var identifiers = [startToken]
        identifiers += try tokens(of: text, limit: maximumLength - 2)
        identifiers.append(endToken)
        identifiers += repeatElement(paddingToken, count: maximumLength - identifiers.count)
        return identifiers
    }

    /// How many tokens a text has before truncation, without start and end.
    ///
    /// A caller can tell a person that the end of a long prompt will not be read.
    ///
    /// - Throws: as ``encode(_:)``.
    public func tokenCount(_ text: String) throws(TokenizerError) -> Int {
        try tokens(of: text, limit: .max).count
    }

    private func tokens(of text: String, limit: Int) throws(TokenizerError) -> [Int32] {
        guard text.utf8.count <= Self.maximumTextBytes else {
            throw TokenizerError(
                .textTooLong,
                "The text is \(text.utf8.count) bytes long; at most \(Self.maximumTextBytes) are read. "
                    + "Shorten it: a model reads about the first \(maximumLength) words.")
        }
        var result: [Int32] = []
        var work = MergeTable.Workspace()
        let scalars = Array(text.unicodeScalars)
        for piece in splitterBeforeNormalization.split(scalars) where result.count < limit {
            switch piece {
            case .token(let identifier): result.append(identifier)
            case .text(let range):
                appendTokens(ofRawText: scalars[range], limit: limit, to: &result, using: &work)
            }
        }
        return Array(result.prefix(limit))
    }

    private func appendTokens(
        ofRawText scalars: ArraySlice<Unicode.Scalar>, limit: Int, to result: inout [Int32],
        using work: inout MergeTable.Workspace
    ) {
        let normalized = TextNormalization.normalize(scalars)
        var bytes: [UInt8] = []
        for piece in splitterAfterNormalization.split(normalized) where result.count < limit {
            switch piece {
            case .token(let identifier): result.append(identifier)
            case .text(let range):
                var scanner = WordScanner(normalized, in: range)
                while result.count < limit, let word = scanner.nextWord() {
                    bytes.removeAll(keepingCapacity: true)
                    for scalar in normalized[word] {
                        bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
                    }
                    merges.appendTokens(of: bytes, to: &result, using: &work)
                }
            }
        }
    }
}
