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

    func style(named id: String) -> ListedStyle? {
        if let entry = shelf.entry(id) { return listed(entry, at: now()) }
        // Agreed on, and nowhere here.
        guard let name = try? Identifier<Style>(id), let style = rights.registry.styles[name],
            let training = style.trainings.last
        else { return nil }
        return ListedStyle(
            id: id, titles: ["ko": style.title.korean, "en": style.title.english], artist: nil,
            model: training.baseModel, obstacle: "Its adapter is not on this machine.", isFaulty: true)
    }

    private func listed(_ entry: StyleShelf.Entry, at moment: Moment) -> ListedStyle {
        let manifest = entry.manifest
        let fault = entry.obstacle ?? Self.fault(of: manifest, by: rights, at: moment)
        return ListedStyle(
            id: manifest.identifier.text,
            titles: ["ko": manifest.title.korean, "en": manifest.title.english], artist: manifest.artist,
            words: manifest.triggerWords, model: manifest.baseModel,
            obstacle: fault ?? refusal(of: manifest, at: moment), isFaulty: fault != nil)
    }

    /// Whether the adapter that lies here is the one that may be used.
    static func fault(of manifest: StyleManifest, by rights: RightsDesk, at moment: Moment) -> String? {
        guard case .usable(let terms) = rights.availability(of: manifest.identifier, at: moment),
            terms.adapter != manifest.adapterHash
        else { return nil }
        return "Its adapter is another than the one that was agreed on."
    }

    private func refusal(of manifest: StyleManifest, at moment: Moment) -> String? {
        guard case .refused(let obstacle) = rights.availability(of: manifest.identifier, at: moment) else {
            return nil
        }
        return obstacle.reason.english
    }
}

extension PictureServiceCore {
    /// The styles of a worker's shelf that may be used, for the server. From now on the shelf draws with no adapter but the one
    /// that was agreed on, whatever is put into its folder.
    public func styles(on shelf: StyleShelf) -> any StyleDirectory {
        shelf.permit { [rights = stored.rights, now = environment.now] in
            ServedStyles.fault(of: $0, by: rights, at: now())
        }
        return ServedStyles(shelf, rights: stored.rights, now: environment.now)
    }
}
