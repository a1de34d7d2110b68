import ScriptedService
import Rights
import Server

/// The scripted styles, with painted pictures for samples.
struct ShownStyles: StyleCardService {
    let styles: ScriptedStyles
    let pictures: PaintedPictures

    func cards() async throws -> [StyleCard] { try await styles.cards() }
    func dossier(of style: String) async throws -> StyleDossier? { try await styles.dossier(of: style) }
    func sample(_ number: Int, of style: String) async throws -> StoredPicture? {
        guard try await styles.sample(number, of: style) != nil else { return nil }
        guard let name = PictureIdentifier(String(number - 1)) else { return nil }
        return try await pictures.picture(name)
    }
}
