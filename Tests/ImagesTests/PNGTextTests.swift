import Testing

@testable import Images

@Suite struct PNGTextTests {
    private static let texts = [
        PNGText(keyword: "prompt", text: "노을 속 혼자 앉아 있는 조용한 소년, 부드러운 톤 🌇"),
        PNGText(keyword: "seed", text: "42"),
        PNGText(keyword: "parameters", text: "steps: 20\nguidance: 7.5"),
        PNGText(keyword: "tab", text: "a\tb"),
        PNGText(keyword: "empty", text: ""),
    ]

    @Test func textsComeBackInOrderAndThePixelsAreUntouched() throws {
        let picture = samplePicture()
        let bytes = try picture.encoded(as: .png(texts: Self.texts))
        #expect(PNGText.texts(in: bytes) == Self.texts)
        #expect(try Picture(decoding: bytes) == picture)
    }

    @Test func textsStandBeforeThePixelsInTheRightChunks() throws {
        let bytes = try samplePicture().encoded(as: .png(texts: Self.texts))
        let types = PNGChunks(bytes).map(\.type)
        #expect(types.first == "IHDR" && types.last == "IEND")
        #expect(Array(types[1...5]) == ["iTXt", "tEXt", "tEXt", "iTXt", "tEXt"])
        #expect(types.firstIndex(of: "IDAT")! > 5)
    }

    @Test func latinTextOfOthersIsRead() {
        let data = Array("Author\0".utf8) + [0xC9, 0x6D]
        #expect(PNGText.texts(in: file(with: [("tEXt", data)])) == [PNGText(keyword: "Author", text: "Ém")])
    }

    /// Compressed, without an end of the keyword, with no keyword, cut off, not UTF-8.
    @Test(arguments: [
        ("iTXt", Array("k\0\u{1}\0\0\0x".utf8)), ("tEXt", Array("keyword".utf8)),
        ("tEXt", Array("\0text".utf8)),
        ("iTXt", Array("k\0\0".utf8)), ("iTXt", Array("k\0\0\0ko".utf8)),
        ("iTXt", Array("k\0\0\0\0\0".utf8) + [0xFF]),
        ("iTXt", []), ("tEXt", []), ("zTXt", Array("k\0\0x".utf8)),
    ])
    func illFormedTextIsPassedOver(type: String, data: [UInt8]) {
        let good = PNGText(keyword: "seed", text: "1")
        #expect(PNGText.texts(in: file(with: [(type, data), ("tEXt", Array("seed\u{0}1".utf8))])) == [good])
    }

    @Test func readingIsBounded() {
        let many = file(with: Array(repeating: ("tEXt", Array("k\0v".utf8)), count: 1000))
        #expect(PNGText.texts(in: many).count == PNGText.maximumCount)
        let long = file(
            with: Array(
                repeating: ("tEXt", Array("k\0".utf8) + [UInt8](repeating: 0x61, count: 1 << 20)), count: 6))
        #expect(PNGText.texts(in: long).count == 3)
        #expect(PNGText.texts(in: Array("no picture".utf8)).isEmpty)
    }

    @Test func readingStopsAtAWrongChecksum() {
        var bytes = file(with: [("tEXt", Array("a\0b".utf8)), ("tEXt", Array("c\0d".utf8))])
        let second = Array(PNGChunks(bytes))[2]
        bytes[second.dataRange.lowerBound] ^= 1
        #expect(PNGText.texts(in: bytes) == [PNGText(keyword: "a", text: "b")])
    }

    @Test(arguments: [
        ("", "text"), (" seed", "text"), ("seed ", "text"), ("two  spaces", "text"), ("씨앗", "text"),
        (String(repeating: "k", count: 80), "text"), ("line\n", "text"), ("seed", "null\0"),
        ("seed", String(repeating: "x", count: (1 << 20) + 1)),
    ])
    func textThatCannotBeStoredIsRefused(keyword: String, text: String) {
        let error = #expect(throws: ImagesError.self) {
            try samplePicture().encoded(as: .png(texts: [PNGText(keyword: keyword, text: text)]))
        }
        #expect(error?.code == .invalidText)
        #expect(error?.message.contains("null\0") == false, "a text must not appear in an error")
    }

    /// The checksum of "IEND", which every PNG file ends with.
    @Test func checksumIsThatOfEveryPNG() {
        #expect(PNGChunks.checksum(of: Array("IEND".utf8)[...]) == 0xAE42_6082)
    }

    private func file(with chunks: [(String, [UInt8])]) -> [UInt8] {
        var fixture = PNGFixture(width: 1, height: 1, kind: .grey, rows: [[0]])
        fixture.extraChunks = chunks
        return fixture.bytes
    }
}
