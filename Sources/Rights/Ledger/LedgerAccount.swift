/// One side of the books.
public enum LedgerAccount: Hashable, Sendable {
    /// Money that came in from payers and went out to rights holders.
    case cash
    /// What the operator keeps.
    case operatorRevenue
    /// What somebody has paid in and not yet spent.
    case payer(Identifier<Payer>)
    /// What one work has earned for its holder through one style.
    case earnings(holder: Identifier<RightsHolder>, style: Identifier<Style>, work: Identifier<Work>)
    /// What has been paid out to a holder.
    case payouts(Identifier<RightsHolder>)

    /// The account as ledger lines write it, such as `earnings:kim:kim-ink:w-07`.
    public var text: String {
        switch self {
        case .cash: "cash"
        case .operatorRevenue: "operator"
        case .payer(let payer): "payer:\(payer)"
        case .earnings(let holder, let style, let work): "earnings:\(holder):\(style):\(work)"
        case .payouts(let holder): "payouts:\(holder)"
        }
    }

    /// Reads what ``text`` writes.
    /// - Throws: ``RightsError`` with code `damaged`.
    public init(text: Substring) throws {
        let fields = text.utf8.split(separator: 0x3A, omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        switch (fields[0], fields.count) {
        case ("cash", 1): self = .cash
        case ("operator", 1): self = .operatorRevenue
        case ("payer", 2): self = .payer(try Identifier(fields[1]))
        case ("payouts", 2): self = .payouts(try Identifier(fields[1]))
        case ("earnings", 4):
            self = .earnings(
                holder: try Identifier(fields[1]), style: try Identifier(fields[2]),
                work: try Identifier(fields[3]))
        default:
            throw RightsError(.damaged, "there is no account of that kind; restore the line from a backup")
        }
    }

    /// The rights holder whom the account concerns, or nil.
    public var holder: Identifier<RightsHolder>? {
        switch self {
        case .earnings(let holder, _, _), .payouts(let holder): holder
        case .cash, .operatorRevenue, .payer: nil
        }
    }
}

/// An amount on one account. Whole micro-units of the entry's currency, so that sums are exact.
public struct Posting: Hashable, Sendable {
    /// The account.
    public let account: LedgerAccount
    /// Millionths of the currency's unit; positive is a debit, negative a credit, never 0.
    public let debitMicros: Int64

    /// A debit.
    public static func debit(_ account: LedgerAccount, micros: Int64) -> Posting {
        Posting(account: account, debitMicros: micros)
    }

    /// A credit. `micros` must not be `Int64.min`; ledgers refuse amounts near it.
    public static func credit(_ account: LedgerAccount, micros: Int64) -> Posting {
        Posting(account: account, debitMicros: 0 &- micros)
    }

    /// The same amount the other way.
    var reversed: Posting { Posting(account: account, debitMicros: 0 &- debitMicros) }
}
