/// A vocabulary's merge rules, arranged for cutting words into tokens.
///
/// Of all neighbouring pairs in a word that have a rule, the one whose rule stands first in `merges.txt` is
/// merged, the leftmost first where it occurs more than once, until none is left. A word of n bytes takes
/// O(n log n), so that a word as long as the longest allowed text is no trap.
///
/// Source: R. Sennrich, B. Haddow, A. Birch, "Neural Machine Translation of Rare Words with Subword Units",
/// 2016, https://arxiv.org/abs/1508.07909; order of merging as in huggingface/tokenizers 0.23
/// `models/bpe/word.rs`.
struct MergeTable: Sendable {
    private struct Rule {
        let rank: Int32
        let result: Int32
    }

    /// A pair that could merge. It may be out of date when its turn comes: then `result` no longer agrees
    /// with what stands at `position`, and it is dropped.
    fileprivate struct Candidate: Comparable {
        let rank: Int32
        let position: Int32
        let result: Int32

        static func < (left: Candidate, right: Candidate) -> Bool {
            (left.rank, left.position) < (right.rank, right.position)
        }
    }

    /// One token of a word being merged; `next` and `previous` are positions, or -1.
    fileprivate struct Node {
        var symbol: Int32
        var previous: Int32
        var next: Int32
    }

    /// Working space, kept between words so that a text allocates it once.
    struct Workspace {
        fileprivate var nodes: [Node] = []
        fileprivate var candidates = BinaryHeap<Candidate>()

        init() {}
    }

    private let rules: [UInt64: Rule]
    private let byteSymbols: [Int32]
    private let finalByteSymbols: [Int32]

    /// - Parameter unknown: the token that stands for a byte the vocabulary does not hold.
    init(_ vocabulary: Vocabulary, unknown: Int32) {
        let identifiers = vocabulary.identifiers
        byteSymbols = ByteAlphabet.characters.map { identifiers[String($0)] ?? unknown }
        finalByteSymbols = ByteAlphabet.characters.map {
            identifiers[String($0) + ByteAlphabet.endOfWord] ?? unknown
        }
        var rules = [UInt64: Rule](minimumCapacity: vocabulary.merges.count)
        for (rank, merge) in vocabulary.merges.enumerated() {
            guard let left = identifiers[merge.left], let right = identifiers[merge.right],
                let result = identifiers[Vocabulary.joined(merge)]
            else { continue }  // `Vocabulary.init` refused such a rule already.
            rules[Self.key(left, right)] = Rule(rank: Int32(rank), result: result)
        }
        self.rules = rules
    }

    /// Appends the tokens of one word, given as UTF-8 bytes.
    func appendTokens(of word: [UInt8], to tokens: inout [Int32], using work: inout Workspace) {
        load(word, into: &work)
        guard !work.nodes.isEmpty else { return }
        while let candidate = work.candidates.popLeast() {
            merge(candidate, in: &work)
        }
        var position: Int32 = 0
        while position >= 0 {
            tokens.append(work.nodes[Int(position)].symbol)
            position = work.nodes[Int(position)].next
        }
    }

    private func load(_ word: [UInt8], into work: inout Workspace) {
        work.nodes.removeAll(keepingCapacity: true)
        work.candidates.removeAll()
        for byte in word {
            let position = Int32(work.nodes.count)
            work.nodes.append(
                Node(symbol: byteSymbols[Int(byte)], previous: position - 1, next: position + 1))
        }
        guard let lastByte = word.last else { return }
        work.nodes[work.nodes.count - 1].symbol = finalByteSymbols[Int(lastByte)]
        work.nodes[work.nodes.count - 1].next = -1
        for position in 0..<(work.nodes.count - 1) {
            insertCandidate(at: Int32(position), in: &work)
        }
    }

    private func merge(_ candidate: Candidate, in work: inout Workspace) {
        let position = Int(candidate.position)
        let node = work.nodes[position]
        guard node.symbol >= 0, node.next >= 0 else { return }
        let right = work.nodes[Int(node.next)]
        guard rules[Self.key(node.symbol, right.symbol)]?.result == candidate.result else { return }
        work.nodes[Int(node.next)].symbol = -1
        work.nodes[position].symbol = candidate.result
        work.nodes[position].next = right.next
        if right.next >= 0 { work.nodes[Int(right.next)].previous = candidate.position }
        if node.previous >= 0 { insertCandidate(at: node.previous, in: &work) }
        insertCandidate(at: candidate.position, in: &work)
    }

    private func insertCandidate(at position: Int32, in work: inout Workspace) {
        let node = work.nodes[Int(position)]
        guard node.next >= 0 else { return }
        guard let rule = rules[Self.key(node.symbol, work.nodes[Int(node.next)].symbol)] else { return }
        work.candidates.insert(Candidate(rank: rule.rank, position: position, result: rule.result))
    }

    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }
}
