import ArgumentParser
import Rights
import Stores

extension StylesCommand {
    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a checked style be used.")

        @OptionGroup var step: StyleStep
        func run() async throws { try await step.record { .stylePublished($0) } }
    }

    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stops a style for now, as while a claim is looked into.")

        @OptionGroup var step: StyleStep
        func run() async throws { try await step.record { .styleSuspended($0) } }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lifts a suspension.")

        @OptionGroup var step: StyleStep
        func run() async throws { try await step.record { .suspensionLifted($0) } }
    }

    struct Reopen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a style a draft again, to be trained on other works or anew.")

        @OptionGroup var step: StyleStep
        func run() async throws { try await step.record { .styleReopened($0) } }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ends a style for good: waiting pictures are told and not charged.")

        @OptionGroup var step: StyleStep
        func run() async throws { try await step.record { .styleEnded($0) } }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the styles and whether they may be used today.")

        @OptionGroup var list: ListOptions

        func run() async throws {
            let (registry, today) = try await list.read()
            for style in registry.styles.values.sorted(by: { $0.identifier < $1.identifier }) {
                print(
                    "\(style.identifier)  \(style.holder)  \(style.stage.rawValue)  "
                        + "\(Self.words(registry.availability(of: style.identifier, on: today)))  \(style.title.english)"
                )
            }
        }

        /// Whether it may be used.
        fileprivate static func words(_ availability: StyleAvailability) -> String {
            switch availability {
            case .usable(let terms): terms.isCommercial ? "usable, for sale as well" : "usable, not for sale"
            case .refused(let obstacle): "not usable: \(obstacle.rawValue)"
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a style and its history.")

        @OptionGroup var list: ListOptions
        @Argument(help: "The style.")
        var id: String

        func run() async throws {
            let name: Identifier<Style> = try Identifier(id)
            let (registry, today) = try await list.read()
            guard let style = registry.styles[name] else {
                throw ValidationError("there is no style \(id); `ondol rights styles list` shows them")
            }
            print("\(style.identifier)  \(style.title.korean) / \(style.title.english)")
            print("holder  \(style.holder), agreement \(style.agreement), \(style.stage.rawValue)")
            print("today  \(List.words(registry.availability(of: name, on: today)))")
            print("works  \(style.works.sorted().map(\.text).joined(separator: ", "))")
            for training in style.trainings {
                print(
                    "adapter  \(training.adapter), of \(training.baseModel), line \(training.agreementLine)")
            }
            for record in registry.history(of: name) {
                print("\(record.sequence)  \(record.time.day())  \(record.actor)  \(record.event.words)")
            }
        }
    }
}

/// What a step of a style's life takes.
struct StyleStep: ParsableArguments {
    @OptionGroup var change: ChangeOptions
    @Argument(help: "The style.")
    var id: String

    /// The style's name.
    var name: Identifier<Style> { get throws { try Identifier(id) } }

    /// Takes the step.
    func record(_ event: @Sendable (Identifier<Style>) -> RegistryEvent) async throws {
        try await change.record(event(try name))
    }
}
