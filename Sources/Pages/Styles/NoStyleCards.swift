import Rights
import Server

/// No styles: the list says so.
public struct NoStyleCards: StyleCardService {
    /// Makes the empty list.
    public init() {}

    /// See ``Server/StyleCardService``.
    public func cards() async throws -> [StyleCard] { [] }
    /// See ``Server/StyleCardService``.
    public func dossier(of style: String) async throws -> StyleDossier? { nil }
    /// See ``Server/StyleCardService``.
    public func sample(_ number: Int, of style: String) async throws -> StoredPicture? { nil }
}
