import ArgumentParser
import Rights
import Stores

/// Styles and their life: draft, evidence complete, trained, checked, published, suspended, ended.
struct StylesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "styles", abstract: "Drafts, publishes, suspends and ends styles.",
        subcommands: [
            Draft.self, Works.self, Complete.self, Trained.self, Checked.self, Publish.self, Suspend.self,
            Resume.self, Reopen.self, End.self, List.self, Show.self,
        ])

    struct Draft: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Begins a style.")

        @OptionGroup var change: ChangeOptions
        @Argument(help: "What requests call it.")
        var id: String
        @Option(help: "Whose it is.")
        var holder: String
        @Option(help: "The agreement that it is used under.")
        var agreement: String
        @Option(help: "Its title in Korean.")
        var korean: String
        @Option(help: "Its title in English.")
        var english: String

        func validate() throws {
            // What requests can name.
            guard (1...64).contains(id.utf8.count), !id.contains(".") else {
                throw ValidationError("a style's name has 1 to 64 of a-z, 0-9, '-' and '_'")
            }
            guard [korean, english].allSatisfy({ (1...200).contains($0.utf8.count) }) else {
                throw ValidationError("titles have 1 to 200 bytes")
            }
        }

        func run() async throws {
            try await change.record(
                .styleDrafted(
                    try Identifier(id), holder: try Identifier(holder), agreement: try Identifier(agreement),
                    title: .init(korean: korean, english: english)))
        }
    }

    struct Works: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Chooses the works of a draft.")

        @OptionGroup var step: StyleStep
        @Argument(help: "All its works.")
        var works: [String]

        func run() async throws {
            let works: Set<Identifier<Work>> = Set(try works.map { try Identifier($0) })
            try await step.record { .styleWorksChosen($0, works) }
        }
    }

    struct Complete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Asks the training gate: every missing piece of evidence is named at once.")

        @OptionGroup var step: StyleStep

        func run() async throws {
            let today = try step.change.today()
            try await step.record { .evidenceCompleted($0, on: today) }
        }
    }

    struct Trained: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records the adapter that was trained on the style's works.")

        @OptionGroup var step: StyleStep
        @Option(help: "The adapter's file.")
        var adapter: String
        @Option(help: "The base model's name.")
        var baseModel: String
        @Option(help: "The base model's weights, of which the hash is kept.")
        var baseWeights: String
        @Option(help: "The agreement's training line.")
        var line: Int

        /// The largest weights that are hashed: eight GiB.
        private static let maximumBytes = 8 << 30

        func run() async throws {
            func hash(_ path: String, _ kind: String) throws -> ContentHash {
                ContentHash(of: try InputFile.bytes(path, maximumBytes: Self.maximumBytes, kind: kind))
            }
            let (adapter, base) = (try hash(adapter, "adapter"), try hash(baseWeights, "weights"))
            let (name, model, line): (Identifier<Style>, String, Int) = (try step.name, baseModel, line)
            try await step.change.record { registry in
                .styleTrained(
                    name,
                    .init(
                        adapter: adapter, baseModel: model, baseModelHash: base, agreementLine: line,
                        works: registry.styles[name]?.works ?? []))
            }
        }
    }

    struct Checked: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Records the comparison of the adapter's pictures with the works; near copies block publication."
        )

        @OptionGroup var step: StyleStep
        @Option(help: "The report's file, of which the hash is kept.")
        var report: String
        @Option(help: "How many pairs were near copies.")
        var nearCopies: Int

        func run() async throws {
            let hash = ContentHash(
                of: try InputFile.bytes(report, maximumBytes: WorksCommand.maximumBytes, kind: "report"))
            let (name, count): (Identifier<Style>, Int) = (try step.name, nearCopies)
            try await step.change.record { registry in
                guard let training = registry.styles[name]?.trainings.last else {
                    throw RightsError(
                        .invalidTransition, "style \(name) has no adapter to check; train it first")
                }
                return .styleChecked(
                    name, .init(adapter: training.adapter, report: hash, nearCopyCount: count))
            }
        }
    }
}
