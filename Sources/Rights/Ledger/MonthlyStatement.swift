/// What a holder earned and was paid in a month, in one currency.
public struct MonthlyStatement: Sendable, Hashable {
    /// One work's month in one style.
    public struct Line: Sendable, Hashable {
        /// The style.
        public let style: Identifier<Style>
        /// The work.
        public let work: Identifier<Work>
        /// Delivered pictures that paid for the work.
        public let pictureCount: Int
        /// Earned by deliveries, in micro-units.
        public let earnedMicros: Int64
        /// Added or taken back by corrections, in micro-units.
        public let correctedMicros: Int64
    }

    /// Whose statement it is.
    public let holder: Identifier<RightsHolder>
    /// The month.
    public let month: CalendarMonth
    /// The currency of all amounts.
    public let currency: Currency
    /// Owed before the month began.
    public let openingMicros: Int64
    /// One line for each style and work that moved, sorted by both.
    public let lines: [Line]
    /// Paid out in the month, less payments taken back.
    public let paidMicros: Int64
    /// Owed at the month's end: opening, earned and corrected, less paid.
    public let closingMicros: Int64
}

/// Makes a statement from the ledger's records, one after the other, in whatever order.
public struct MonthlyStatementBuilder: Sendable {
    private struct Key: Hashable {
        let style: Identifier<Style>
        let work: Identifier<Work>
    }

    private struct Sums {
        var pictureCount = 0
        var earnedMicros: Int64 = 0
        var correctedMicros: Int64 = 0
    }

    private let holder: Identifier<RightsHolder>
    private let month: CalendarMonth
    private let currency: Currency
    private let utcOffsetMinutes: Int
    private var openingMicros: Int64 = 0
    private var paidMicros: Int64 = 0
    private var sums: [Key: Sums] = [:]

    /// Begins a statement.
    /// - Parameter utcOffsetMinutes: whose midnight parts the months; Korea's is 540.
    public init(
        holder: Identifier<RightsHolder>, month: CalendarMonth, currency: Currency, utcOffsetMinutes: Int = 0
    ) {
        self.holder = holder
        self.month = month
        self.currency = currency
        self.utcOffsetMinutes = utcOffsetMinutes
    }

    /// Takes a record into account. Sums stay below 64 bits because the ledger refused those that would not.
    public mutating func add(_ record: LedgerRecord) {
        let entry = record.entry
        guard entry.currency == currency else { return }
        let recordMonth = entry.time.day(utcOffsetMinutes: utcOffsetMinutes).month
        guard recordMonth <= month else { return }
        for posting in entry.postings where posting.account.holder == holder {
            let micros = 0 &- posting.debitMicros
            if recordMonth < month {
                openingMicros &+= micros
            } else if case .earnings(_, let style, let work) = posting.account {
                add(micros, to: Key(style: style, work: work), subject: entry.subject)
            } else {
                paidMicros &-= micros
            }
        }
    }

    private mutating func add(_ micros: Int64, to key: Key, subject: LedgerEntry.Subject) {
        if case .delivery = subject {
            sums[key, default: Sums()].pictureCount += 1
            sums[key, default: Sums()].earnedMicros &+= micros
        } else {
            sums[key, default: Sums()].correctedMicros &+= micros
        }
    }

    /// The statement of all records added.
    public func finished() -> MonthlyStatement {
        let lines = sums.map { key, sums in
            MonthlyStatement.Line(
                style: key.style, work: key.work, pictureCount: sums.pictureCount,
                earnedMicros: sums.earnedMicros,
                correctedMicros: sums.correctedMicros)
        }.sorted { ($0.style, $0.work) < ($1.style, $1.work) }
        let moved = lines.reduce(Int64(0)) { $0 &+ $1.earnedMicros &+ $1.correctedMicros }
        return MonthlyStatement(
            holder: holder, month: month, currency: currency, openingMicros: openingMicros, lines: lines,
            paidMicros: paidMicros, closingMicros: openingMicros &+ moved &- paidMicros)
    }
}
