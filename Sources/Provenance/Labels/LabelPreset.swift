import Images
import Rights

/// The visible label that a place's rules ask for.
///
/// What each rule says, and what else belongs to it, is in `Docs/provenance.md`. It is no legal advice.
public enum LabelPreset: String, Sendable, Hashable, Codable, CaseIterable {
    /// Republic of Korea: AI Basic Act, article 31.
    case korea
    /// European Union: AI Act, article 50.
    case europeanUnion = "european-union"
    /// California: SB 942 with AB 853.
    case california
    /// China: GB 45438-2025.
    case china

    /// The words of the label.
    /// - Parameter isEdited: whether the picture was made from a photo.
    public func text(isEdited: Bool) -> String {
        switch self {
        case .korea: isEdited ? "AI 편집" : "AI 생성"
        case .europeanUnion: isEdited ? "AI-modified" : "AI-generated"
        case .california: isEdited ? "AI-altered" : "AI-generated"
        case .china: isEdited ? "AI合成" : "AI生成"
        }
    }

    /// The language of the words, as BCP 47 names it.
    public var language: String {
        switch self {
        case .korea: "ko"
        case .europeanUnion, .california: "en"
        case .china: "zh-Hans"
        }
    }

    /// Which forms the letters have: Korean and Chinese share characters that they write differently.
    var font: TextFont {
        let family =
            switch self {
            case .korea, .europeanUnion, .california: "Noto Sans CJK KR Bold"
            case .china: "Noto Sans CJK SC Bold"
            }
        return TextFont(path: Self.fontPath, family: family)
    }

    /// Debian's package `fonts-noto-cjk`: one design for every script that the labels have.
    public static let fontPath = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
}
