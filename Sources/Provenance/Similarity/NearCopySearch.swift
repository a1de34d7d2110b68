import Images

/// Looks whether drawn pictures are near copies of works: the whole, turned or mirrored, or parts of either.
///
/// Works are hashed in eight turns, whole and in five tiles of half their sides; drawn pictures whole and in the same tiles. A
/// whole picture is compared with all of that, a tile only with whole works: the first finds a picture that shows a part of a
/// work, the second one that has a work in it. What has too little in it to be told apart is not compared.
public struct NearCopySearch: Sendable {
    /// A drawn picture and a work that look alike.
    public struct Pair: Sendable, Hashable {
        /// The drawn picture, as it was named.
        public let picture: String
        /// The work, as it was named.
        public let work: String
        /// In how many of 256 bits they differ.
        public let distance: Int
        /// Whether a part of one is meant.
        public let isPartial: Bool
    }

    /// The most works: each has 48 hashes, and every picture is compared with all of them.
    public static let workLimit = 20_000

    private var wholes = PerceptualHashIndex()
    private var tiles = PerceptualHashIndex()
    private let limit: Int

    /// A search among no works.
    /// - Parameter limit: in how many bits near copies may differ.
    public init(limit: Int = PerceptualHash.matchLimit) { self.limit = limit }

    /// Adds a work.
    public mutating func add(_ work: Picture, name: String) {
        for hash in Self.turns(of: work) { wholes.add(hash, name: name) }
        for tile in Self.tiles(of: work) {
            for hash in Self.turns(of: tile) { tiles.add(hash, name: name) }
        }
    }

    /// The work that a picture comes nearest to being a copy of; nil where it is none.
    public func nearest(to picture: Picture, name: String) -> Pair? {
        var best: Pair?
        func consider(_ found: NearestPicture?, isPartial: Bool) {
            guard let found, found.distance < best?.distance ?? .max else { return }
            best = Pair(
                picture: name, work: found.name, distance: found.distance, isPartial: isPartial)
        }
        if let hash = Self.hash(of: picture) {
            consider(wholes.nearest(to: hash, within: limit), isPartial: false)
            consider(tiles.nearest(to: hash, within: limit), isPartial: true)
        }
        for tile in Self.tiles(of: picture) {
            if let hash = Self.hash(of: tile) {
                consider(wholes.nearest(to: hash, within: limit), isPartial: true)
            }
        }
        return best
    }

    private static func hash(of picture: Picture) -> PerceptualHash? {
        let measured = PerceptualHash.measured(picture)
        return measured.quality >= PerceptualHash.qualityLimit ? measured.hash : nil
    }

    private static func turns(of picture: Picture) -> [PerceptualHash] {
        hash(of: picture) == nil ? [] : PerceptualHash.turns(of: picture)
    }

    /// The four quarters and the middle; none of a picture too small to have them.
    private static func tiles(of picture: Picture) -> [Picture] {
        let (width, height) = (picture.width / 2, picture.height / 2)
        guard min(width, height) >= 32 else { return [] }
        let corners = [(0, 0), (picture.width - width, 0), (0, picture.height - height)]
        let more = [
            (picture.width - width, picture.height - height),
            ((picture.width - width) / 2, (picture.height - height) / 2),
        ]
        return (corners + more).map { left, top in
            picture.cropped(x: left..<left + width, y: top..<top + height)
        }
    }
}
