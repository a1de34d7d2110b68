/// An entry set before it is recorded: what happened, when, and which amounts moved.
public struct LedgerEntry: Hashable, Sendable {
    /// What an entry set is about.
    public enum Subject: Hashable, Sendable {
        /// A picture reached its buyer, drawn with these styles. One entry set a picture.
        case delivery(Identifier<DeliveredPicture>, [StyleWeight])
        /// A payer put money in.
        case topUp(Identifier<Payer>)
        /// A holder was paid.
        case payout(Identifier<RightsHolder>)
        /// Amounts that mend an earlier entry set, which stays as it is.
        case correction(of: Int)
        /// The whole of an earlier entry set taken back; once at most.
        case reversal(of: Int)
    }

    /// A style's share in drawing a picture: its adapter and strength.
    public struct StyleWeight: Hashable, Sendable, Codable {
        /// The style.
        public let style: Identifier<Style>
        /// The adapter's strength in thousandths, without its sign; 1 to 100,000.
        public let weightMilli: Int

        /// A style's share.
        public init(style: Identifier<Style>, weightMilli: Int) {
            self.style = style
            self.weightMilli = weightMilli
        }
    }

    /// When it happened, by the clock of the machine that recorded it. Clocks may disagree: the order is the sequence.
    public let time: Timestamp
    /// What it is about.
    public let subject: Subject
    /// The currency of all amounts.
    public let currency: Currency
    /// The amounts, whose sum is 0.
    public let postings: [Posting]
    /// Why, for a reader: a payment's reference, a correction's reason. At most 500 bytes.
    public let note: String

    /// The most postings in one entry set: some styles of a few hundred works each.
    static let maximumPostings = 10_000
    /// The longest note in bytes.
    static let maximumNoteBytes = 500
    /// The largest amount, a tenth of what 64 bits hold, so that ten of them never overflow.
    static let maximumMicros: Int64 = 900_000_000_000_000_000

    /// An entry set that balances.
    /// - Throws: ``RightsError`` with code `unbalanced`, `overflow` or `invalidValue`.
    public init(time: Timestamp, subject: Subject, currency: Currency, postings: [Posting], note: String = "")
        throws
    {
        guard postings.count <= Self.maximumPostings else {
            throw RightsError(
                .invalidValue,
                "\(postings.count) postings are more than \(Self.maximumPostings); record them in several entry sets"
            )
        }
        guard note.utf8.count <= Self.maximumNoteBytes else {
            throw RightsError(
                .invalidValue, "the note has \(note.utf8.count) bytes; \(Self.maximumNoteBytes) are the most")
        }
        var sum: Int64 = 0
        for posting in postings {
            guard posting.debitMicros != 0 else {
                throw RightsError(
                    .invalidValue, "a posting of 0 on \(posting.account.text) says nothing; leave it out")
            }
            guard posting.debitMicros.magnitude <= Self.maximumMicros.magnitude else {
                throw RightsError(
                    .overflow, "the amount on \(posting.account.text) is larger than a ledger keeps")
            }
            let (next, overflows) = sum.addingReportingOverflow(posting.debitMicros)
            guard !overflows else {
                throw RightsError(.overflow, "the amounts' sum does not fit into 64 bits")
            }
            sum = next
        }
        guard sum == 0 else {
            throw RightsError(
                .unbalanced,
                "debits exceed credits by \(sum) micro-units; both must be equal, so post the difference somewhere"
            )
        }
        self.time = time
        self.subject = subject
        self.currency = currency
        self.postings = postings
        self.note = note
        try Self.check(subject, postings: postings)
    }

    private static func check(_ subject: Subject, postings: [Posting]) throws {
        switch subject {
        case .delivery(_, let styles):
            guard styles.allSatisfy({ RoyaltySplit.weightRange.contains($0.weightMilli) }) else {
                throw RightsError(
                    .invalidValue,
                    "a style's strength is from 0.001 to 100 without its sign; leave out styles that were not used"
                )
            }
            guard Set(styles.map(\.style)).count == styles.count else {
                throw RightsError(.invalidValue, "a style is named twice; add its strengths up first")
            }
        case .correction(let sequence), .reversal(let sequence):
            guard sequence >= 1 else {
                throw RightsError(.invalidValue, "entry sets are counted from 1; there is no \(sequence)")
            }
        case .topUp, .payout:
            guard !postings.isEmpty else {
                throw RightsError(.invalidValue, "a payment without postings moves nothing; leave it out")
            }
        }
    }

    /// The entry set that takes a recorded one back.
    /// - Throws: ``RightsError`` where the note is too long.
    public static func reversing(_ record: LedgerRecord, time: Timestamp, note: String) throws -> LedgerEntry
    {
        try LedgerEntry(
            time: time, subject: .reversal(of: record.sequence), currency: record.entry.currency,
            postings: record.entry.postings.map(\.reversed), note: note)
    }
}

/// An ISO 4217 currency code, such as `KRW`.
public struct Currency: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The three capital letters.
    public let code: String

    /// Takes three capital letters.
    /// - Throws: ``RightsError`` with code `invalidValue` where the text is anything else.
    public init(_ code: String) throws {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw RightsError(.invalidValue, "a currency is three capital letters, as KRW or USD")
        }
        self.code = code
    }

    /// The three capital letters.
    public var description: String { code }

    /// By the alphabet.
    public static func < (left: Self, right: Self) -> Bool { left.code < right.code }
}
