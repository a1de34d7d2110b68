/// A style as callers see it.
public struct ListedStyle: Sendable, Hashable {
    /// Its name in requests: letters, digits, `-` and `_`.
    public let id: String
    /// What it is called, by language codes such as `ko` and `en`.
    public let titles: [String: String]
    /// The artist, as they are credited; nil where there is none to be named.
    public let artist: String?
    /// Words that bring it out in a prompt.
    public let words: [String]
    /// The model that it was made for.
    public let model: String
    /// Why it cannot be asked for now, for people, whatever the reason; nil where it can.
    public let obstacle: String?
    /// Whether it is the adapter that is at fault, which nobody but the directory knows; what agreements say, the service
    /// answers in the caller's language.
    public let isFaulty: Bool

    /// Makes a style from its parts.
    public init(
        id: String, titles: [String: String], artist: String?, words: [String] = [], model: String,
        obstacle: String? = nil, isFaulty: Bool = false
    ) {
        self.id = id
        self.titles = titles
        self.artist = artist
        self.words = words
        self.model = model
        self.obstacle = obstacle
        self.isFaulty = isFaulty
    }
}

/// Knows which styles can be asked for. Answers from memory: it is asked with every request and every answer.
public protocol StyleDirectory: Sendable {
    /// All styles, in the order they are offered, those that cannot be asked for now included.
    func styles() -> [ListedStyle]
    /// A style by its name; nil where there is none.
    func style(named id: String) -> ListedStyle?
}

extension StyleDirectory {
    /// Finds it among all.
    public func style(named id: String) -> ListedStyle? { styles().first { $0.id == id } }
}

/// No styles.
public struct NoListedStyles: StyleDirectory {
    /// Makes the empty directory.
    public init() {}

    /// See ``StyleDirectory``.
    public func styles() -> [ListedStyle] { [] }
}
