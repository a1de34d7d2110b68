import Rights
import Server
import Serving

/// Draws up style cards from the registry as it is now.
struct StoredStyleCards: StyleCardService {
    let desk: RightsDesk
    let environment: ServiceEnvironment
    let samples: SampleFolder
    let publicAddress: String
    let provider: (name: String, contact: String)
    let baseModel: @Sendable (_ name: String, _ weights: ContentHash) -> BaseModelFacts

    private func facts(_ style: Style) -> BaseModelFacts? {
        style.trainings.last.map { baseModel($0.baseModel, $0.baseModelHash) }
    }

    private func card(_ style: Style, in registry: Registry) throws -> StyleCard? {
        guard style.stage.isShown, let facts = facts(style) else { return nil }
        return try StyleCard(
            of: style.identifier, in: registry, baseModel: facts, on: desk.day(at: environment.now()))
    }

    func cards() async throws -> [StyleCard] {
        let registry = desk.registry
        return try registry.styles.values.sorted { $0.identifier < $1.identifier }
            .compactMap { try card($0, in: registry) }
    }

    func dossier(of style: String) async throws -> StyleDossier? {
        let registry = desk.registry
        guard let name = try? Identifier<Style>(style), let style = registry.styles[name],
            let card = try card(style, in: registry), let facts = facts(style)
        else { return nil }
        return StyleDossier(
            card: card,
            dataset: try CroissantDataset(
                of: name, in: registry, url: "\(publicAddress)/styles/\(name)",
                on: desk.day(at: environment.now())),
            summary: try TrainingSummary(
                of: name, in: registry, baseModel: facts, providerName: provider.name,
                providerContact: provider.contact), sampleCount: samples.files(of: style).count)
    }

    func sample(_ number: Int, of style: String) async throws -> StoredPicture? {
        guard let name = try? Identifier<Style>(style), let style = desk.registry.styles[name],
            style.stage.isShown
        else { return nil }
        return samples.picture(number, of: style)
    }
}
