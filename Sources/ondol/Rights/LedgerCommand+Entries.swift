import ArgumentParser
import Rights
import Stores

extension LedgerCommand {
    struct Payout: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records that a holder was paid; the payment itself is made elsewhere.")

        @Argument(help: "The holder, as `ondol rights holders list` shows it.")
        var holder: String
        @OptionGroup var payment: PaymentOptions

        func run() async throws {
            let name: Identifier<RightsHolder> = try Identifier(holder)
            try await payment.record(.payout(name)) { store in
                guard try await store.registry().holders[name] != nil else {
                    throw ValidationError(
                        "there is no holder \(holder); `ondol rights holders list` shows them")
                }
                return (debit: .payouts(name), credit: .cash)
            }
        }
    }

    struct TopUp: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "top-up", abstract: "Records that somebody who draws has paid in.")

        @Argument(help: "The payer: a key's name, as `ondol keys list` shows it.")
        var payer: String
        @OptionGroup var payment: PaymentOptions

        func run() async throws {
            let name: Identifier<Payer> = try Identifier(payer)
            try await payment.record(.topUp(name)) { store in
                guard try await store.keys().contains(where: { $0.id.text == payer }) else {
                    throw ValidationError("there is no key \(payer); `ondol keys list` shows them")
                }
                return (debit: .cash, credit: .payer(name))
            }
        }
    }

    struct Reverse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a record back by a new one; the old one stays as it is.")

        @OptionGroup var mending: MendingOptions

        func run() async throws {
            try await mending.record { found, time, note in
                try LedgerEntry.reversing(found, time: time, note: note)
            }
        }
    }

    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mends a record by amounts of a new one; the old one stays as it is.",
            discussion:
                "Accounts are written as in the ledger's lines: operator, cash, payer:KEY, payouts:HOLDER, "
                + "earnings:HOLDER:STYLE:WORK. Debits and credits must be equal.")

        @OptionGroup var mending: MendingOptions
        @Option(help: ArgumentHelp("An account to debit.", valueName: "account=amount"))
        var debit: [String] = []
        @Option(help: ArgumentHelp("An account to credit.", valueName: "account=amount"))
        var credit: [String] = []

        func run() async throws {
            let postings =
                try debit.map { try Self.posting($0) { .debit($0, micros: $1) } }
                + credit.map { try Self.posting($0) { .credit($0, micros: $1) } }
            guard !postings.isEmpty else { throw ValidationError("give --debit and --credit") }
            try await mending.record { found, time, note in
                try LedgerEntry(
                    time: time, subject: .correction(of: found.sequence), currency: found.entry.currency,
                    postings: postings, note: note)
            }
        }

        private static func posting(
            _ text: String, _ side: (LedgerAccount, Int64) -> Posting
        ) throws -> Posting {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2 else {
                throw ValidationError("\(text) is not written as account=amount, as operator=12.50")
            }
            let account: LedgerAccount
            do {
                account = try LedgerAccount(text: parts[0])
            } catch {
                throw ValidationError("\(parts[0]) is no account; `ondol ledger correct --help` lists them")
            }
            return side(account, try LedgerCommand.payment(String(parts[1])))
        }
    }

    /// An amount that moves.
    fileprivate static func payment(_ text: String) throws -> Int64 {
        let micros = try MicroAmount.micros(text)
        guard micros > 0 else { throw ValidationError("an amount is more than 0") }
        return micros
    }
}

/// What every payment takes.
struct PaymentOptions: ParsableArguments {
    @OptionGroup var data: DataOptions
    @Argument(help: "The amount, as 12.50, in the settings' currency.")
    var amount: String
    @Option(help: "The payment's reference.")
    var note = ""

    /// Books the payment between the accounts that are given back once it is known that there is such a holder or payer.
    fileprivate func record(
        _ subject: LedgerEntry.Subject,
        _ accounts: (SQLiteStore) async throws -> (debit: LedgerAccount, credit: LedgerAccount)
    ) async throws {
        let micros = try LedgerCommand.payment(amount)
        try await data.record { store, time, currency in
            let (debit, credit) = try await accounts(store)
            return try LedgerEntry(
                time: time, subject: subject, currency: currency,
                postings: [.debit(debit, micros: micros), .credit(credit, micros: micros)], note: note)
        }
    }
}

/// What everything takes that mends a record.
struct MendingOptions: ParsableArguments {
    @OptionGroup var data: DataOptions
    @Argument(help: "The record's number.")
    var record: Int
    @Option(help: "Why.")
    var note: String

    /// Appends what mends the record.
    fileprivate func record(
        _ make: (LedgerRecord, Timestamp, _ note: String) throws -> LedgerEntry
    ) async throws {
        try await data.record { store, time, _ in
            guard let found = try await store.ledgerRecord(record) else {
                throw ValidationError("there is no record \(record)")
            }
            return try make(found, time, note)
        }
    }
}
