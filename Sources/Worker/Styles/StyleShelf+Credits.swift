import Provenance

extension StyleShelf {
    /// Whose the styles of a picture are, for its credential: all of them in one, the strongest first; nil where it has none.
    /// - Parameter loadedNames: what the picture's plan calls its styles: an adapter that was replaced since is not credited for it.
    public func credit(for uses: [StyleUse], drawnAs loadedNames: [String] = []) -> PictureOrigin.Style? {
        let used = uses.sorted { ($1.strengthMilli, $0.style) < ($0.strengthMilli, $1.style) }
            .compactMap { use in entry(use.style, drawnAs: loadedNames).map { (use, $0.manifest) } }
        guard let first = used.first else { return nil }
        func joined(_ texts: [String]) -> String {
            var seen: Set<String> = []
            return texts.filter { seen.insert($0).inserted }.joined(separator: ", ")
        }
        return PictureOrigin.Style(
            name: joined(used.map(\.0.text)), holder: joined(used.map(\.1.artist)),
            agreement: joined(used.map { $0.1.agreement?.text ?? "none" }),
            identifier: used.count == 1 ? "sha256:\(first.1.adapterHash)" : nil)
    }
}
