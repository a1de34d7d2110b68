import ArgumentParser
import FoundationEssentials
import Rights
import Service
import Simulation
import Stores

/// Says what the policy makes of a prompt, and shows and checks rule files.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Says what may be drawn and why, and checks rule files.",
        subcommands: [Check.self, Show.self, Validate.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what the policy makes of a prompt, without drawing it.",
            discussion: """
                Ends with 0 where it is drawn as it stands, 3 where it is drawn with a licensed style, 4 where the policy asks \
                back, 5 where it is refused, 1 where it could not be decided, 2 for a wrong command line.
                """)

        @OptionGroup var data: DataOptions
        @Argument(help: "What is to be drawn.")
        var prompt: String
        @Option(help: "The style that it is to be drawn with.")
        var style: String?
        @Option(
            help: ArgumentHelp(
                "A name or rule that was asked about and that is meant; may be given several times.",
                valueName: "name"))
        var confirm: [String] = []
        @Option(help: "The language of the sentences: ko or en; by default as the environment's.")
        var language: ReportLanguage?
        @Flag(help: "Print one JSON object instead of sentences.")
        var json = false

        func run() async throws {
            let settings = try data.readSettings()
            var policy = try RuleFileOnDisk.policy(settings)
            var registry = Registry()
            // Without a data folder there is nothing that opens a name.
            if FileManager.default.fileExists(atPath: "\(data.folder)/\(SQLiteStore.databaseName)") {
                let (known, amendments) = try await data.withStore {
                    (try await $0.registry(), try await $0.policyAmendments())
                }
                registry = known
                policy = try policy.amended(by: amendments)
            }
            let day = Timestamp(Machine.now()).day(utcOffsetMinutes: settings.policy.utcOffsetMinutes)
            let decision = policy.decide(
                try PolicyQuestion(
                    text: prompt, styles: Set(try style.map { [try Identifier<Style>($0)] } ?? []),
                    confirmations: Set(confirm), openings: registry.openings(on: day), day: day))
            let report = PolicyReport(
                decision, language: language ?? .ofEnvironment(ProcessInfo.processInfo.environment))
            for line in json ? [try report.json()] : report.lines { print(line) }
            let status = PolicyReport.status(of: decision.outcome)
            if status != 0 { throw ExitCode(status) }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the rule file in force; its version and hash go to standard error.")

        @OptionGroup var data: DataOptions

        func run() throws {
            let settings = try data.readSettings()
            let policy = try RuleFileOnDisk.policy(settings)
            print(try RuleFileOnDisk.text(settings))
            let origin = settings.policy.rules.isEmpty ? "the rules that ship" : settings.policy.rules
            Terminal.note("\(origin): version \(policy.file.version), SHA-256 \(policy.hash)")
        }
    }

    struct Validate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says everything that is wrong with a rule file, or what is in it.")

        @Argument(help: ArgumentHelp("A rule file.", valueName: "file"))
        var file: String

        func run() throws {
            let policy = try RuleFileOnDisk.policy(at: file)
            let rules = policy.file
            print(
                "\(file) can be used: version \(rules.version), \(rules.rules.count) rules, \(rules.names.count) names, "
                    + "\(rules.phrases?.count ?? 0) phrases, \(rules.exceptions?.count ?? 0) exceptions")
            print("SHA-256 \(policy.hash)")
        }
    }
}
