import Images
import Provenance
import Serving
import Stores
import Testing
import Worker

@testable import Service

@Suite struct KnownPicturesTests {
    /// Clouds of chance: shades at 8 × 8 places, and what is between them.
    private static func picture(_ seed: UInt64, side: Int = 128, isTurned: Bool = false) -> Picture {
        var state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493
        let shades = (0..<81).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33 & 255)
        }
        func shade(_ row: Int, _ column: Int) -> UInt8 {
            let (y, x) = (Double(row) * 8 / Double(side), Double(column) * 8 / Double(side))
            let (top, left) = (Int(y), Int(x))
            func between(_ row: Int) -> Double {
                let (first, second) = (shades[row * 9 + left], shades[row * 9 + left + 1])
                return first + (second - first) * (x - Double(left))
            }
            return UInt8(between(top) + (between(top + 1) - between(top)) * (y - Double(top)))
        }
        var bytes: [UInt8] = []
        for row in 0..<side {
            for column in 0..<side {
                let shade = isTurned ? shade(side - 1 - column, row) : shade(row, column)
                bytes += [shade, shade, shade]
            }
        }
        return Picture(width: side, height: side, bytes: bytes)
    }

    private static func deliver(_ picture: Picture, _ house: TestHouse) async throws -> LeasedJob {
        _ = try await house.accept(try house.submission())
        let job = try await house.lease()[0]
        var chance = house.clock.environment.chance
        let name = Stores.PictureIdentifier(at: house.clock.now, using: &chance)
        let file = FinishedPicture(bytes: [1], looks: picture)
        var written = try await house.store.write(file.bytes, as: name, mediaType: "image/png", until: nil)
        written.likeness = file.likeness
        _ = try await house.store.complete(job.lease, picture: written, at: house.clock.now)
        return job
    }

    @Test("A picture is known again from all sides; one that differs, or has too little in it, is not")
    func finds() async throws {
        try await TestHouse.run { house in
            let known = house.core.knownPictures
            #expect(try await known.nearest(to: PerceptualHash.turns(of: Self.picture(1))) == nil)
            for seed in UInt64(1)...3 { _ = try await Self.deliver(Self.picture(seed), house) }
            _ = try await Self.deliver(Picture(width: 64, height: 64, filledWith: .white), house)
            #expect(try await house.store.likenesses(after: 0, limit: 9).count == 3)
            let records = try await house.store.likenesses(after: 0, limit: 9)
            for seed in UInt64(1)...3 {
                for isTurned in [false, true] {
                    let other = Self.picture(seed, side: 300, isTurned: isTurned)
                    let match = try #require(try await known.nearest(to: PerceptualHash.turns(of: other)))
                    #expect(match.record == records[Int(seed) - 1], "\(seed), turned: \(isTurned)")
                    #expect(match.record.caller.text == house.caller.id)
                    guard isTurned else { continue }
                    #expect(
                        PerceptualHash.measured(other).hash.distance(
                            to: PerceptualHash.measured(Self.picture(seed)).hash) > 31)
                }
            }
            #expect(try await known.nearest(to: PerceptualHash.turns(of: Self.picture(9))) == nil)
        }
    }

    @Test("What was removed is not found any more, and what is new is")
    func follows() async throws {
        try await TestHouse.run { house in
            let known = house.core.knownPictures
            _ = try await Self.deliver(Self.picture(1), house)
            let first = try #require(try await known.nearest(to: PerceptualHash.turns(of: Self.picture(1))))
            #expect(try await house.store.delete(first.record.picture, for: .service))
            #expect(try await known.nearest(to: PerceptualHash.turns(of: Self.picture(1))) == nil)
            _ = try await Self.deliver(Self.picture(2), house)
            _ = try await Self.deliver(Self.picture(1), house)
            let again = try #require(try await known.nearest(to: PerceptualHash.turns(of: Self.picture(1))))
            #expect(again.record.picture != first.record.picture)
        }
    }
}
