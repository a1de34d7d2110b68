/// An edition of the painter: what its numbers mean, for good.
///
/// A model's training record names the edition whose pictures the model has learned from.
public enum PainterEdition: Int, CaseIterable, Sendable, Hashable, Codable {
    /// ``Scene``: storybook scenes.
    case first = 1
    /// ``Tableau``: the wider world.
    case second

    /// Paints picture `number` on a square, without grain, as models learn it.
    /// - Parameter size: pixels a side, 64...1024.
    /// - Throws: `PainterError` where the size is outside that range or Cairo runs out of memory.
    public func painting(ofPicture number: UInt64, size: Int) throws(PainterError) -> Painting {
        switch self {
        case .first: try Scene(seed: number).paint(size: size)
        case .second: try Tableau(seed: number).paint(size: size)
        }
    }

    /// One of the captions of picture `number`; the same seed gives the same words.
    public func caption(ofPicture number: UInt64, language: CaptionLanguage, seed: UInt64) -> String {
        switch self {
        case .first: Scene(seed: number).caption(language: language, seed: seed)
        case .second: Tableau(seed: number).caption(language: language, seed: seed)
        }
    }
}
