import Rights
import Server
import Serving
import Worker

/// The styles that can be asked for: those that lie on the worker's shelf, as far as the registry lets them be used today.
///
/// The shelf knows the adapters and the registry the agreements; either may say no.
struct ServedStyles: StyleDirectory {
    private let shelf: StyleShelf
    private let rights: RightsDesk
    private let now: @Sendable () -> Moment

    init(_ shelf: StyleShelf, rights: RightsDesk, now: @escaping @Sendable () -> Moment) {
        self.shelf = shelf
        self.rights = rights
        self.now = now
    }

    func styles() -> [ListedStyle] {
        let moment = now()
        return shelf.entries.map { listed($0, at: moment) }
    }

    func style(named id: String) -> ListedStyle? { shelf.entry(id).map { listed($0, at: now()) } }

    private func listed(_ entry: StyleShelf.Entry, at moment: Moment) -> ListedStyle {
        let manifest = entry.manifest
        return ListedStyle(
            id: manifest.identifier.text,
            titles: ["ko": manifest.title.korean, "en": manifest.title.english], artist: manifest.artist,
            words: manifest.triggerWords, model: manifest.baseModel,
            obstacle: entry.obstacle ?? refusal(of: manifest, at: moment))
    }

    private func refusal(of manifest: StyleManifest, at moment: Moment) -> String? {
        switch rights.availability(of: manifest.identifier, at: moment) {
        case .refused(let obstacle): obstacle.reason.english
        case .usable(let terms):
            terms.adapter == manifest.adapterHash
                ? nil : "Its adapter is another than the one that was agreed on."
        }
    }
}

extension PictureServiceCore {
    /// The styles of a worker's shelf that may be used, for the server.
    public func styles(on shelf: StyleShelf) -> any StyleDirectory {
        ServedStyles(shelf, rights: stored.rights, now: environment.now)
    }
}
