import Testing

@testable import Images

@Suite struct PictureDecodingTests {
    @Test func pngComesBackPixelByPixel() throws {
        for (width, height) in [(1, 1), (48, 32), (257, 3)] {
            let picture = samplePicture(width: width, height: height)
            let decoded = try Picture(decoding: picture.encoded(as: .png()))
            #expect(decoded == picture)
        }
    }

    @Test(arguments: [PictureEncoding.jpeg(quality: 95), .webp(quality: 95)])
    func lossyFormatsComeBackAlike(encoding: PictureEncoding) throws {
        let picture = samplePicture()
        let bytes = try picture.encoded(as: encoding)
        #expect(PictureFormat(magicOf: bytes) == encoding.format)
        let change = try #require(difference(try Picture(decoding: bytes), picture))
        #expect(change.mean < 2 && change.largest < 24, "\(change)")
    }

    @Test func lowerQualityTakesFewerBytes() throws {
        let picture = samplePicture(width: 200, height: 150)
        #expect(
            try picture.encoded(as: .jpeg(quality: 20)).count < picture.encoded(as: .jpeg(quality: 95)).count)
        #expect(
            try picture.encoded(as: .webp(quality: 20)).count < picture.encoded(as: .webp(quality: 95)).count)
        #expect(try picture.encoded(as: .jpeg(quality: 500)) == picture.encoded(as: .jpeg(quality: 100)))
    }

    /// Where the top left pixel of the stored picture lies in the upright one, for each EXIF orientation.
    @Test(arguments: [
        (1, 0, 0), (2, 1, 0), (3, 1, 1), (4, 0, 1), (5, 0, 0), (6, 1, 0), (7, 1, 1), (8, 0, 1),
    ])
    func orientationIsHonoured(orientation: UInt8, right: Int, down: Int) throws {
        let white = Picture.Color.white
        var bytes = Picture(width: 64, height: 32, filledWith: .black).bytes
        for y in 0..<16 {
            for x in 0..<16 { for channel in 0..<3 { bytes[(y * 64 + x) * 3 + channel] = 255 } }
        }
        let jpeg = try Picture(width: 64, height: 32, bytes: bytes).encoded(as: .jpeg(quality: 100))
        let decoded = try Picture(decoding: marked(jpeg, orientation: orientation))
        #expect((decoded.width, decoded.height) == (orientation < 5 ? (64, 32) : (32, 64)))
        for cornerRight in 0...1 {
            for cornerDown in 0...1 {
                let color = decoded[
                    x: cornerRight == 1 ? decoded.width - 4 : 3, y: cornerDown == 1 ? decoded.height - 4 : 3]
                let expected = (cornerRight, cornerDown) == (right, down)
                #expect(
                    (color == white) == expected,
                    "orientation \(orientation) at \(cornerRight), \(cornerDown)")
            }
        }
    }

    @Test func greyPaletteSixteenBitAndTransparentPicturesAreRead() throws {
        let grey = PNGFixture(width: 2, height: 1, kind: .grey, rows: [[0, 200]])
        #expect(try Picture(decoding: grey.bytes).bytes == [0, 0, 0, 200, 200, 200])

        let bits = PNGFixture(width: 8, height: 1, kind: .grey, bitDepth: 1, rows: [[0b1010_0000]])
        #expect(try Picture(decoding: bits.bytes).bytes.prefix(9) == [255, 255, 255, 0, 0, 0, 255, 255, 255])

        var palette = PNGFixture(width: 2, height: 1, kind: .palette, rows: [[1, 0]])
        palette.extraChunks = [("PLTE", [10, 20, 30, 40, 50, 60])]
        #expect(try Picture(decoding: palette.bytes).bytes == [40, 50, 60, 10, 20, 30])
        palette.extraChunks.append(("tRNS", [0]))
        #expect(try Picture(decoding: palette.bytes).bytes == [40, 50, 60, 255, 255, 255])

        let deep = PNGFixture(
            width: 2, height: 1, kind: .color, bitDepth: 16,
            rows: [[255, 255, 128, 0, 0, 0, 1, 0, 2, 0, 3, 0]])
        try expect(deep, near: [255, 128, 0, 1, 2, 3])
        let deepGrey = PNGFixture(width: 1, height: 1, kind: .grey, bitDepth: 16, rows: [[100, 0]])
        try expect(deepGrey, near: [100, 100, 100])

        let alpha = PNGFixture(
            width: 3, height: 1, kind: .colorAlpha, rows: [[9, 9, 9, 0, 9, 9, 9, 255, 0, 0, 0, 128]])
        try expect(alpha, near: [255, 255, 255, 9, 9, 9, 127, 127, 127])
        let greyAlpha = PNGFixture(width: 2, height: 1, kind: .greyAlpha, rows: [[0, 0, 50, 255]])
        try expect(greyAlpha, near: [255, 255, 255, 50, 50, 50])
        let deepAlpha = PNGFixture(
            width: 2, height: 1, kind: .colorAlpha, bitDepth: 16,
            rows: [[0, 0, 0, 0, 0, 0, 0, 0] + [100, 0, 0, 0, 0, 0, 255, 255]])
        try expect(deepAlpha, near: [255, 255, 255, 100, 0, 0])
    }

    @Test func colourProfileIsHonoured() throws {
        var fixture = PNGFixture(width: 2, height: 1, kind: .color, rows: [[128, 0, 0, 255, 255, 255]])
        fixture.extraChunks = [("iCCP", Array("swapped\0\0".utf8) + PNGFixture.stored(swappedLinearProfile))]
        let bytes = try Picture(decoding: fixture.bytes).bytes
        // A linear half is 188 in sRGB.
        for (byte, expected) in zip(bytes, [0, 0, 188, 255, 255, 255]) {
            #expect(abs(Int(byte) - expected) <= 2)
        }
    }

    @Test func brokenColourProfileIsNoReasonToRefuse() throws {
        for profile in [[1, 2, 3, 4], Array(swappedLinearProfile.prefix(200)), []] {
            var fixture = PNGFixture(width: 1, height: 1, kind: .color, rows: [[10, 20, 30]])
            fixture.extraChunks = [("iCCP", Array("broken\0\0".utf8) + PNGFixture.stored(profile))]
            #expect(try Picture(decoding: fixture.bytes).bytes == [10, 20, 30])
        }
    }

    @Test func inkBecomesLight() throws {
        let picture = try Picture(decoding: ForeignFixture.inkJPEG)
        let color = picture[x: 4, y: 4]
        #expect(picture.width == 8 && color.red > 200 && color.green < 60 && color.blue < 60, "\(color)")
    }

    @Test func firstPictureOfAnAnimationIsTaken() throws {
        let picture = try Picture(decoding: ForeignFixture.animatedWebP)
        #expect((picture.width, picture.height) == (6, 4))
        #expect(picture[x: 3, y: 2] == Picture.Color(red: 255, green: 0, blue: 0))
    }

    @Test(arguments: PictureEncoding.each)
    func halfAFileIsRefused(encoding: PictureEncoding) throws {
        let bytes = try samplePicture(width: 200, height: 200).encoded(as: encoding)
        for count in [12, 20, 40, bytes.count / 4, bytes.count / 2, bytes.count * 9 / 10] {
            let error = #expect(throws: ImagesError.self, "\(encoding) of \(count) bytes") {
                try Picture(decoding: Array(bytes.prefix(count)))
            }
            #expect(error?.code == .damaged)
        }
    }

    @Test(arguments: [
        ("nothing", []),
        ("a GIF", Array("GIF89a".utf8) + [UInt8](repeating: 0, count: 40)),
        ("an SVG", Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8)),
        ("a TIFF", [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0]),
        ("a PDF", Array("%PDF-1.7\n".utf8)),
        ("another RIFF", Array("RIFF\u{10}\0\0\0WAVEfmt ".utf8)),
        ("half a magic", [0xFF, 0xD8]),
        ("zeros", [UInt8](repeating: 0, count: 100)),
    ])
    func otherFormatsAreRefused(what: String, bytes: [UInt8]) {
        let error = #expect(throws: ImagesError.self) { try Picture(decoding: bytes) }
        #expect(error?.code == .unknownFormat, "\(what)")
    }

    @Test func bombIsRefusedByItsHeader() {
        let bomb = PNGFixture(width: 30_000, height: 30_000, kind: .color, rows: [[0]])
        let error = #expect(throws: ImagesError.self) { try Picture(decoding: bomb.bytes, name: "photo.png") }
        #expect(error?.code == .pictureTooLarge)
        #expect(error?.message.contains("photo.png has 30000x30000") == true)
    }

    @Test func limitsHoldToTheLastPixelAndByte() throws {
        let picture = samplePicture(width: 10, height: 10)
        let bytes = try picture.encoded(as: .png())
        let exact = PictureLimits(pixelCount: 100, byteCount: bytes.count)
        #expect(try Picture(decoding: bytes, limits: exact) == picture)
        var fewerPixels = exact
        fewerPixels.pixelCount -= 1
        #expect(throws: ImagesError.self) { try Picture(decoding: bytes, limits: fewerPixels) }
        var fewerBytes = exact
        fewerBytes.byteCount -= 1
        let error = #expect(throws: ImagesError.self) { try Picture(decoding: bytes, limits: fewerBytes) }
        #expect(error?.code == .fileTooLarge)
    }

    private func expect(
        _ fixture: PNGFixture, near expected: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let bytes = try Picture(decoding: fixture.bytes).bytes
        let isNear =
            bytes.count == expected.count && zip(bytes, expected).allSatisfy { abs(Int($0) - Int($1)) <= 1 }
        #expect(isNear, "\(bytes) is not \(expected)", sourceLocation: sourceLocation)
    }

    /// A JPEG with an EXIF block of nothing but an orientation.
    private func marked(_ jpeg: [UInt8], orientation: UInt8) -> [UInt8] {
        let directory: [UInt8] = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
        let exif = Array("Exif\0\0MM\0*\0\0\0\u{8}".utf8) + directory
        return jpeg[..<2] + [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + jpeg[2...]
    }
}
