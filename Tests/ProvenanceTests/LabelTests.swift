import Images
import Testing

@testable import Provenance

/// Labels that people see.
struct LabelTests {
    @Test(
        "Capitals are at least a twentieth of the shorter side, at every size and shape and in every script",
        arguments: LabelPreset.allCases)
    func height(preset: LabelPreset) throws {
        for (width, height) in [
            (128, 128), (192, 128), (640, 128), (128, 512), (256, 256), (512, 768), (1536, 640), (1024, 1024),
        ] {
            let plain = Picture(
                width: width, height: height, filledWith: .init(red: 90, green: 140, blue: 60))
            for isEdited in [false, true] {
                let labelled = try VisibleLabel(preset).drawn(on: plain, isEdited: isEdited)
                #expect((labelled.width, labelled.height) == (width, height))
                // Ink is white; half of it is brighter than the picture is anywhere.
                let rows = (0..<height).filter { y in
                    (0..<width).contains { labelled[x: $0, y: y].red > 143 }
                }
                let inkHeight = try #require(rows.last) - rows[0] + 1
                #expect(
                    Double(inkHeight) >= Double(min(width, height)) * 0.05, "\(preset) \(width)x\(height)")
                // All labels begin with an A, which no letter reaches below.
                func hasInk(_ x: Int, _ y: Int) -> Bool { labelled[x: x, y: y].red > 143 }
                let first = try #require((0..<width).first { x in rows.contains { hasInk(x, $0) } })
                let end = try #require((first..<width).first { x in !rows.contains { hasInk(x, $0) } })
                let capital = rows.filter { y in (first..<end).contains { hasInk($0, y) } }
                #expect(
                    Double(try #require(capital.last) - capital[0] + 1) >= Double(min(width, height)) * 0.05)
                // In the lower right corner, and nowhere else.
                #expect(rows[0] > height / 2)
                #expect(labelled[x: 0, y: 0] == plain[x: 0, y: 0])
            }
        }
    }

    @Test("White words can be read on white and on black")
    func contrast() throws {
        for color in [Picture.Color.white, .black] {
            let plain = Picture(width: 256, height: 256, filledWith: color)
            let labelled = try VisibleLabel(.korea).drawn(on: plain, isEdited: false)
            let columns = (0..<256).map { labelled[x: $0, y: 256 - 6 - 10] }
            let plate = try #require(columns.min { $0.red < $1.red })
            // Source: WCAG 2.2, 1.4.3: 4.5 to 1 for text.
            #expect(plate.red < 110)
            #expect(columns.contains { $0.red > 250 })
        }
    }

    @Test("A picture that is too small for letters is refused")
    func tiny() {
        let plain = Picture(width: 32, height: 32, filledWith: .white)
        let error = #expect(throws: ProvenanceError.self) {
            try VisibleLabel(.europeanUnion).drawn(on: plain, isEdited: false)
        }
        #expect(error?.code == .label)
    }

    @Test("A missing font is named, instead of drawing boxes")
    func missingFont() {
        let font = TextFont(path: "/no/such/font.ttc", family: "None")
        let error = #expect(throws: ImagesError.self) { try font.mask("AI", size: 12) }
        #expect(error?.code == .cannotOpen)
        #expect(error?.message.contains("make setup") == true)
    }
}
