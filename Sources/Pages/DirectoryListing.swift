import Server

/// Offers visitors the styles of the default model that can be asked for now.
public struct DirectoryListing: StyleListing {
    private let api: PictureAPI

    /// Offers what the API knows of.
    public init(_ api: PictureAPI) { self.api = api }

    /// See ``StyleListing``.
    public func styles() async throws -> [OfferedStyle] {
        let model = api.catalogue.defaultModel.name
        return api.styles.styles().filter { $0.obstacle == nil && $0.model == model }.map {
            OfferedStyle(id: $0.id, names: $0.titles, artist: $0.artist)
        }
    }
}
