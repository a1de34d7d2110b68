import Testing

@testable import Images

/// Masks of every kind of PNG, their geometry beside their photo's, and what is left untouched.
@Suite struct PictureMaskTests {
    /// A mask whose pixels are drawn where a closure says so.
    private func mask(_ width: Int, _ height: Int, _ isDrawn: (Int, Int) -> Bool) -> PictureMask {
        PictureMask(
            width: width, height: height,
            isDrawn: (0..<width * height).map { isDrawn($0 % width, $0 / width) })
    }

    /// Three pixels in a row: transparent, nearly transparent, opaque.
    private static let kinds: [PNGFixture] = [
        PNGFixture(
            width: 3, height: 1, kind: .colorAlpha, rows: [[9, 9, 9, 0, 9, 9, 9, 1, 9, 9, 9, 255]]),
        PNGFixture(width: 3, height: 1, kind: .greyAlpha, rows: [[9, 0, 9, 1, 9, 255]]),
        // Sixteen bits, of which the second pixel has only the lowest set.
        PNGFixture(
            width: 3, height: 1, kind: .greyAlpha, bitDepth: 16,
            rows: [[9, 9, 0, 0, 9, 9, 0, 1, 9, 9, 255, 255]]),
        PNGFixture(
            width: 3, height: 1, kind: .palette, rows: [[0, 1, 2]],
            extraChunks: [("PLTE", [1, 1, 1, 2, 2, 2, 3, 3, 3]), ("tRNS", [0, 1])]),
    ]

    @Test("Only what is wholly transparent is drawn anew, in every kind of PNG", arguments: kinds.indices)
    func decoding(_ kind: Int) throws {
        let mask = try PictureMask(decoding: Self.kinds[kind].bytes)
        #expect((mask.width, mask.height) == (3, 1))
        #expect(mask.isDrawn == [true, false, false])
        let header = try PictureHeader(of: Self.kinds[kind].bytes)
        #expect(header.hasAlpha && header.width == 3 && header.height == 1 && header.format == .png)
    }

    @Test("What tells nothing by transparency, or is no picture, is refused")
    func refused() throws {
        let opaque = PNGFixture(width: 1, height: 1, kind: .color, rows: [[1, 2, 3]]).bytes
        #expect(try !PictureHeader(of: opaque).hasAlpha)
        let jpeg = try samplePicture().encoded(as: .jpeg())
        let webp = try samplePicture().encoded(as: .webp())
        for (bytes, code) in [
            (opaque, ImagesError.Code.noTransparency), (jpeg, .noTransparency), (webp, .noTransparency),
            ([], .unknownFormat), (Array("GIF89a".utf8), .unknownFormat),
            (Array(Self.kinds[0].bytes.dropLast(30)), .damaged),
            (Array(Self.kinds[0].bytes.prefix(20)), .damaged),
        ] {
            let error = #expect(throws: ImagesError.self) { try PictureMask(decoding: bytes) }
            #expect(error?.code == code)
        }
        let limits = PictureLimits(pixelCount: 2, byteCount: 1000)
        for read in [
            { _ = try PictureMask(decoding: Self.kinds[0].bytes, limits: limits) },
            { _ = try PictureHeader(of: Self.kinds[0].bytes, limits: limits) },
        ] {
            let error = #expect(throws: ImagesError.self) { try read() }
            #expect(error?.code == .pictureTooLarge)
        }
    }

    @Test("A mask is cut and resized as its photo is", arguments: [(24, 24), (60, 20), (10, 30), (48, 32)])
    func fitted(width: Int, height: Int) throws {
        // The photo is white where the mask is drawn, so that the two can be compared.
        let drawn = mask(48, 32) { x, y in (10..<30).contains(x) && (6..<20).contains(y) }
        let photo = Picture(
            width: 48, height: 32, bytes: drawn.isDrawn.flatMap { [UInt8](repeating: $0 ? 255 : 0, count: 3) }
        )
        let (fittedMask, fittedPhoto) = try (
            drawn.fitted(width: width, height: height), photo.fitted(width: width, height: height)
        )
        #expect((fittedMask.width, fittedMask.height) == (width, height))
        for pixel in 0..<width * height {
            #expect(fittedMask.isDrawn[pixel] == (fittedPhoto.bytes[3 * pixel] >= 128))
        }
        #expect(!fittedMask.isEmpty)
    }

    @Test("A cell is drawn where any of its pixels is")
    func cells() {
        let drawn = mask(8, 4) { x, y in x == 3 && y == 3 || x == 4 && y == 0 }
        #expect(drawn.cells(side: 4) == [true, true])
        #expect(drawn.cells(side: 2) == [false, false, true, false, false, true, false, false])
        #expect(mask(4, 4) { _, _ in false }.cells(side: 2).allSatisfy { !$0 })
    }

    @Test("Weights rise from the edge inwards and are nothing outside; the picture's border is no edge")
    func weights() {
        let half = mask(8, 3) { x, _ in x >= 3 }
        #expect(half.weights(edge: 3)[8..<16].elementsEqual([0, 0, 0, 0.25, 0.5, 0.75, 1, 1]))
        #expect(half.weights(edge: 0)[8..<16].elementsEqual([0, 0, 0, 1, 1, 1, 1, 1]))
        // A line of one pixel is drawn whole, and so is a mask without an outside.
        let line = mask(8, 8) { x, _ in x == 4 }
        #expect(line.weights(edge: 4).reduce(0, +) == 8)
        #expect(mask(4, 4) { _, _ in true }.weights(edge: 2).allSatisfy { $0 == 1 })
        #expect(mask(4, 4) { _, _ in false }.weights(edge: 2).allSatisfy { $0 == 0 })
        #expect(half.weights(edge: .max - 1)[8..<16].allSatisfy { $0 >= 0 && $0 <= 1 })
    }

    @Test("Outside of the mask every byte is the photo's; inside, beyond the edge, the drawing's")
    func blending() throws {
        let drawn = mask(40, 30) { x, y in (8..<32).contains(x) && (5..<25).contains(y) }
        let photo = samplePicture(width: 40, height: 30)
        let other = Picture(width: 40, height: 30, filledWith: .init(red: 1, green: 250, blue: 99))
        let blended = drawn.blending(other, over: photo, edge: 2)
        for y in 0..<30 {
            for x in 0..<40 {
                if !drawn.isDrawn[y * 40 + x] { #expect(blended[x: x, y: y] == photo[x: x, y: y]) }
                if (11..<29).contains(x), (8..<22).contains(y) {
                    #expect(blended[x: x, y: y] == other[x: x, y: y])
                }
            }
        }
        // One step into the mask a third is drawn.
        let (below, edge) = (photo[x: 8, y: 15], blended[x: 8, y: 15])
        #expect(abs(Double(edge.green) - (Double(below.green) * 2 + 250) / 3) <= 0.5)
    }

    @Test("A photo on its side says its size upright")
    func orientation() throws {
        let header = try PictureHeader(of: samplePicture(width: 48, height: 32).encoded(as: .png()))
        #expect((header.width, header.height) == (48, 32))
        let error = #expect(throws: ImagesError.self) { try PictureHeader(of: [1, 2, 3]) }
        #expect(error?.code == .unknownFormat)
    }
}
