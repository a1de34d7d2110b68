/// The languages of reports.
public enum ReportLanguage: String, Sendable, Hashable, CaseIterable {
    /// Korean.
    case korean = "ko"
    /// English.
    case english = "en"

    /// The language of a locale as the environment names it, as `ko_KR.UTF-8`; English for all others.
    public init(locale: String) {
        let name = locale.prefix { $0.isLetter }.lowercased()
        self = name == "ko" || name == "korean" ? .korean : .english
    }
}

/// The words of a report in one language.
struct ReportWords {
    let language: ReportLanguage

    /// A phrase.
    func callAsFunction(_ phrase: Phrase) -> String {
        switch language {
        case .korean: phrase.korean
        case .english: phrase.english
        }
    }

    /// A phrase with `{}` filled in, in their order.
    func callAsFunction(_ phrase: Phrase, _ fillings: String...) -> String {
        var text = ""
        var rest = self(phrase)[...]
        for filling in fillings {
            guard let place = rest.firstRange(of: "{}") else { break }
            text += rest[..<place.lowerBound] + filling
            rest = rest[place.upperBound...]
        }
        return text + rest
    }

    /// A duration in its two largest units.
    func duration(_ seconds: Double) -> String {
        let isKorean = language == .korean
        let whole = Int(seconds.rounded())
        func join(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String) -> String {
            small == 0 ? "\(large)\(largeUnit)" : "\(large)\(largeUnit) \(small)\(smallUnit)"
        }
        if whole >= 86400 {
            return join(whole / 86400, isKorean ? "일" : " d", whole % 86400 / 3600, isKorean ? "시간" : " h")
        }
        if whole >= 3600 {
            return join(whole / 3600, isKorean ? "시간" : " h", whole % 3600 / 60, isKorean ? "분" : " min")
        }
        if whole >= 60 { return join(whole / 60, isKorean ? "분" : " min", whole % 60, isKorean ? "초" : " s") }
        return Figures.short(seconds) + (isKorean ? "초" : " s")
    }

    /// A place on a time axis whose marks are `step` seconds apart.
    func axisTime(_ seconds: Double, step: Double) -> String {
        let whole = Int(seconds.rounded())
        let isKorean = language == .korean
        if whole == 0 { return "0" }
        if step >= 86400 { return "\(whole / 86400)\(isKorean ? "일" : " d")" }
        if step >= 1800 {
            let half = whole % 3600 == 0 ? "" : ".5"
            return "\(whole / 3600)\(half)\(isKorean ? "시간" : " h")"
        }
        if step >= 60 { return "\(whole / 60)\(isKorean ? "분" : " min")" }
        // Minutes and seconds, as a clock shows them.
        if whole >= 60 { return "\(whole / 60):\(whole % 60 < 10 ? "0" : "")\(whole % 60)" }
        return "\(whole)\(isKorean ? "초" : " s")"
    }

    /// A crowd's name in words.
    func crowd(_ name: String) -> String {
        switch name {
        case "light": self(.crowdLight)
        case "ordinary": self(.crowdOrdinary)
        case "heavy": self(.crowdHeavy)
        case "many": self(.crowdMany)
        case "people": self(.crowdPeople)
        case "newcomers": self(.crowdNewcomers)
        case "keys": self(.crowdKeys)
        case "recorded": self(.crowdRecorded)
        default: name
        }
    }

    /// A scenario's name in words.
    func scenario(_ name: String) -> String {
        switch name {
        case "flood": self(.scenarioFlood)
        case "steady": self(.scenarioSteady)
        case "daily": self(.scenarioDaily)
        case "wave": self(.scenarioWave)
        case "newcomers": self(.scenarioNewcomers)
        case "recorded": self(.scenarioRecorded)
        default: name
        }
    }
}
