import Images
import TestSupport
import Testing

@testable import Provenance

/// Near copies of works are found whole, turned, mirrored and in parts; other pictures are not.
struct NearCopySearchTests {
    /// A picture of soft blots, another for every seed.
    private func picture(_ seed: UInt64, side: Int = 192) -> Picture {
        var chance = SeededGenerator(seed: seed)
        var values = [Double](repeating: 128, count: side * side)
        for _ in 0..<24 {
            let (x, y) = (Double.random(in: 0..<1, using: &chance), Double.random(in: 0..<1, using: &chance))
            let radius = Double.random(in: 0.04...0.2, using: &chance)
            let height = Double.random(in: -110...110, using: &chance)
            for row in 0..<side {
                for column in 0..<side {
                    let (dx, dy) = (Double(column) / Double(side) - x, Double(row) / Double(side) - y)
                    if dx * dx + dy * dy < radius * radius { values[row * side + column] += height }
                }
            }
        }
        let bytes = values.flatMap { value in [UInt8](repeating: UInt8(min(255, max(0, value))), count: 3) }
        return Picture(width: side, height: side, bytes: bytes)
    }

    private func turned(_ picture: Picture) -> Picture {
        let side = picture.width
        var bytes: [UInt8] = []
        for row in 0..<side {
            for column in 0..<side {
                let source = (column * side + (side - 1 - row)) * 3
                bytes += picture.bytes[source..<source + 3]
            }
        }
        return Picture(width: side, height: side, bytes: bytes)
    }

    @Test("The whole, a turn, a crop, and a picture that holds the work are found; strangers are not")
    func finding() throws {
        var search = NearCopySearch()
        for seed in 1...6 { search.add(picture(UInt64(seed)), name: "work-\(seed)") }
        let work = picture(3)
        let whole = try #require(search.nearest(to: try work.resized(width: 128, height: 128), name: "p"))
        #expect(whole.work == "work-3" && !whole.isPartial && whole.picture == "p")
        #expect(search.nearest(to: turned(work), name: "p")?.work == "work-3")
        let quarter = work.cropped(x: 96..<192, y: 0..<96)
        let part = try #require(search.nearest(to: quarter, name: "p"))
        #expect(part.work == "work-3" && part.isPartial)
        // The work in the corner of something else.
        let sheet = Picture.grid(of: [work, picture(90), picture(91), picture(92)], columns: 2)
        #expect(search.nearest(to: sheet, name: "p")?.work == "work-3")
        for seed in 100..<130 { #expect(search.nearest(to: picture(UInt64(seed)), name: "p") == nil) }
    }

    @Test("What has nothing in it is a copy of nothing")
    func empty() {
        var search = NearCopySearch()
        search.add(Picture(width: 128, height: 128, filledWith: .white), name: "white")
        #expect(search.nearest(to: Picture(width: 128, height: 128, filledWith: .white), name: "p") == nil)
        #expect(NearCopySearch().nearest(to: picture(1), name: "p") == nil)
    }
}
