import TestSupport
import Testing

@testable import Images

@Suite struct PictureSizeTests {
    @Test func resizingReachesTheSizeAskedFor() throws {
        for seed in UInt64(0)..<60 {
            var generator = SeededGenerator(seed: seed)
            func side() -> Int { Int.random(in: 1...150, using: &generator) }
            let picture = samplePicture(width: side(), height: side())
            let (width, height) = (side(), side())
            let resized = try picture.resized(width: width, height: height)
            #expect((resized.width, resized.height) == (width, height), "PictureSizeTests seed \(seed)")
        }
    }

    @Test func resizingKeepsColoursAndSmoothShapes() throws {
        let colour = Picture.Color(red: 10, green: 200, blue: 77)
        let plain = Picture(width: 37, height: 21, filledWith: colour)
        for (width, height) in [(5, 90), (74, 42), (1, 1), (36, 21)] {
            #expect(
                try plain.resized(width: width, height: height)
                    == Picture(width: width, height: height, filledWith: colour))
        }
        let large = samplePicture(width: 320, height: 240)
        let resized = try large.resized(width: 80, height: 60)
        let change = try #require(difference(resized, samplePicture(width: 80, height: 60)))
        #expect(change.mean < 2, "\(change)")
    }

    /// A kernel narrower than the shrinkage would leave a pattern where an even grey is right.
    @Test func shrinkingAverages() throws {
        var bytes: [UInt8] = []
        for y in 0..<256 {
            for x in 0..<256 { bytes += [UInt8](repeating: (x + y) % 2 == 0 ? 0 : 255, count: 3) }
        }
        let shrunk = try Picture(width: 256, height: 256, bytes: bytes).resized(width: 32, height: 32)
        #expect(shrunk.bytes.allSatisfy { (120...135).contains($0) })
    }

    @Test(arguments: [(0, 5), (5, 0), (-1, 5), (Int.max, Int.max), (10_000, 10_000)])
    func impossibleSizesAreRefused(width: Int, height: Int) {
        let picture = samplePicture()
        for make in [picture.resized, picture.fitted, picture.contained] {
            let error = #expect(throws: ImagesError.self) { try make(width, height) }
            #expect(error?.code == .invalidSize)
        }
    }

    @Test func fittingCutsTheSidesOff() throws {
        // Left and right thirds red, the middle one blue.
        var bytes: [UInt8] = []
        for _ in 0..<30 { for x in 0..<90 { bytes += (30..<60).contains(x) ? [0, 0, 255] : [255, 0, 0] } }
        let wide = Picture(width: 90, height: 30, bytes: bytes)
        let blue = Picture.Color(red: 0, green: 0, blue: 255)
        #expect(try wide.fitted(width: 30, height: 30) == Picture(width: 30, height: 30, filledWith: blue))
        #expect(try wide.fitted(width: 15, height: 60).width == 15)
        #expect(try wide.fitted(width: 90, height: 30) == wide)
        let contained = try wide.contained(width: 30, height: 30)
        #expect((contained.width, contained.height) == (30, 10))
        #expect(contained[x: 1, y: 5].red > 200)
    }

    @Test func gridPlacesEachPicture() {
        let red = Picture(width: 2, height: 2, filledWith: .init(red: 255, green: 0, blue: 0))
        let green = Picture(width: 2, height: 2, filledWith: .init(red: 0, green: 255, blue: 0))
        let small = Picture(width: 1, height: 1, filledWith: .black)
        let sheet = Picture.grid(of: [red, green, small], columns: 2, spacing: 1)
        #expect((sheet.width, sheet.height) == (7, 7))
        #expect(sheet[x: 0, y: 0] == .white && sheet[x: 3, y: 1] == .white && sheet[x: 6, y: 6] == .white)
        #expect(sheet[x: 1, y: 1].red == 255 && sheet[x: 1, y: 1].green == 0 && sheet[x: 2, y: 2].blue == 0)
        #expect(sheet[x: 4, y: 1].green == 255 && sheet[x: 5, y: 2].red == 0)
        #expect(sheet[x: 1, y: 4] == .black && sheet[x: 2, y: 4] == .white && sheet[x: 4, y: 4] == .white)
        #expect(Picture.grid(of: [red], columns: 5) == red)
    }
}
