import ArgumentParser
import FoundationEssentials
import Rights
import Service
import Stores

/// Holders, works, agreements and styles: who owns what, what was agreed, and what may be drawn.
struct RightsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rights",
        abstract: "Registers holders, works, agreements and styles, and ends what may not be used any more.",
        discussion:
            "Every change is kept with who made it and when; nothing is overwritten. A running service follows within seconds.",
        subcommands: [
            HoldersCommand.self, WorksCommand.self, AgreementsCommand.self, StylesCommand.self, History.self,
        ])

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists all changes, the oldest first: when, who, what and why.")

        @OptionGroup var data: DataOptions
        @Option(help: ArgumentHelp("Only those of a style.", valueName: "id"))
        var style: String?

        func run() async throws {
            let style: Identifier<Style>? = try style.map { try Identifier($0) }
            let registry = try await data.withStore { try await $0.registry() }
            for record in style.map(registry.history) ?? registry.records {
                let note = record.note.isEmpty ? "" : "  (\(record.note))"
                print(
                    "\(record.sequence)  \(Self.time(record.time))  \(record.actor)  \(record.event.words)\(note)"
                )
            }
        }

        /// UTC to the minute.
        private static func time(_ time: Timestamp) -> String {
            let minutes = time.milliseconds / 60_000 % 1_440
            let (hour, minute) = (minutes / 60, minutes % 60)
            return "\(time.day())T\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)Z"
        }
    }
}

/// What every change of the registry takes.
struct ChangeOptions: ParsableArguments {
    @OptionGroup var data: DataOptions
    @OptionGroup var actor: ActorOptions
    @Option(help: "Why, for the record.")
    var note = ""

    /// Makes a change and keeps it.
    /// - Throws: `RightsError` where it may not follow on what is recorded.
    @discardableResult
    func record(_ event: @escaping @Sendable (Registry) throws -> RegistryEvent) async throws -> Registry {
        let actor = try actor.identifier
        let note = note
        let registry = try await data.withStore { store in
            try await store.change(Registry(), by: actor, at: Timestamp(Machine.now()), note: note, event)
        }
        Terminal.note("Recorded as change \(registry.records.count).")
        return registry
    }

    /// Makes a change that does not depend on what is recorded.
    @discardableResult
    func record(_ event: RegistryEvent) async throws -> Registry { try await record { _ in event } }

    /// Today, as the settings count days.
    func today() throws -> CalendarDay {
        Timestamp(Machine.now()).day(utcOffsetMinutes: try data.readSettings().policy.utcOffsetMinutes)
    }
}

extension RegistryEvent {
    /// The change in one line.
    var words: String {
        switch self {
        case .holderRegistered(let holder): "holder \(holder.identifier) registered: \(holder.creditName)"
        case .workRegistered(let work): "work \(work.identifier) of \(work.holder) registered: \(work.title)"
        case .evidenceRecorded(let evidence): "evidence for work \(evidence.work): \(evidence.title)"
        case .workWithdrawn(let work): "work \(work) withdrawn"
        case .agreementMade(let agreement): "agreement \(agreement.identifier) with \(agreement.holder)"
        case .agreementLineAdded(let agreement, .training(let line)):
            "agreement \(agreement) grants training \(line)"
        case .agreementLineAdded(let agreement, .drawing(let isCommercial)):
            "agreement \(agreement) grants drawing, \(isCommercial ? "for sale as well" : "not for sale")"
        case .noticeGiven(let agreement, let day): "notice of agreement \(agreement) on \(day)"
        case .agreementTerminated(let agreement): "agreement \(agreement) ended"
        case .styleDrafted(let style, let holder, _, _): "style \(style) of \(holder) drafted"
        case .styleWorksChosen(let style, let works): "style \(style): \(works.count) works chosen"
        case .evidenceCompleted(let style, let day): "style \(style): evidence complete on \(day)"
        case .styleTrained(let style, let training): "style \(style) trained: adapter \(training.adapter)"
        case .styleChecked(let style, let check): "style \(style) checked: \(check.nearCopyCount) near copies"
        case .stylePublished(let style): "style \(style) published"
        case .styleSuspended(let style): "style \(style) suspended"
        case .suspensionLifted(let style): "style \(style): suspension lifted"
        case .styleReopened(let style): "style \(style) reopened"
        case .styleEnded(let style): "style \(style) ended"
        }
    }
}
