import HTTPTypes
import Rights

/// The language in which a caller is told something.
public enum AnswerLanguage: String, Sendable, Hashable, CaseIterable {
    /// English.
    case english = "en"
    /// Korean.
    case korean = "ko"

    /// The better liked of a caller's languages that is one of these; English where none is.
    ///
    /// Source: RFC 9110, 12.5.4.
    init(_ headers: HTTPFields) {
        var best: (language: AnswerLanguage, weight: Double)?
        for entry in headers[values: .acceptLanguage].joined(separator: ",").split(separator: ",").prefix(32)
        {
            let parts = entry.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let tag = parts.first?.split(separator: "-").first,
                let language = AnswerLanguage(rawValue: String(tag))
            else { continue }
            let quality =
                parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if quality > 0, quality <= 1, quality > best?.weight ?? 0 { best = (language, quality) }
        }
        self = best?.language ?? .english
    }
}

extension LocalizedText {
    /// The text in a language.
    public func text(in language: AnswerLanguage) -> String { language == .korean ? korean : english }
}
