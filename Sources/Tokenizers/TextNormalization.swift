// The standard library knows Unicode's canonical composition but does not publish it yet; Foundation's
// version would bring ICU with it. `ScalarClassTests` compares every code point with the reference.
@_spi(_Unicode) import Swift

/// Brings text into the form CLIP's vocabulary was made for: canonically composed, every white-space
/// character a plain space, lower case.
///
/// Source: the normalizer built in `transformers/models/clip/tokenization_clip.py`, transformers 5.23.0:
/// `Sequence([NFC(), Replace(Regex(r"\s+"), " "), Lowercase()])`. A run of white space is kept here as that
/// many spaces, because words are all that is looked for next.
enum TextNormalization {
    /// The normalized scalars. O(count), except that composition sorts runs of combining marks.
    static func normalize(_ scalars: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        if scalars.allSatisfy(isAlwaysComposed) { return lowercase(scalars) }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return lowercase(String(text)._nfc)
    }

    /// Whether a scalar is composed whatever stands beside it, as long as that is composed too: Latin below
    /// the combining marks, kana, Han, and Hangul syllables and letters. A conservative part of Unicode's
    /// `NFC_Quick_Check=Yes` that covers nearly all real text.
    private static func isAlwaysComposed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x300, 0x3000...0x3029, 0x3030...0x3098, 0x30A0...0x33FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3:
            true
        default: false
        }
    }

    private static func lowercase(_ scalars: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.underestimatedCount)
        for scalar in scalars {
            switch scalar.value {
            case 0x41...0x5A: result.append(Unicode.Scalar(UInt8(scalar.value + 0x20)))
            case 0x20..<0x80, 0x3001..<0xA640, 0xAC00...0xD7A3: result.append(scalar)
            default:
                if scalar.properties.isWhitespace {
                    result.append(" ")
                } else {
                    // One scalar at a time, as the reference does: no final-sigma rule.
                    result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
                }
            }
        }
        return result
    }
}
