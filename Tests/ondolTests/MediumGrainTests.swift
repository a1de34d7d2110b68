import Images
import Painter
import Testing

@testable import ondol

/// The medium is found in the sentence.
struct MediumGrainTests {
    @Test(arguments: [
        ("노을 속 소년, 수채화", Medium.watercolor), ("A cat, WATERCOLOR style", .watercolor),
        ("숲, 유화 느낌", .oil), ("a boat, oil on canvas", .oil), ("펜화로 그린 마을", .ink),
        ("색연필 그림, 고양이", .pencil), ("a dog, colored pencil drawing", .pencil), ("soft pastel, sea", .pastel),
        ("flat illustration of a bird", .flat),
    ])
    func aMediumThatIsNamedIsFound(prompt: String, medium: Medium) {
        #expect(MediumGrain(prompt: prompt)?.medium == medium)
    }

    @Test(arguments: ["", "노을 속 소년", "a pink drawing of a girl", "a boiled egg"])
    func nothingIsFoundWhereNoneIsNamed(prompt: String) {
        #expect(MediumGrain(prompt: prompt)?.medium == nil)
    }

    @Test func theGrainDependsOnTheSeedAndNeedsASquare() throws {
        let grain = try #require(MediumGrain(prompt: "수채화"))
        let square = Picture(
            width: 64, height: 64, filledWith: .init(red: 120, green: 130, blue: 140))
        let laid = grain.laid(over: square, seed: 1)
        #expect(laid != square)
        #expect(laid == grain.laid(over: square, seed: 1))
        #expect(laid != grain.laid(over: square, seed: 2))
        let wide = Picture(width: 64, height: 32, filledWith: .white)
        #expect(grain.laid(over: wide, seed: 1) == wide)
    }

    @Test func aPhotosOwnPixelsGetNoGrain() throws {
        let grain = try #require(MediumGrain(prompt: "수채화"))
        let picture = Picture(
            width: 64, height: 64, filledWith: .init(red: 120, green: 130, blue: 140))
        // Of the photo's size, which is another than the drawing's: its right half.
        let mask = PictureMask(width: 128, height: 128, isDrawn: (0..<16_384).map { $0 % 128 >= 64 })
        let laid = try grain.laid(over: picture, seed: 1, inside: mask)
        let whole = try grain.laid(over: picture, seed: 1, inside: nil)
        #expect(whole == grain.laid(over: picture, seed: 1))
        for y in 0..<64 {
            for x in 0..<32 { #expect(laid[x: x, y: y] == picture[x: x, y: y]) }
            for x in 36..<64 { #expect(laid[x: x, y: y] == whole[x: x, y: y]) }
        }
        #expect(laid != picture)
    }
}
