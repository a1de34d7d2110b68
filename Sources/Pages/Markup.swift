/// A piece of a page that is made when it is asked for. Text gets into one only escaped.
struct Markup: Sendable, Hashable {
    /// The piece as it stands in the page.
    private(set) var text: String

    /// Nothing.
    static let none = Markup(text: "")

    private init(text: String) { self.text = text }

    /// A text.
    init(_ text: String) { self.text = PageTemplate.escaped(text) }

    /// An element with its attributes in their order; those whose value is nil are left out.
    init(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:], _ children: [Markup])
    {
        text = Self.opening(name, attributes) + children.map(\.text).joined() + "</\(name)>"
    }

    /// An element around a text.
    init(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:], _ text: String) {
        self.init(name, attributes, [Markup(text)])
    }

    /// An element that holds nothing.
    init(empty name: StaticString, _ attributes: KeyValuePairs<StaticString, String?>) {
        text = Self.opening(name, attributes)
    }

    private static func opening(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?>
    ) -> String {
        let written = attributes.compactMap { name, value in
            value.map { " \(name)=\"\(PageTemplate.escaped($0))\"" }
        }
        return "<\(name)\(written.joined())>"
    }

    /// Pieces one after another.
    init(_ pieces: [Markup]) { text = pieces.map(\.text).joined() }
}
