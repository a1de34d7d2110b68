/// The files of `Web/`, which the build puts into the program, so that it runs alone.
enum WebFiles {
    /// Files that are served as they are, by their name.
    static let plain: [(name: String, bytes: [UInt8])] = [
        ("base.css", PackageResources.base_css), ("appeal.js", PackageResources.appeal_js),
        ("objections.js", PackageResources.objections_js), ("artist.css", PackageResources.artist_css),
        ("artist.js", PackageResources.artist_js), ("desks.js", PackageResources.desks_js),
        ("claims.css", PackageResources.claims_css),
        ("claims.js", PackageResources.claims_js), ("draw.css", PackageResources.draw_css),
        ("operator.css", PackageResources.operator_css),
        ("icon.svg", PackageResources.icon_svg), ("hanji.svg", PackageResources.hanji_svg),
        ("api.js", PackageResources.api_js), ("desk.js", PackageResources.desk_js),
        ("dom.js", PackageResources.dom_js), ("draw.js", PackageResources.draw_js),
        ("floor.js", PackageResources.floor_js), ("form.js", PackageResources.form_js),
        ("line.js", PackageResources.line_js), ("operator.js", PackageResources.operator_js),
        ("papers.js", PackageResources.papers_js), ("photos.js", PackageResources.photos_js),
        ("styles.css", PackageResources.styles_css), ("store.js", PackageResources.store_js),
        ("text.js", PackageResources.text_js),
        ("verify.css", PackageResources.verify_css), ("verify.js", PackageResources.verify_js),
        ("viewer.js", PackageResources.viewer_js),
    ]

    /// What all pages have around their own part.
    static let frame = PackageResources.frame_html

    /// A page's own part before its words are in it.
    static func part(_ page: Page) -> [UInt8] {
        switch page {
        case .draw: PackageResources.draw_html
        case .operator: PackageResources.operator_html
        case .verify: PackageResources.verify_html
        case .claims: PackageResources.claims_html
        case .artist: PackageResources.artist_html
        case .appeal: PackageResources.appeal_html
        }
    }

    /// The own parts of the list of style cards, and of a card, before their words and contents are in them.
    static let styles = PackageResources.styles_html
    static let style = PackageResources.style_html

    /// A language's words.
    static func words(_ language: Language) -> [UInt8] {
        switch language {
        case .korean: PackageResources.ko_json
        case .english: PackageResources.en_json
        }
    }
}

/// The pages that people open.
enum Page: String, Sendable, CaseIterable {
    /// The person's: asks for pictures.
    case draw
    /// The operator's: watches the floor.
    case `operator`
    /// Everybody's: says of a picture whether it is as it was signed.
    case verify
    /// Everybody's: takes what somebody says is theirs.
    case claims
    /// An artist's: works, agreements, styles, earnings.
    case artist
    /// Everybody's: takes an objection to a refusal.
    case appeal

    /// The page's address under the server's root.
    var path: String {
        switch self {
        case .draw: ""
        case .operator: "operator"
        case .verify: "verify"
        case .claims: "claims"
        case .artist: "artist"
        case .appeal: "appeal"
        }
    }
}
