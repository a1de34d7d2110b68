/// What stands around a page's own part: head, name, motto and the other language.
struct PageFrame: Sendable {
    /// The title: a text's name, or that of a piece, which begins with `!`.
    var title: String
    /// What stands beside the program's name: a text's name, and where it leads to, if anywhere.
    var motto: (text: String, address: String?)
    /// Style sheets beside the one that all have.
    var sheets: [String]
    /// The page's script; nil for one that needs none.
    var script: String?
    /// Where those who listen or use the keyboard may jump to: identifiers and texts' names.
    var skips = [("main", "skip.main")]
    /// Whether search engines may list it.
    var isListed = true
    /// Whether it has a door, and so a way to leave.
    var hasDoor = false
    /// The server's root, seen from the page.
    var root = ""

    /// The page as a template: its own part inside the frame.
    func template(around part: [UInt8]) -> PageTemplate {
        let files = root + "page/"
        var head = isListed ? [] : [#"<meta name="robots" content="noindex">"#]
        head += [
            "<title>{{\(title)}}</title>",
            #"<link rel="icon" href="\#(files)icon.svg" type="image/svg+xml">"#,
        ]
        head += (["base.css"] + sheets).map { #"<link rel="stylesheet" href="\#(files)\#($0)">"# }
        if let script { head.append(#"<script type="module" src="\#(files)\#(script)"></script>"#) }
        let pieces = [
            "texts": script == nil ? "" : #" data-texts="\#(files){{language}}.json""#,
            "head": head.joined(separator: "\n"),
            "skips": skips.map { ##"<a class="skip" href="#\##($0)">{{\##($1)}}</a>"## }.joined(
                separator: "\n"),
            "home": root.isEmpty ? "./" : root, "files": files,
            "motto": motto.address.map { "<a href=\"\($0)\">{{\(motto.text)}}</a>" } ?? "{{\(motto.text)}}",
            "leave": hasDoor
                ? "\n  <button type=\"button\" class=\"quiet\" id=\"leave\" hidden>{{operator.leave}}</button>"
                : "",
            "part": (script == nil ? "" : "<noscript><p class=\"notice\">{{noscript}}</p></noscript>\n")
                + String(decoding: part, as: UTF8.self),
        ]
        // Another order would look for places inside of what was put in.
        var text = String(decoding: WebFiles.frame, as: UTF8.self)
        for name in ["texts", "head", "skips", "home", "files", "motto", "leave", "part"] {
            text = text.replacing("{{!\(name)}}", with: pieces[name] ?? "")
        }
        return PageTemplate(text: text)
    }
}

extension PageFrame {
    /// The frame of the list of style cards.
    static let styles = PageFrame(
        title: "styles.title", motto: ("styles.motto", nil), sheets: ["styles.css"], script: nil)
    /// The frame of a style's card.
    static let style = PageFrame(
        title: "!title", motto: ("styles.all", "../styles"), sheets: ["styles.css"], script: nil, root: "../")

    /// The frame of a page.
    init(of page: Page) {
        switch page {
        case .draw:
            self.init(
                title: "draw.title", motto: ("draw.motto", nil), sheets: ["draw.css"], script: "draw.js",
                skips: [("sentence", "skip.form"), ("pictures", "skip.pictures")])
        case .operator:
            self.init(
                title: "operator.title", motto: ("operator.motto", nil), sheets: ["operator.css"],
                script: "operator.js", isListed: false, hasDoor: true)
        case .verify:
            self.init(
                title: "verify.title", motto: ("verify.motto", nil), sheets: ["verify.css"],
                script: "verify.js")
        case .claims:
            self.init(
                title: "claims.title", motto: ("claims.motto", nil), sheets: ["claims.css"],
                script: "claims.js")
        case .artist:
            self.init(
                title: "artist.title", motto: ("artist.motto", nil), sheets: ["styles.css", "artist.css"],
                script: "artist.js", isListed: false, hasDoor: true)
        case .appeal:
            self.init(
                title: "objection.title", motto: ("objection.motto", nil), sheets: ["claims.css"],
                script: "appeal.js")
        }
    }
}
