/// The text form of ledger records, version 1: tab-separated fields, each byte of which the hash covers.
///
/// `ondol-ledger-1`, sequence, milliseconds, kind, subject, styles, currency, note, postings, previous hash, hash.
/// Styles read `name:thousandths`, postings `account=micros`, both parted by commas. Notes escape as addresses do
/// (`%09`), and only tabs, line ends, control characters and `%` itself, so that they stay readable.
enum LedgerLine {
    static let version = "ondol-ledger-1"

    static func content(of entry: LedgerEntry, sequence: Int, previousHash: ContentHash) -> String {
        let (kind, subject, styles) = fields(of: entry.subject)
        var line = "\(version)\t\(sequence)\t\(entry.time.milliseconds)\t\(kind)\t\(subject)\t"
        line += styles.map { "\($0.style.text):\($0.weightMilli)" }.joined(separator: ",")
        line += "\t\(entry.currency.code)\t"
        line += escaped(entry.note)
        line += "\t"
        var isFirst = true
        for posting in entry.postings {
            if !isFirst { line += "," }
            isFirst = false
            line += posting.account.text
            line += "="
            line += String(posting.debitMicros)
        }
        line += "\t"
        line += previousHash.hexadecimal
        return line
    }

    /// Reads a line. Only the very form that `content` writes is taken: no sign, zero or escape too many.
    /// - Throws: ``RightsError`` with code `damaged`, or another where a field breaks its own rule.
    static func record(from line: String) throws -> LedgerRecord {
        let fields = line.utf8.split(separator: 0x09, omittingEmptySubsequences: false).map { Substring($0) }
        guard fields.count == 11, fields[0] == version else {
            throw RightsError(
                .damaged, "the line has \(fields.count) fields where a record of version 1 has 11")
        }
        guard let sequence = Int(fields[1]), let milliseconds = Int64(fields[2]) else {
            throw RightsError(.damaged, "the line's sequence or time is not a number")
        }
        let entry = try LedgerEntry(
            time: Timestamp(milliseconds: milliseconds),
            subject: subject(kind: fields[3], subject: fields[4], styles: fields[5]),
            currency: Currency(String(fields[6])), postings: list(fields[8]).map(posting),
            note: unescaped(fields[7]))
        let record = LedgerRecord(
            entry, sequence: sequence, previousHash: try ContentHash(hexadecimal: String(fields[9])))
        guard record.line.utf8.elementsEqual(line.utf8) else {
            throw RightsError(.damaged, "the line's content is not what its hash was made from")
        }
        return record
    }

    // MARK: - Fields

    private static func fields(of subject: LedgerEntry.Subject) -> (String, String, [LedgerEntry.StyleWeight])
    {
        switch subject {
        case .delivery(let picture, let styles): ("delivery", picture.text, styles)
        case .topUp(let payer): ("top-up", payer.text, [])
        case .payout(let holder): ("payout", holder.text, [])
        case .correction(let sequence): ("correction", String(sequence), [])
        case .reversal(let sequence): ("reversal", String(sequence), [])
        }
    }

    private static func subject(kind: Substring, subject: Substring, styles: Substring) throws
        -> LedgerEntry.Subject
    {
        let subject = String(subject)
        switch kind {
        case "delivery": return .delivery(try Identifier(subject), try list(styles).map(styleWeight))
        case "top-up": return .topUp(try Identifier(subject))
        case "payout": return .payout(try Identifier(subject))
        case "correction": return .correction(of: try number(subject))
        case "reversal": return .reversal(of: try number(subject))
        default: throw RightsError(.damaged, "there is no record of that kind")
        }
    }

    private static func list(_ field: Substring) -> [Substring] {
        field.isEmpty
            ? [] : field.utf8.split(separator: 0x2C, omittingEmptySubsequences: false).map { Substring($0) }
    }

    private static func number(_ text: String) throws -> Int {
        guard let number = Int(text) else {
            throw RightsError(.damaged, "an entry set is not named by its number")
        }
        return number
    }

    private static func styleWeight(_ text: Substring) throws -> LedgerEntry.StyleWeight {
        let parts = text.utf8.split(separator: 0x3A, omittingEmptySubsequences: false)
        guard parts.count == 2, let weight = Int(Substring(parts[1])) else {
            throw RightsError(.damaged, "a style's weight is not written as name:thousandths")
        }
        return .init(style: try Identifier(String(Substring(parts[0]))), weightMilli: weight)
    }

    private static func posting(_ text: Substring) throws -> Posting {
        let parts = text.utf8.split(separator: 0x3D, omittingEmptySubsequences: false)
        guard parts.count == 2, let micros = Int64(Substring(parts[1])) else {
            throw RightsError(.damaged, "a posting is not written as account=micros")
        }
        return Posting(account: try LedgerAccount(text: Substring(parts[0])), debitMicros: micros)
    }

    // MARK: - Notes

    private static func escaped(_ note: String) -> String {
        guard note.utf8.contains(where: mustEscape) else { return note }
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in note.utf8 {
            if mustEscape(byte) {
                bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func mustEscape(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x25 || byte == 0x7F }

    private static func unescaped(_ field: Substring) throws -> String {
        guard field.utf8.contains(0x25) else { return String(field) }
        var bytes: [UInt8] = []
        var rest = field.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let escaped = UInt8(Substring(rest.prefix(2)), radix: 16) else {
                throw RightsError(.damaged, "the note breaks off inside an escape")
            }
            bytes.append(escaped)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
