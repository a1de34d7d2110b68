import ArgumentParser
import FoundationEssentials
import Rights
import Service
import Stores

/// Prints what is public of a style.
struct CardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card",
        abstract:
            "Prints what is public of a style: whose, what from, under which terms, how trained, what for.",
        discussion:
            "As JSON; a running service shows the same at /styles. Works before the style is published as well, so that its artist can look at it."
    )

    /// What is printed.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        /// The card.
        case card
        /// Its training works as a Croissant dataset description.
        case croissant
        /// The summary that European law asks for.
        case summary
    }

    @OptionGroup var data: DataOptions
    @Argument(help: "The style.")
    var style: String
    @Option(help: "What to print: card, croissant or summary.")
    var form = Form.card

    func run() async throws {
        let name: Identifier<Style> = try Identifier(style)
        let registry = try await data.withStore { try await $0.registry() }
        guard let style = registry.styles[name], let training = style.trainings.last else {
            throw ValidationError(
                "there is no style \(name) that was trained; `ondol rights styles list` shows them")
        }
        let settings = try data.readSettings()
        let day = Timestamp(Machine.now()).day(utcOffsetMinutes: settings.policy.utcOffsetMinutes)
        let shelf = ModelShelf()
        let folders = Dictionary(shelf.names.map { ($0, "\(shelf.folder)/\($0)") }) { first, _ in first }
        let base = BaseModelShelf(folders: folders).facts(
            training.baseModel, weights: training.baseModelHash)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let bytes =
            switch form {
            case .card:
                try encoder.encode(StyleCard(of: name, in: registry, baseModel: base, on: day))
            case .croissant:
                try encoder.encode(
                    CroissantDataset(
                        of: name, in: registry, url: "\(settings.publicAddress)/styles/\(name)", on: day))
            case .summary:
                try encoder.encode(
                    TrainingSummary(
                        of: name, in: registry, baseModel: base, providerName: settings.provenance.provider,
                        providerContact: settings.provenance.contact))
            }
        print(String(decoding: bytes, as: UTF8.self))
    }
}
