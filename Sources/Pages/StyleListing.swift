/// A style that visitors may ask for, as the page offers it.
public struct OfferedStyle: Sendable, Hashable, Codable {
    /// The style's name in requests: letters, digits, `-` and `_`.
    public let id: String
    /// What it is called, by language; one that is missing is told in another.
    public let names: [String: String]
    /// The artist whose style it is; nil where there is none to be named.
    public let artist: String?

    /// Makes a style.
    ///
    /// - Parameter names: by language codes such as `ko` and `en`; at least one.
    public init(id: String, names: [String: String], artist: String? = nil) {
        self.id = id
        self.names = names
        self.artist = artist
    }

    /// What it is called in a language, or else in any.
    func name(in language: Language) -> String {
        names[language.rawValue] ?? names.min { $0.key < $1.key }?.value ?? id
    }
}

/// Knows which styles visitors may ask for.
public protocol StyleListing: Sendable {
    /// The styles, in the order they are offered; none where there are none yet.
    func styles() async throws -> [OfferedStyle]
}

/// No styles: the page offers the media that the built-in model knows by their words.
public struct NoStyles: StyleListing {
    /// Makes the empty list.
    public init() {}

    /// See ``StyleListing``.
    public func styles() async throws -> [OfferedStyle] { [] }
}
