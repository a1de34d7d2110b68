/// An entry set in its place in the chain. As text it is one line, and the line's hash covers all before it.
public struct LedgerRecord: Hashable, Sendable {
    /// Its place, counted from 1.
    public let sequence: Int
    /// What was recorded.
    public let entry: LedgerEntry
    /// The hash of the line before; 64 zeros before the first.
    public let previousHash: ContentHash
    /// The SHA-256 of this line up to the tab before the hash.
    public let hash: ContentHash

    /// The line without its hash.
    private let content: String

    /// Puts an entry set behind a head.
    public init(_ entry: LedgerEntry, after head: LedgerHead) {
        self.init(entry, sequence: head.count + 1, previousHash: head.hash)
    }

    init(_ entry: LedgerEntry, sequence: Int, previousHash: ContentHash) {
        self.sequence = sequence
        self.entry = entry
        self.previousHash = previousHash
        content = LedgerLine.content(of: entry, sequence: sequence, previousHash: previousHash)
        hash = ContentHash(of: content.utf8)
    }

    /// Reads a stored line. Whether it follows on the line before is the ledger's to say.
    /// - Throws: ``RightsError`` where the line is not one that ``line`` wrote.
    public init(line: String) throws { self = try LedgerLine.record(from: line) }

    /// What a store keeps and a file of the whole ledger holds: tab-separated fields, hash last, no newline.
    public var line: String { content + "\t" + hash.hexadecimal }

    /// The chain's end when this record is its last.
    public var head: LedgerHead { LedgerHead(count: sequence, hash: hash) }
}

/// Where a chain of ledger records ends. Published now and then, it proves later that nothing was cut off.
public struct LedgerHead: Hashable, Sendable, Codable {
    /// How many records there are.
    public let count: Int
    /// The hash of the last one; 64 zeros where there is none.
    public let hash: ContentHash

    /// A chain's end as it was noted down.
    public init(count: Int, hash: ContentHash) {
        self.count = count
        self.hash = hash
    }

    /// The end of a chain without records.
    public static let empty = LedgerHead(count: 0, hash: .beginning)
}
