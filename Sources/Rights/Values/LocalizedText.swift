/// A text in the two languages that everyone is answered in.
public struct LocalizedText: Sendable, Hashable, Codable {
    /// Korean (`ko`).
    public var korean: String
    /// English (`en`).
    public var english: String

    enum CodingKeys: String, CodingKey {
        case korean = "ko"
        case english = "en"
    }

    /// A text in both languages.
    public init(korean: String, english: String) {
        self.korean = korean
        self.english = english
    }
}
