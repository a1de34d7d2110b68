/// How often each pair of neighbouring tokens occurs in a set of words, kept up to date while pairs merge.
///
/// Only the words that hold a merged pair are visited. The heap may hold counts that are out of date; they
/// are recognised and dropped when they come out.
struct PairCounting {
    /// Two neighbouring tokens; ordered by left id, then by right id.
    struct Pair: Hashable, Comparable {
        let left: Int32
        let right: Int32

        static func < (first: Pair, second: Pair) -> Bool {
            (first.left, first.right) < (second.left, second.right)
        }
    }

    private struct Word {
        var symbols: [Int32]
        let count: Int
    }

    /// Ordered so that the least is the pair to be merged next.
    private struct Entry: Comparable {
        let count: Int
        let pair: Pair

        static func < (first: Entry, second: Entry) -> Bool {
            first.count != second.count ? first.count > second.count : first.pair < second.pair
        }
    }

    private var words: [Word]
    private var counts: [Pair: Int] = [:]
    /// The words in which a pair has ever stood: more than needed at times, never fewer.
    private var places: [Pair: Set<Int>] = [:]
    private var heap = BinaryHeap<Entry>()

    /// - Parameter words: UTF-8 bytes of each distinct word, and how often it occurs.
    init(words wordCounts: [[UInt8]: Int]) {
        var identifierOfByte = [Int32](repeating: 0, count: 256)
        for (identifier, byte) in ByteAlphabet.bytesInVocabularyOrder.enumerated() {
            identifierOfByte[Int(byte)] = Int32(identifier)
        }
        words = wordCounts.map { bytes, count in
            var symbols = bytes.map { identifierOfByte[Int($0)] }
            if let last = symbols.indices.last { symbols[last] += 256 }
            return Word(symbols: symbols, count: count)
        }
        for (index, word) in words.enumerated() {
            for pair in Self.pairs(in: word.symbols) {
                counts[pair, default: 0] += word.count
                places[pair, default: []].insert(index)
            }
        }
        for (pair, count) in counts { heap.insert(Entry(count: count, pair: pair)) }
    }

    mutating func popMostFrequentPair(atLeast minimum: Int) -> Pair? {
        while let entry = heap.popLeast() {
            guard counts[entry.pair] == entry.count else { continue }
            return entry.count >= minimum ? entry.pair : nil
        }
        return nil
    }

    /// Replaces a pair by one token, from left to right, in every word.
    mutating func merge(_ pair: Pair, into symbol: Int32) {
        var changes: [Pair: Int] = [:]
        for index in places[pair] ?? [] {
            let word = words[index]
            let merged = Self.replacing(pair, in: word.symbols, by: symbol)
            for old in Self.pairs(in: word.symbols) { changes[old, default: 0] -= word.count }
            for new in Self.pairs(in: merged) {
                changes[new, default: 0] += word.count
                places[new, default: []].insert(index)
            }
            words[index].symbols = merged
        }
        places[pair] = nil
        for (changed, difference) in changes where difference != 0 {
            let count = counts[changed, default: 0] + difference
            counts[changed] = count > 0 ? count : nil
            if count > 0 { heap.insert(Entry(count: count, pair: changed)) }
        }
    }

    private static func pairs(in symbols: [Int32]) -> some Sequence<Pair> {
        zip(symbols, symbols.dropFirst()).lazy.map(Pair.init)
    }

    private static func replacing(_ pair: Pair, in symbols: [Int32], by replacement: Int32) -> [Int32] {
        var result: [Int32] = []
        result.reserveCapacity(symbols.count)
        var index = 0
        while index < symbols.count {
            if index + 1 < symbols.count, symbols[index] == pair.left, symbols[index + 1] == pair.right {
                result.append(replacement)
                index += 2
            } else {
                result.append(symbols[index])
                index += 1
            }
        }
        return result
    }
}
