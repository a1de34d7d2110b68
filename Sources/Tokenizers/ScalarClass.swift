/// The four kinds of characters that CLIP's word pattern tells apart.
///
/// `ScalarClassTests` compares every code point with the reference.
enum ScalarClass {
    /// `\s`: Unicode's `White_Space`.
    case space
    /// `\p{L}`: general categories Lu, Ll, Lt, Lm, Lo.
    case letter
    /// `\p{N}`: general categories Nd, Nl, No.
    case number
    /// Everything else: punctuation, symbols, marks, controls, and what is not assigned.
    case other

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0xAC00...0xD7A3: self = .letter
        case 0x30...0x39: self = .number
        case 0x20, 0x09...0x0D: self = .space
        case 0..<0x80: self = .other
        default: self.init(propertiesOf: scalar)
        }
    }

    private init(propertiesOf scalar: Unicode.Scalar) {
        let properties = scalar.properties
        if properties.isWhitespace {
            self = .space
            return
        }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            self = Self.isKnownToReference(properties) ? .letter : .other
        case .decimalNumber, .letterNumber, .otherNumber:
            self = Self.isKnownToReference(properties) ? .number : .other
        default: self = .other
        }
    }

    /// The reference (tokenizers 0.23) carries the tables of Unicode 16; to it, a character that came later
    /// is not assigned. Without this, token ids would change with the Swift runtime.
    private static func isKnownToReference(_ properties: Unicode.Scalar.Properties) -> Bool {
        guard let age = properties.age else { return false }
        return age.major <= 16
    }
}
