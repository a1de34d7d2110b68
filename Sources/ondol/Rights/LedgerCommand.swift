import ArgumentParser
import FoundationEssentials
import Rights
import Service
import Simulation
import Stores

/// The books: verified, read, and mended by new entries.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Verifies the books, makes statements, and records payments and corrections.",
        subcommands: [Verify.self, Statement.self, Payout.self, TopUp.self, Reverse.self, Correct.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads the whole ledger again and says where it is not what was written.",
            discussion:
                "Prints where the chain ends. Note that down elsewhere now and then: with --noted a tail that was cut off, or a "
                + "chain that was written anew, is found as well. Ends with 1 where anything is wrong.")

        @OptionGroup var data: DataOptions
        @Option(help: ArgumentHelp("Where the chain ended when you noted it.", valueName: "count:hash"))
        var noted: String?

        func run() async throws {
            let head = try noted.map(Self.head)
            let verification = try await data.withStore { try await $0.verifyLedger(notedHead: head) }
            guard let end = verification.head else {
                for finding in verification.findings { print(finding) }
                Terminal.note("The ledger is not what was written; restore the data folder from a backup.")
                throw ExitCode(1)
            }
            print("\(end.count):\(end.hash)")
            Terminal.note("\(end.count) records, all as they were written.")
        }

        private static func head(_ text: String) throws -> LedgerHead {
            let parts = text.split(separator: ":").map(String.init)
            guard parts.count == 2, let count = Int(parts[0]), count >= 0,
                let hash = try? ContentHash(hexadecimal: parts[1])
            else {
                throw ValidationError("--noted is written as `ondol ledger verify` prints it: count:hash")
            }
            return LedgerHead(count: count, hash: hash)
        }
    }

    struct Statement: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints what a holder earned and was paid in a month.")

        enum Format: String, ExpressibleByArgument, CaseIterable { case csv, html }

        @OptionGroup var data: DataOptions
        @Option(help: ArgumentHelp("The month.", valueName: "2026-11"))
        var month: String
        @Option(help: ArgumentHelp("The holder, as `ondol rights holders list` shows it.", valueName: "id"))
        var holder: String
        @Option(help: "csv or html.")
        var format = Format.csv
        @Option(help: "The currency; by default the settings'.")
        var currency: String?
        @Option(help: "The language of the page: ko or en; by default as the environment's.")
        var language: ReportLanguage?

        func run() async throws {
            let settings = try data.readSettings()
            let name: Identifier<RightsHolder> = try Identifier(holder)
            var builder = MonthlyStatementBuilder(
                holder: name, month: try CalendarMonth(month),
                currency: try Currency(currency ?? settings.ledger.currency),
                utcOffsetMinutes: settings.policy.utcOffsetMinutes)
            let (verification, registry) = try await data.withStore { store in
                (try await store.verifyLedger { builder.add($0) }, try await store.registry())
            }
            // A statement is a promise to pay: none is made from books that are damaged.
            guard verification.head != nil else {
                throw CommandError(
                    "the ledger is not what was written, so that no statement is made; run `ondol ledger verify`"
                )
            }
            let statement = builder.finished()
            guard let known = registry.holders[name] else {
                throw ValidationError("there is no holder \(holder); `ondol rights holders list` shows them")
            }
            switch format {
            case .csv: print(statement.csv, terminator: "")
            case .html:
                let language = language ?? .ofEnvironment(ProcessInfo.processInfo.environment)
                print(
                    statement.html(creditName: known.creditName, isKorean: language == .korean),
                    terminator: "")
            }
        }
    }
}

extension DataOptions {
    /// Appends an entry set and says which record it became.
    func record(_ make: (SQLiteStore, Timestamp, Currency) async throws -> LedgerEntry) async throws {
        let currency = try Currency(try readSettings().ledger.currency)
        let record = try await withStore { store in
            try await store.append(try await make(store, Timestamp(Machine.now()), currency))
        }
        Terminal.note("Recorded as \(record.sequence).")
    }
}
