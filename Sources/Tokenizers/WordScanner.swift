/// Cuts normalized text into the words within which pairs may merge.
///
/// At each place the first of these that matches is taken: an English contraction (`'s 't 're 've 'm 'll
/// 'd`), a run of letters, one digit, a run of anything else but white space. White space ends a word and is
/// dropped.
///
/// Source: the pattern in `transformers/models/clip/tokenization_clip.py`, transformers 5.23.0, followed by
/// `ByteLevel`, whose own pattern cuts a written-out special token into its bars and its name.
struct WordScanner {
    private let scalars: [Unicode.Scalar]
    private var position: Int
    private let end: Int
    /// Where the closing bars of a written-out special token stand, once its opening bars were taken.
    private var closingBars = -1

    init(_ scalars: [Unicode.Scalar], in range: Range<Int>) {
        self.scalars = scalars
        position = range.lowerBound
        end = range.upperBound
    }

    /// The range of the next word, or nil at the end of the text.
    mutating func nextWord() -> Range<Int>? {
        while position < end, ScalarClass(scalars[position]) == .space { position += 1 }
        guard position < end else { return nil }
        let start = position
        position += length(at: start)
        return start..<position
    }

    private mutating func length(at start: Int) -> Int {
        if let length = contractionLength(at: start) { return length }
        // A special token spelled in capitals reaches this point as text. Its opening bars end their run
        // before the name anyway; its closing bars must not run on into what follows.
        if start == closingBars { return 2 }
        if let length = Self.writtenTokens.first(where: { matches($0, at: start) })?.count {
            closingBars = start + length - 2
        }
        let first = ScalarClass(scalars[start])
        if first == .number { return 1 }
        var stop = start + 1
        while stop < end, ScalarClass(scalars[stop]) == first { stop += 1 }
        return stop - start
    }

    private static let writtenTokens = ["<|startoftext|>", "<|endoftext|>"].map { Array($0.unicodeScalars) }

    private func matches(_ token: [Unicode.Scalar], at start: Int) -> Bool {
        scalars[start] == "<" && scalars[start..<end].starts(with: token)
    }

    private func contractionLength(at start: Int) -> Int? {
        guard scalars[start] == "'", start + 1 < end else { return nil }
        switch scalars[start + 1] {
        case "s", "t", "m", "d": return 2
        case "r", "v": return start + 2 < end && scalars[start + 2] == "e" ? 3 : nil
        case "l": return start + 2 < end && scalars[start + 2] == "l" ? 3 : nil
        default: return nil
        }
    }
}
