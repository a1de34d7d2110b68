import Provenance
import Stores

/// Finds pictures that this service has delivered by what they look like.
///
/// What the store knows is read into an index in memory when somebody asks, and from then on only what is new: 100 bytes a
/// picture, for as many as the store keeps.
public actor KnownPictures {
    private let store: any LikenessStore
    private var index = PerceptualHashIndex()
    private var newest: Int64 = 0

    /// How many are read at once.
    private static let pageSize = 5_000

    /// An index of what a store knows; nothing is read yet.
    public init(store: any LikenessStore) { self.store = store }

    /// A delivered picture that looks like another.
    public struct Match: Sendable, Hashable {
        /// The picture that was delivered.
        public let record: LikenessRecord
        /// How many of the 256 bits of their hashes differ.
        public let distance: Int
    }

    /// The nearest picture, where one is near.
    /// - Parameter turns: the hashes of the picture that is asked about, turned and mirrored ones included.
    /// - Throws: `StoresError`, or ``Server/ServiceUnavailable`` where the store cannot be read for now.
    public func nearest(to turns: [PerceptualHash]) async throws -> Match? {
        try await withStore { try await search(turns) }
    }

    private func search(_ turns: [PerceptualHash]) async throws(StoresError) -> Match? {
        try await readOn()
        // What was removed meanwhile is found out about when it is hit; then the index is made anew, once.
        for attempt in 0...1 {
            let found = turns.compactMap { index.nearest(to: $0) }.min { $0.distance < $1.distance }
            guard let found, let number = Int64(found.name) else { return nil }
            if let record = try await store.likeness(number) {
                return Match(record: record, distance: found.distance)
            }
            guard attempt == 0 else { break }
            index = PerceptualHashIndex()
            newest = 0
            try await readOn()
        }
        return nil
    }

    /// Reads what was delivered since.
    private func readOn() async throws(StoresError) {
        while true {
            let page = try await store.likenesses(after: newest, limit: Self.pageSize)
            // Others may have read the same while this one waited.
            for record in page where record.number > newest {
                newest = record.number
                guard let hash = PerceptualHash(bytes: record.likeness.bytes) else { continue }
                index.add(hash, name: String(record.number))
            }
            guard page.count == Self.pageSize else { return }
        }
    }
}
