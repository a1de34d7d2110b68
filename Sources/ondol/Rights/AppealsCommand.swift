import ArgumentParser
import FoundationEssentials
import Rights
import Service
import Stores

/// The queue of appeals against the policy's decisions.
struct AppealsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "appeals",
        abstract: "Shows and answers appeals; an answer becomes an exception or a rule, at once.",
        subcommands: [List.self, Show.self, Answer.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the appeals that wait, the oldest first; prompts are shown by `show` alone.")

        @OptionGroup var data: DataOptions
        @Flag(help: "Those that were answered as well.")
        var all = false

        func run() async throws {
            let appeals = try await data.withStore { store in
                var found: [AppealRecord] = []
                while case let page = try await store.appeals(
                    isOpen: all ? nil : true, after: found.last?.id, limit: 200), !page.isEmpty
                {
                    found += page
                }
                return found
            }
            for appeal in appeals {
                let rules = Set(appeal.decision.findings.map(\.rule.text)).sorted().joined(separator: ",")
                let state = appeal.answer.map { "answered by \($0.actor)" } ?? "open"
                print("\(appeal.id)  \(Timestamp(appeal.created).day())  \(rules)  \(state)")
            }
            if appeals.isEmpty { Terminal.note("No appeal waits.") }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows an appeal with its prompt.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The appeal's name, as `ondol appeals list` shows it.")
        var name: String

        func run() async throws {
            let id = try AppealsCommand.identifier(name)
            guard let appeal = try await data.withStore({ try await $0.appeal(id, for: .service) }) else {
                throw ValidationError("there is no appeal \(name)")
            }
            print("prompt   \(appeal.prompt ?? "removed for its age")")
            print("message  \(appeal.message)")
            for finding in appeal.decision.findings {
                print(
                    "found    \(finding.matchedWords): rule \(finding.rule), name \(finding.name?.text ?? "none"), "
                        + finding.outcome.rawValue)
            }
            print("rules    \(appeal.decision.ruleFileVersion), SHA-256 \(appeal.decision.ruleFileHash)")
            if let answer = appeal.answer { print("answer   \(answer.reason) (\(answer.actor))") }
        }
    }

    struct Answer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Answers an appeal; a later answer counts instead of an earlier one.",
            discussion: "Give one of --uphold, --exception and --harmless.")

        @OptionGroup var data: DataOptions
        @OptionGroup var actor: ActorOptions
        @Argument(help: "The appeal's name, as `ondol appeals list` shows it.")
        var name: String
        @Option(help: "Why, for the one who appealed.")
        var reason: String
        @Flag(help: "The decision stands.")
        var uphold = false
        @Option(help: ArgumentHelp("A name of the rule file that is open from now on.", valueName: "name"))
        var exception: String?
        @Option(help: ArgumentHelp("The last day of the exception.", valueName: "2027-01-31"))
        var until: String?
        @Flag(help: "The exception is for the one who appealed alone.")
        var onlyForThem = false
        @Option(
            help: ArgumentHelp(
                "A word that means something else; may be given several times.", valueName: "word"))
        var harmless: [String] = []

        func validate() throws {
            let chosen = [uphold, exception != nil, !harmless.isEmpty].count { $0 }
            guard chosen == 1 else {
                throw ValidationError("give one of --uphold, --exception and --harmless")
            }
            guard exception != nil || (until == nil && !onlyForThem) else {
                throw ValidationError("--until and --only-for-them belong to --exception")
            }
        }

        private var verdict: AppealVerdict {
            get throws {
                if let exception {
                    return .exception(
                        try Identifier(exception), until: try until.map { try CalendarDay($0) },
                        forAppellantOnly: onlyForThem)
                }
                return harmless.isEmpty ? .upheld : .harmless(harmless)
            }
        }

        func run() async throws {
            let id = try AppealsCommand.identifier(name)
            let verdict = try verdict
            let rules = try RuleFileOnDisk.policy(try data.readSettings())
            if case .exception(let name, _, _) = verdict,
                !rules.file.names.contains(where: { $0.identifier == name })
            {
                throw ValidationError("the rule file has no name \(name); `ondol policy show` prints them")
            }
            let answer = AppealAnswer(
                actor: try actor.identifier, time: Machine.now(), verdict: verdict, reason: reason)
            let record = try await data.withStore { store in
                // What contradicts the rules would keep the service from its next start.
                var amendments = try await store.policyAmendments()
                amendments.add(verdict, appellant: "", note: "")
                _ = try rules.amended(by: amendments)
                return try await store.answer(id, answer)
            }
            guard record != nil else { throw ValidationError("there is no appeal \(name)") }
            Terminal.note("\(name) is answered; a running service follows within seconds.")
        }
    }

    private static func identifier(_ name: String) throws -> AppealIdentifier {
        guard let id = AppealIdentifier(name) else {
            throw ValidationError("\(name) is no appeal's name; `ondol appeals list` shows them")
        }
        return id
    }
}

/// Who changes something that is kept with who and when.
struct ActorOptions: ParsableArguments {
    @Option(
        name: .customLong("by"),
        help: ArgumentHelp("Who does it, for the record: an account's name.", valueName: "name"))
    var name = "operator"

    /// The name as it is kept.
    var identifier: Identifier<RegistryActor> {
        get throws { try Identifier(name) }
    }
}
