import Server

/// What the page's form offers.
struct Offer: Sendable, Hashable, Encodable {
    struct Style: Sendable, Hashable, Encodable {
        let id: String
        let name: String
        let artist: String?
    }

    private enum CodingKeys: String, CodingKey {
        case sizes
        case defaultSize = "default_size"
        case photos, styles
    }

    /// Sizes as requests write them, the usual one first.
    let sizes: [String]
    let defaultSize: String
    /// Whether a drawing may start from a photo.
    let photos: Bool
    let styles: [Style]

    /// What can be offered of a model.
    init(model: ModelDescription, styles: [OfferedStyle], language: Language) {
        sizes = Self.sizes(of: model).map(\.description)
        defaultSize = model.defaultSize.description
        photos = model.photoLimit > 0
        self.styles = styles.map { Style(id: $0.id, name: $0.name(in: language), artist: $0.artist) }
    }

    /// A few sizes out of what a model draws: the listed ones, or the usual area in three proportions.
    static func sizes(of model: ModelDescription) -> [PictureSize] {
        let usual = model.defaultSize
        switch model.sizes {
        case .listed(let listed): return [usual] + listed.filter { $0 != usual }
        case .multiples(let step, _, _):
            let area = Double(usual.width * usual.height)
            let others = [(3.0, 2.0), (2.0, 3.0)].compactMap { across, down -> PictureSize? in
                let side = { (share: Double) in
                    Int(((area * share).squareRoot() / Double(step)).rounded()) * step
                }
                return PictureSize(width: side(across / down), height: side(down / across))
            }
            return [usual] + others.filter { $0 != usual && model.sizes.allows($0) }
        }
    }
}
