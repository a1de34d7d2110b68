/// The printable characters that stand for the 256 byte values in a byte-level vocabulary.
///
/// Bytes that print as themselves in Latin-1 keep their character; the other 68 take the characters from
/// U+0100 on, in byte order. A vocabulary file can then be read as plain text.
///
/// Source: `bytes_to_unicode` in GPT-2's `src/encoder.py` (openai/gpt-2, revision 9b63575).
enum ByteAlphabet {
    /// Written after the last symbol of a word, so that "the" and the "the" of "theatre" are two tokens.
    static let endOfWord = "</w>"

    /// All bytes in the order in which CLIP numbers them: those that print as themselves, then the others.
    static let bytesInVocabularyOrder: [UInt8] = {
        let printable = (0...255).map(UInt8.init).filter(printsAsItself)
        return printable + (0...255).map(UInt8.init).filter { !printsAsItself($0) }
    }()

    /// The character that stands for each byte, indexed by the byte.
    static let characters: [Character] = {
        var result = [Character](repeating: " ", count: 256)
        var nextSubstitute: UInt32 = 0x100
        for byte in (0...255).map(UInt8.init) {
            if printsAsItself(byte) {
                result[Int(byte)] = Character(Unicode.Scalar(byte))
            } else if let scalar = Unicode.Scalar(nextSubstitute) {
                result[Int(byte)] = Character(scalar)
                nextSubstitute += 1
            }
        }
        return result
    }()

    private static func printsAsItself(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: true
        default: false
        }
    }
}
