import ArgumentParser
import Rights
import Stores

extension LedgerCommand {
    struct Payout: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records that a holder was paid; the payment itself is made elsewhere.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The holder, as `ondol rights holders list` shows it.")
        var holder: String
        @Argument(help: "The amount, as 12.50, in the settings' currency.")
        var amount: String
        @Option(help: "The payment's reference.")
        var note = ""

        func run() async throws {
            let micros = try LedgerCommand.payment(amount)
            let name: Identifier<RightsHolder> = try Identifier(holder)
            try await data.record { store, time, currency in
                guard try await store.registry().holders[name] != nil else {
                    throw ValidationError(
                        "there is no holder \(holder); `ondol rights holders list` shows them")
                }
                return try LedgerEntry(
                    time: time, subject: .payout(name), currency: currency,
                    postings: [.debit(.payouts(name), micros: micros), .credit(.cash, micros: micros)],
                    note: note)
            }
        }
    }

    struct TopUp: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "top-up", abstract: "Records that somebody who draws has paid in.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The payer: a key's name, as `ondol keys list` shows it.")
        var payer: String
        @Argument(help: "The amount, as 12.50, in the settings' currency.")
        var amount: String
        @Option(help: "The payment's reference.")
        var note = ""

        func run() async throws {
            let micros = try LedgerCommand.payment(amount)
            let name: Identifier<Payer> = try Identifier(payer)
            try await data.record { store, time, currency in
                guard try await store.keys().contains(where: { $0.id.text == payer }) else {
                    throw ValidationError("there is no key \(payer); `ondol keys list` shows them")
                }
                return try LedgerEntry(
                    time: time, subject: .topUp(name), currency: currency,
                    postings: [.debit(.cash, micros: micros), .credit(.payer(name), micros: micros)],
                    note: note)
            }
        }
    }

    struct Reverse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a record back by a new one; the old one stays as it is.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The record's number.")
        var record: Int
        @Option(help: "Why.")
        var note: String

        func run() async throws {
            try await data.record { store, time, _ in
                guard let found = try await store.ledgerRecord(record) else {
                    throw ValidationError("there is no record \(record)")
                }
                return try LedgerEntry.reversing(found, time: time, note: note)
            }
        }
    }

    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mends a record by amounts of a new one; the old one stays as it is.",
            discussion:
                "Accounts are written as in the ledger's lines: operator, cash, payer:KEY, payouts:HOLDER, "
                + "earnings:HOLDER:STYLE:WORK. Debits and credits must be equal.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The record's number.")
        var record: Int
        @Option(help: ArgumentHelp("An account to debit.", valueName: "account=amount"))
        var debit: [String] = []
        @Option(help: ArgumentHelp("An account to credit.", valueName: "account=amount"))
        var credit: [String] = []
        @Option(help: "Why.")
        var note: String

        func run() async throws {
            let postings =
                try debit.map { try Self.posting($0) { .debit($0, micros: $1) } }
                + credit.map { try Self.posting($0) { .credit($0, micros: $1) } }
            guard !postings.isEmpty else { throw ValidationError("give --debit and --credit") }
            try await data.record { store, time, _ in
                guard let found = try await store.ledgerRecord(record) else {
                    throw ValidationError("there is no record \(record)")
                }
                return try LedgerEntry(
                    time: time, subject: .correction(of: record), currency: found.entry.currency,
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
