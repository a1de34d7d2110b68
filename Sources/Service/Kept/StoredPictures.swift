import Server
import Serving
import Stores

/// The pictures that the store has, as the server delivers them.
struct StoredPictures: PictureService {
    let store: any PictureStore
    let now: @Sendable () -> Moment

    func picture(_ identifier: Server.PictureIdentifier) async throws -> StoredPicture? {
        guard let name = Stores.PictureIdentifier(identifier.text),
            let record = try await withStore({ try await store.picture(name, for: .service, at: now()) }),
            [.result, .partial].contains(record.role), let format = OutputFormat(mediaType: record.mediaType)
        else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(record.byteCount)
        do {
            for try await chunk in try await store.open(record) { bytes += chunk }
        } catch let error as StoresError where error.code == .pictureMissing {
            return nil
        }
        return StoredPicture(format: format, bytes: bytes)
    }
}

extension OutputFormat {
    /// The format of a media type; nil where it is none that is drawn.
    init?(mediaType: String) {
        guard let format = Self.allCases.first(where: { $0.mediaType == mediaType }) else { return nil }
        self = format
    }
}
