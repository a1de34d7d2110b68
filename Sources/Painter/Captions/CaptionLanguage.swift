/// The languages in which scenes can be described.
public enum CaptionLanguage: String, CaseIterable, Codable, Sendable, Hashable {
    case korean, english
}
