/// A text that a PNG carries beside its pixels, under a keyword.
///
/// ASCII goes into a `tEXt` chunk, which every reader knows, everything else as UTF-8 into an `iTXt` chunk.
///
/// Source: W3C, "Portable Network Graphics (PNG) Specification (Third Edition)", section 11.3.3.
public struct PNGText: Sendable, Hashable {
    /// What the text is: 1 to 79 printable ASCII characters, without spaces at its ends or two in a row.
    public let keyword: String
    /// The text: any Unicode but the null character, at most 1 MiB as UTF-8.
    public let text: String

    /// Pairs a keyword with its text.
    public init(keyword: String, text: String) {
        self.keyword = keyword
        self.text = text
    }

    /// The longest text, in bytes: what common readers still take.
    static let maximumByteCount = 1 << 20
    /// The most texts that are read from one file, and the bytes that they may take together. More is no
    /// picture's description but somebody's attempt to fill memory.
    static let maximumCount = 64
    static let maximumTotalByteCount = 4 << 20

    /// The texts of a PNG in the file's order; none where the bytes are no PNG.
    ///
    /// Reads at most 64 texts of together 4 MiB, stops at the first damaged chunk, and passes over texts that
    /// are compressed or ill-formed. One pass over the bytes.
    public static func texts(in bytes: [UInt8]) -> [PNGText] {
        var texts: [PNGText] = []
        var totalByteCount = 0
        for chunk in PNGChunks(bytes) where chunk.type == "tEXt" || chunk.type == "iTXt" {
            totalByteCount += chunk.dataRange.count
            guard texts.count < maximumCount, totalByteCount <= maximumTotalByteCount else { break }
            let data = bytes[chunk.dataRange]
            if let text = chunk.type == "tEXt" ? PNGText(latinData: data) : PNGText(unicodeData: data) {
                texts.append(text)
            }
        }
        return texts
    }

    /// The PNG with texts before its pixels, where every reader looks for them.
    /// - Throws: ``ImagesError`` with `invalidText` where a text cannot be stored, `damaged` where the bytes are
    ///   no PNG.
    static func inserting(_ texts: [PNGText], into bytes: [UInt8]) throws -> [UInt8] {
        guard let header = PNGChunks(bytes).first(where: { _ in true }), header.type == "IHDR" else {
            throw ImagesError(.damaged, "texts can only be put into a PNG picture; encode it as PNG first")
        }
        guard texts.count <= maximumCount else {
            throw ImagesError(
                .invalidText, "a picture carries at most \(maximumCount) texts, not \(texts.count)")
        }
        let chunks = try texts.flatMap { try $0.chunk() }
        return bytes[..<header.range.upperBound] + chunks + bytes[header.range.upperBound...]
    }

    private func chunk() throws -> [UInt8] {
        let keywordBytes = Array(keyword.utf8)
        guard (1...79).contains(keywordBytes.count), keywordBytes.allSatisfy({ (0x20..<0x7F).contains($0) }),
            keywordBytes.first != 0x20, keywordBytes.last != 0x20, !keyword.contains("  ")
        else {
            throw ImagesError(
                .invalidText,
                "a PNG keyword is 1 to 79 printable ASCII characters with single spaces inside only")
        }
        let textBytes = Array(text.utf8)
        guard textBytes.count <= Self.maximumByteCount, !textBytes.contains(0) else {
            throw ImagesError(
                .invalidText,
                "the text under \(keyword) is longer than \(Self.maximumByteCount) bytes or holds a null character;"
                    + " shorten it")
        }
        // A tEXt chunk may hold no control character but the line feed.
        if textBytes.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A }) {
            return PNGChunks.serialized(type: "tEXt", data: keywordBytes + [0] + textBytes)
        }
        // After the keyword: not compressed, by method 0, in no named language, with no translated keyword.
        return PNGChunks.serialized(type: "iTXt", data: keywordBytes + [0, 0, 0, 0, 0] + textBytes)
    }

    /// Reads a `tEXt` chunk: keyword, null, text, both Latin-1.
    private init?(latinData data: ArraySlice<UInt8>) {
        guard let end = data.firstIndex(of: 0), end > data.startIndex else { return nil }
        func latin(_ bytes: ArraySlice<UInt8>) -> String {
            String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        }
        self.init(keyword: latin(data[..<end]), text: latin(data[(end + 1)...]))
    }

    /// Reads an `iTXt` chunk: keyword, null, two bytes of compression, language, null, translation, null, text.
    private init?(unicodeData data: ArraySlice<UInt8>) {
        guard let keywordEnd = data.firstIndex(of: 0), keywordEnd > data.startIndex,
            data.endIndex - keywordEnd > 2, data[keywordEnd + 1] == 0,
            let languageEnd = data[(keywordEnd + 3)...].firstIndex(of: 0),
            let translationEnd = data[(languageEnd + 1)...].firstIndex(of: 0),
            let keyword = String(validating: data[..<keywordEnd], as: UTF8.self),
            let text = String(validating: data[(translationEnd + 1)...], as: UTF8.self)
        else { return nil }
        self.init(keyword: keyword, text: text)
    }
}
