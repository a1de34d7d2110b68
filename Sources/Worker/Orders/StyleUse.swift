/// A style as an order wants it: which, and how strongly.
///
/// Whole thousandths, because what artists are paid follows from them.
public struct StyleUse: Sendable, Hashable, Codable {
    /// The style's name.
    public var style: String
    /// How strongly, in thousandths: 1000 as it was trained.
    public var strengthMilli: Int

    /// The most styles of one picture.
    public static let limit = 4
    /// How strongly styles may be used, in thousandths.
    public static let strengths = 1...2000

    /// Names a style and a strength.
    public init(_ style: String, strengthMilli: Int = 1000) {
        self.style = style
        self.strengthMilli = strengthMilli
    }

    /// The strength as a number, 1 as it was trained.
    public var strength: Double { Double(strengthMilli) / 1000 }

    /// How metadata name it: `maru-ink`, or `maru-ink:0.5`.
    public var text: String { strengthMilli == 1000 ? style : "\(style):\(strength)" }
}
