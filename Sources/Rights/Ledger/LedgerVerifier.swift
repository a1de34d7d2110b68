/// Reads a stored ledger again from its first line and says where it is not what was written.
///
/// Every byte of a line is under its hash and every hash is in the next line, so a changed, missing, added or moved line
/// shows. A tail cut off shows against a head that was noted down elsewhere.
public struct LedgerVerifier: Sendable {
    /// A place where the chain is broken.
    public struct Finding: Sendable, Hashable {
        /// The line, counted from 1; one past the last where something is missing at the end.
        public let line: Int
        /// What is wrong with it.
        public let message: String
    }

    /// The most findings kept: after damage on this scale a longer list helps nobody.
    public static let maximumFindings = 100

    /// What was found so far, in the order of the lines.
    public private(set) var findings: [Finding] = []
    private var ledger = Ledger()
    /// Where the chain is, by what the lines say of themselves: one damaged line must not make all others look damaged.
    private var stated = LedgerHead.empty
    private var lineCount = 0
    private let notedHead: LedgerHead?

    /// Begins with an empty chain.
    /// - Parameter notedHead: where the chain ended when somebody noted it down, or nil. It may have grown since.
    public init(notedHead: LedgerHead? = nil) { self.notedHead = notedHead }

    /// Reads the next line, as bytes without the newline.
    public mutating func check(_ bytes: [UInt8]) {
        lineCount += 1
        guard let line = String(validating: bytes, as: UTF8.self) else {
            stated = LedgerHead(count: stated.count + 1, hash: stated.hash)
            return find("the line is not UTF-8; restore it from a backup")
        }
        do {
            let record = try LedgerLine.record(from: line)
            if record.sequence != stated.count + 1 || record.previousHash != stated.hash {
                find(
                    "record \(record.sequence) does not follow on the line before: one was changed, moved or removed"
                )
            } else if findings.isEmpty {
                try ledger.take(record)
            }
            stated = record.head
            if let notedHead, notedHead.count == stated.count, notedHead != stated {
                find("record \(stated.count) is not the one that was noted: the chain was written anew")
            }
        } catch {
            find((error as? RightsError)?.message ?? "the line cannot be read")
            stated = Self.head(stating: line) ?? LedgerHead(count: stated.count + 1, hash: stated.hash)
        }
    }

    /// Ends the reading.
    /// - Returns: The verified chain's end, or nil where anything was found.
    public mutating func finish() -> LedgerHead? {
        if let notedHead, notedHead.count > stated.count {
            lineCount += 1
            find(
                "the chain ends at record \(stated.count), but record \(notedHead.count) was noted: its tail is cut off"
            )
        }
        if findings.isEmpty, !ledger.isBalanced { find("the balances do not add up to 0") }
        return findings.isEmpty ? ledger.head : nil
    }

    /// The books as verified; complete only where nothing was found.
    public var books: Ledger { ledger }

    private mutating func find(_ message: String) {
        guard findings.count < Self.maximumFindings else { return }
        findings.append(Finding(line: lineCount, message: message))
    }

    /// The head that a damaged line claims to make.
    private static func head(stating line: String) -> LedgerHead? {
        let fields = line.utf8.split(separator: 0x09, omittingEmptySubsequences: false)
        guard fields.count == 11, let sequence = Int(Substring(fields[1])),
            let hash = try? ContentHash(hexadecimal: String(Substring(fields[10])))
        else { return nil }
        return LedgerHead(count: sequence, hash: hash)
    }
}
