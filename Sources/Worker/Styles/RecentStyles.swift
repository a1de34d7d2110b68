/// Which loaded styles are kept, within so many bytes: plain state.
///
/// The one used longest ago goes first. One that is larger than the limit by itself is kept until another comes: it is drawn
/// with, and drawn with again more likely than not.
struct RecentStyles<Key: Hashable & Sendable, Style: Sendable>: Sendable {
    private let byteLimit: Int
    private var styles: [Key: (style: Style, byteCount: Int)] = [:]
    /// The keys, the one used last at the end; some dozens.
    private var order: [Key] = []
    /// Bytes of all that are kept.
    private(set) var byteCount = 0

    init(byteLimit: Int) { self.byteLimit = byteLimit }

    /// A style that is kept, which counts as a use.
    mutating func style(for key: Key) -> Style? {
        guard let kept = styles[key] else { return nil }
        order.removeAll { $0 == key }
        order.append(key)
        return kept.style
    }

    /// Keeps a style, and gives back the keys of those that had to go for it.
    mutating func keep(_ style: Style, byteCount bytes: Int, for key: Key) -> [Key] {
        if let old = styles.removeValue(forKey: key) { byteCount -= old.byteCount }
        order.removeAll { $0 == key }
        var gone: [Key] = []
        while byteCount + bytes > byteLimit, let oldest = order.first {
            order.removeFirst()
            byteCount -= styles.removeValue(forKey: oldest)?.byteCount ?? 0
            gone.append(oldest)
        }
        styles[key] = (style, bytes)
        byteCount += bytes
        order.append(key)
        return gone
    }
}
