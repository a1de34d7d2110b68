import Images
import Painter

/// The grain of the medium that a prompt names, which the built-in model leaves to be added.
struct MediumGrain {
    /// The medium.
    let medium: Medium

    /// Looks for a medium in a prompt by the captions' own words; nil where it names none.
    ///
    /// The longest word that is found counts: `색연필 그림` is no `펜 그림`.
    init?(prompt: String) {
        let text = prompt.lowercased()
        let entries = [CaptionLanguage.korean, .english].flatMap { CaptionVocabulary(language: $0).entries }
        let found = entries.filter { $0.attribute == "medium" }.flatMap { entry in
            entry.words.filter { Self.names($0.lowercased(), text) }.map {
                (length: $0.count, value: entry.value)
            }
        }
        guard let best = found.max(by: { $0.length < $1.length }), let medium = Medium(rawValue: best.value)
        else { return nil }
        self.medium = medium
    }

    /// Whether `word` stands in `text`, not in the middle of a longer word: `pink drawing` is no `ink drawing`.
    private static func names(_ word: String, _ text: String) -> Bool {
        var rest = text[...]
        while let range = rest.firstRange(of: word) {
            let before = rest[..<range.lowerBound].last ?? text[..<range.lowerBound].last
            if before?.isLetter != true { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }

    /// The picture with the grain, in the part of it that was drawn: a photo's own pixels stay as they are.
    /// - Parameter mask: where it was drawn, of any size with the picture's proportions or cut to them; nil everywhere.
    /// - Throws: `ImagesError` where the mask cannot be brought to the picture's size.
    func laid(over picture: Picture, seed: UInt64, inside mask: PictureMask?) throws -> Picture {
        let grained = laid(over: picture, seed: seed)
        guard let mask else { return grained }
        return try mask.fitted(width: picture.width, height: picture.height).blending(grained, over: picture)
    }

    /// The picture with the grain; the picture itself where it is not square, as the painter's sheets are.
    func laid(over picture: Picture, seed: UInt64) -> Picture {
        guard picture.width == picture.height,
            let painting = try? Painting(size: picture.width, pixels: picture.bytes)
        else { return picture }
        return Picture(
            width: picture.width, height: picture.height,
            bytes: painting.finished(as: medium, seed: seed).pixels)
    }
}
