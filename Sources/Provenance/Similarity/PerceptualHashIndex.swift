/// Pictures that are known, found again by what they look like.
///
/// A value; a search looks at every hash: a million take some ten milliseconds.
public struct PerceptualHashIndex: Sendable {
    private var words: [UInt64] = []
    private var names: [String] = []

    /// The most pictures: 100 bytes each, so that a full index takes 200 MB.
    public static let countLimit = 2_000_000

    /// An index of nothing.
    public init() {}

    /// How many pictures are known.
    public var count: Int { names.count }

    /// Adds a picture; a full index forgets none and takes no more.
    /// - Returns: whether it was taken.
    @discardableResult
    public mutating func add(_ hash: PerceptualHash, name: String) -> Bool {
        guard names.count < Self.countLimit else { return false }
        words += hash.words
        names.append(name)
        return true
    }

    /// The nearest picture of at most so many differing bits; of several as near, the one that was added first.
    /// - Complexity: O(count).
    public func nearest(
        to hash: PerceptualHash, within limit: Int = PerceptualHash.matchLimit
    ) -> NearestPicture? {
        var best: (index: Int, distance: Int)?
        let (first, second, third, fourth) = (hash.words[0], hash.words[1], hash.words[2], hash.words[3])
        words.withUnsafeBufferPointer { words in
            var position = 0
            for index in 0..<names.count {
                let distance =
                    (words[position] ^ first).nonzeroBitCount + (words[position + 1] ^ second).nonzeroBitCount
                    + (words[position + 2] ^ third).nonzeroBitCount
                    + (words[position + 3] ^ fourth).nonzeroBitCount
                if distance <= limit, distance < best?.distance ?? .max { best = (index, distance) }
                position += 4
            }
        }
        return best.map { NearestPicture(name: names[$0.index], distance: $0.distance) }
    }
}
