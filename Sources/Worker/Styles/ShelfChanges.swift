/// What a second look at a shelf's folder found.
public struct ShelfChanges: Sendable, Hashable {
    /// Styles that are there now and were not, or another adapter or manifest than before, in the order of their names.
    public let read: [StyleShelf.Entry]
    /// Names of styles that are gone.
    public let removed: [String]
    /// Folders that hold no style, with why, and that were not known for it before.
    public let faults: [String]

    /// Whether all is as it was.
    public var isEmpty: Bool { read.isEmpty && removed.isEmpty && faults.isEmpty && !hasFewerFaults }

    private let hasFewerFaults: Bool

    init(from before: ShelfContents, to now: ShelfContents) {
        read = now.entries.filter { before.byName[$0.manifest.identifier.text] != $0 }
        removed = before.entries.map(\.manifest.identifier.text).filter { now.byName[$0] == nil }
        let known = Set(before.faults)
        faults = now.faults.filter { !known.contains($0) }
        hasFewerFaults = before.faults.count > now.faults.count
    }
}
