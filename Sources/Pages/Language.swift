import HTTPTypes

/// The languages of the pages.
public enum Language: String, Sendable, Hashable, CaseIterable {
    /// Korean.
    case korean = "ko"
    /// English.
    case english = "en"

    /// The cookie that keeps what a reader chose.
    static let cookieName = "ondol-language"

    /// The language for a reader: the one chosen before, else the one the browser would rather have, else English.
    static func wished(by headers: HTTPFields) -> Language {
        chosen(in: headers) ?? accepted(headers[values: .acceptLanguage].joined(separator: ",")) ?? .english
    }

    private static func chosen(in headers: HTTPFields) -> Language? {
        for cookie in headers[values: .cookie].flatMap({ $0.split(separator: ";") }) {
            let trimmed = cookie.drop { $0 == " " }
            guard trimmed.hasPrefix(cookieName + "=") else { continue }
            if let language = Language(rawValue: String(trimmed.dropFirst(cookieName.count + 1))) {
                return language
            }
        }
        return nil
    }

    /// The best of the languages that a browser lists; nil where it lists none of ours.
    ///
    /// Source: RFC 9110, 12.5.4.
    static func accepted(_ header: String) -> Language? {
        var best: (language: Language, weight: Double)?
        for entry in header.split(separator: ",") {
            let parts = entry.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let range = parts.first, let tag = range.split(separator: "-").first,
                let language = Language(rawValue: String(tag))
            else { continue }
            let quality =
                parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if quality > 0, quality <= 1, quality > best?.weight ?? 0 { best = (language, quality) }
        }
        return best?.language
    }

    /// The header that keeps a choice, for a year.
    var cookie: String { "\(Self.cookieName)=\(rawValue); Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly" }
}
