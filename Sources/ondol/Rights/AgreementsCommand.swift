import ArgumentParser
import Rights
import Stores

/// What holders and the operator agreed.
struct AgreementsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreements", abstract: "Records agreements, the rights they grant, notices and ends.",
        subcommands: [Add.self, Grant.self, Notice.self, End.self, List.self, Show.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records an agreement; `grant` then says what it grants.")

        @OptionGroup var change: ChangeOptions
        @Argument(help: "What everything else calls it.")
        var id: String
        @Option(help: "With whom.")
        var holder: String
        @Option(help: "The signed document's file, of which the hash is kept.")
        var document: String
        @Option(
            help: ArgumentHelp("The holders' share of each picture's price, in percent.", valueName: "70"))
        var share: String
        @Option(
            help: ArgumentHelp(
                "What the style adds to a picture's price, in the settings' currency: a style in another is not drawn.",
                valueName: "50"))
        var fee = "0"
        @Option(help: ArgumentHelp("Its first day; today unless given.", valueName: "2026-11-01"))
        var from: String?
        @Option(help: ArgumentHelp("Its last day; until notice unless given.", valueName: "2027-10-31"))
        var until: String?
        @Option(help: ArgumentHelp("Days between notice and end.", valueName: "days"))
        var noticeDays = 30
        @Option(
            help: ArgumentHelp(
                "A name of the rule file that the holder owns and that styles under it open; may be given several times.",
                valueName: "name"))
        var opens: [String] = []

        func run() async throws {
            let settings = try change.data.readSettings()
            let bytes = try InputFile.bytes(
                document, maximumBytes: WorksCommand.maximumBytes, kind: "agreement")
            // Hundredths of a percent are ten thousand micro-units of one.
            let share = try MicroAmount.micros(share)
            guard share % 10_000 == 0, (0...100_000_000).contains(share) else {
                throw ValidationError("--share is 0 to 100 percent with two places at the most")
            }
            let names = try RuleFileOnDisk.policy(settings).file.names.map(\.identifier.text)
            for name in opens where !names.contains(name) {
                throw ValidationError("the rule file has no name \(name); `ondol policy show` prints them")
            }
            try await change.record(
                .agreementMade(
                    try Agreement(
                        identifier: Identifier(id), holder: Identifier(holder),
                        document: ContentHash(of: bytes),
                        opensNames: Set(try opens.map { try Identifier($0) }),
                        holderBasisPoints: Int(share / 10_000), feeMicros: MicroAmount.micros(fee),
                        currency: Currency(settings.ledger.currency),
                        from: try from.map { try CalendarDay($0) } ?? change.today(),
                        until: try until.map { try CalendarDay($0) }, noticeDays: noticeDays)))
        }
    }

    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a right to an agreement: one training, or drawing.")

        @OptionGroup var change: ChangeOptions
        @Argument(help: "The agreement.")
        var id: String
        @Option(help: "A training, by its number; each training takes a line of its own.")
        var training: Int?
        @Flag(help: "Drawing.")
        var drawing = false
        @Flag(help: "The pictures may be sold.")
        var commercial = false

        func validate() throws {
            guard (training != nil) != drawing else { throw ValidationError("give --training or --drawing") }
            guard (training ?? 1) >= 1 else { throw ValidationError("trainings are counted from 1") }
        }

        func run() async throws {
            let line: Agreement.Line =
                if let training { .training(training) } else { .drawing(isCommercial: commercial) }
            try await change.record(.agreementLineAdded(try Identifier(id), line))
        }
    }

    struct Notice: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records notice: the agreement ends after its notice days.")

        @OptionGroup var change: ChangeOptions
        @Argument(help: "The agreement.")
        var id: String
        @Option(help: ArgumentHelp("The day of the notice; today unless given.", valueName: "2026-11-28"))
        var on: String?

        func run() async throws {
            let name: Identifier<Agreement> = try Identifier(id)
            let registry = try await change.record(
                .noticeGiven(name, on: try on.map { try CalendarDay($0) } ?? change.today()))
            if let day = registry.agreements[name]?.endsOn { Terminal.note("Its last day is \(day).") }
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Ends an agreement at once: its styles stop within seconds, waiting pictures are told and not charged."
        )

        @OptionGroup var change: ChangeOptions
        @Argument(help: "The agreement.")
        var id: String

        func run() async throws { try await change.record(.agreementTerminated(try Identifier(id))) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the agreements.")

        @OptionGroup var change: ListOptions

        func run() async throws {
            let (registry, today) = try await change.read()
            for state in registry.agreements.values.sorted(by: {
                $0.agreement.identifier < $1.agreement.identifier
            }) {
                print(
                    "\(state.agreement.identifier)  \(state.agreement.holder)  "
                        + (state.isInForce(on: today)
                            ? "in force" : state.isTerminated ? "ended" : "not in force"))
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows an agreement.")

        @OptionGroup var change: ListOptions
        @Argument(help: "The agreement.")
        var id: String

        func run() async throws {
            let (registry, today) = try await change.read()
            guard let state = registry.agreements[try Identifier(id)] else {
                throw ValidationError(
                    "there is no agreement \(id); `ondol rights agreements list` shows them")
            }
            let agreement = state.agreement
            print("\(agreement.identifier)  \(agreement.holder)")
            print("document  SHA-256 \(agreement.document)")
            let share = MicroAmount.text(Int64(agreement.holderBasisPoints) * 10_000).dropLast(4)
            print("share  \(share) %, fee \(MicroAmount.text(agreement.feeMicros)) \(agreement.currency)")
            let last = state.endsOn ?? agreement.until
            print(
                "term  \(agreement.from) to \(last?.description ?? "notice of \(agreement.noticeDays) days")")
            for line in state.lines {
                switch line {
                case .training(let number): print("grants  training \(number)")
                case .drawing(let isCommercial):
                    print("grants  drawing\(isCommercial ? ", for sale as well" : ", not for sale")")
                }
            }
            for name in agreement.opensNames.sorted() { print("opens  \(name)") }
            print(state.isInForce(on: today) ? "in force today" : "not in force today")
        }
    }
}

/// What lists take.
struct ListOptions: ParsableArguments {
    @OptionGroup var data: DataOptions

    /// The registry, and today as the settings count days.
    func read() async throws -> (Registry, CalendarDay) {
        let offset = try data.readSettings().policy.utcOffsetMinutes
        let registry = try await data.withStore { try await $0.registry() }
        return (registry, Timestamp(Machine.now()).day(utcOffsetMinutes: offset))
    }
}
