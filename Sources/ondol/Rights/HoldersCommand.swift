import ArgumentParser
import Rights
import Stores

/// People and companies who own works.
struct HoldersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holders", abstract: "Registers and lists those who own works.",
        subcommands: [Add.self, List.self, Show.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Registers a holder.")

        @OptionGroup var change: ChangeOptions
        @Argument(help: "What everything else calls them: a-z, 0-9, '-', '_' and '.'.")
        var id: String
        @Option(help: "The name they are credited by.")
        var name: String

        func run() async throws {
            guard (1...200).contains(name.utf8.count) else {
                throw ValidationError("a credit name has 1 to 200 bytes")
            }
            try await change.record(
                .holderRegistered(.init(identifier: try Identifier(id), creditName: name)))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the holders.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            let registry = try await data.withStore { try await $0.registry() }
            for holder in registry.holders.values.sorted(by: { $0.identifier < $1.identifier }) {
                print("\(holder.identifier)  \(holder.creditName)")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a holder's works, agreements and styles.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The holder.")
        var id: String

        func run() async throws {
            let name: Identifier<RightsHolder> = try Identifier(id)
            let registry = try await data.withStore { try await $0.registry() }
            guard let holder = registry.holders[name] else {
                throw ValidationError("there is no holder \(id); `ondol rights holders list` shows them")
            }
            print("\(holder.identifier)  \(holder.creditName)")
            let works = registry.works.values.filter { $0.holder == name }.map(\.identifier.text).sorted()
            let agreements = registry.agreements.values.filter { $0.agreement.holder == name }
                .map(\.agreement.identifier.text).sorted()
            let styles = registry.styles.values.filter { $0.holder == name }.map(\.identifier.text).sorted()
            for (kind, names) in [("works", works), ("agreements", agreements), ("styles", styles)] {
                print("\(kind)  \(names.isEmpty ? "none" : names.joined(separator: ", "))")
            }
        }
    }
}
