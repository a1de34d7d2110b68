/// A token that is recognised as a whole, wherever it stands in a text.
public struct SpecialToken: Sendable, Equatable {
    /// The characters that stand for it.
    public let text: String
    /// Whether it is looked for after normalization, so that capitals match too, or before.
    public let matchesNormalizedText: Bool

    /// Makes a special token. Strings in a tokenizer's configuration are looked for before normalization.
    public init(_ text: String, matchesNormalizedText: Bool = false) {
        self.text = text
        self.matchesNormalizedText = matchesNormalizedText
    }
}

/// The roles special tokens play in what CLIP's text encoder reads.
public struct SpecialTokens: Sendable, Equatable {
    /// Stands first.
    public var start: SpecialToken
    /// Stands after the last token of the text.
    public var end: SpecialToken
    /// Stands for a byte the vocabulary does not hold.
    public var unknown: SpecialToken
    /// Fills up to the encoder's length. SD 1.x pads with the end token, SD 2.x with "!".
    public var padding: SpecialToken

    /// CLIP's own: `<|startoftext|>`, and `<|endoftext|>` for everything else.
    public static let clip = SpecialTokens(
        start: SpecialToken("<|startoftext|>"), end: SpecialToken("<|endoftext|>"),
        unknown: SpecialToken("<|endoftext|>"), padding: SpecialToken("<|endoftext|>"))

    /// Those to look for in text: where two roles share a text, the later role says how it is matched.
    ///
    /// Source: `TokenizersBackend.__init__` and `_from_pretrained`, transformers 5.23.0.
    var distinct: [SpecialToken] {
        var result: [SpecialToken] = []
        for token in [start, end, unknown, padding] {
            if let index = result.firstIndex(where: { $0.text == token.text }) {
                result[index] = token
            } else {
                result.append(token)
            }
        }
        return result
    }
}

/// Cuts text at special tokens: the leftmost match is taken, and of those the longest.
struct SpecialTokenSplitter: Sendable {
    /// A stretch of ordinary text, or a special token's id.
    enum Piece: Equatable {
        case text(Range<Int>)
        case token(Int32)
    }

    private let patterns: [(scalars: [Unicode.Scalar], identifier: Int32)]

    init(_ tokens: [(text: String, identifier: Int32)]) {
        patterns =
            tokens.map { (Array($0.text.unicodeScalars), $0.identifier) }
            .sorted { $0.0.count > $1.0.count }
    }

    func split(_ scalars: [Unicode.Scalar]) -> [Piece] {
        var pieces: [Piece] = []
        var textStart = 0
        var position = 0
        while position < scalars.count {
            if let match = match(in: scalars, at: position) {
                if textStart < position { pieces.append(.text(textStart..<position)) }
                pieces.append(.token(match.identifier))
                position += match.length
                textStart = position
            } else {
                position += 1
            }
        }
        if textStart < scalars.count { pieces.append(.text(textStart..<scalars.count)) }
        return pieces
    }

    private func match(
        in scalars: [Unicode.Scalar], at position: Int
    ) -> (length: Int, identifier: Int32)? {
        for pattern in patterns
        where pattern.scalars[0] == scalars[position] && scalars[position...].starts(with: pattern.scalars) {
            return (pattern.scalars.count, pattern.identifier)
        }
        return nil
    }
}
