import Glibc
import Images
import TestSupport
import Testing

@testable import Provenance

/// Pictures that look alike, and those that do not.
struct PerceptualHashTests {
    /// In how many bits our hash may differ from the reference's: sums of 32-bit numbers in another order move a
    /// coefficient across the median. Measured: none in 192 hashes.
    private static let parityTolerance = 0

    /// One line of the file that Tools/parity/perceptual_hash_fixtures.py writes.
    private struct Fixture {
        let width, height, seed: Int
        let hashes: [PerceptualHash]
        let quality: Int

        init?(_ line: Substring) {
            let parts = line.split(separator: " ")
            guard parts.count == 12, let width = Int(parts[0]), let height = Int(parts[1]),
                let seed = Int(parts[2]), let quality = Int(parts[4])
            else { return nil }
            (self.width, self.height, self.seed, self.quality) = (width, height, seed, quality)
            hashes = ([parts[3]] + parts[5...]).compactMap { PerceptualHash(hexadecimal: String($0)) }
        }

        /// The picture that the script makes.
        var picture: Picture {
            func wave(_ number: Int, _ period: Int) -> Int {
                abs(number % (2 * period) - period) * 255 / period
            }
            var bytes: [UInt8] = []
            for y in 0..<height {
                for x in 0..<width {
                    bytes.append(UInt8(wave(x * 3 + y + seed * 17, 90 + seed)))
                    bytes.append(UInt8((wave(x, 50 + 2 * seed) + wave(y, 70)) / 2))
                    bytes.append(UInt8(wave(x * y / (7 + seed), 64)))
                }
            }
            return Picture(width: width, height: height, bytes: bytes)
        }
    }

    private static let fixtures: [Fixture] = {
        let folder = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let text = String(decoding: readBytes("\(folder)/Fixtures/perceptual-hashes.txt"), as: UTF8.self)
        return text.split(separator: "\n").compactMap { Fixture($0) }
    }()

    @Test("Hashes and qualities are those of the reference implementation, turned and mirrored ones as well")
    func parity() {
        #expect(Self.fixtures.count == 24)
        for fixture in Self.fixtures {
            let name = "\(fixture.width)x\(fixture.height) \(fixture.seed)"
            let picture = fixture.picture
            let (hash, quality) = PerceptualHash.measured(picture)
            #expect(hash.distance(to: fixture.hashes[0]) <= Self.parityTolerance, "\(name)")
            #expect(quality == fixture.quality, "\(name)")
            for (turn, (ours, theirs)) in zip(PerceptualHash.turns(of: picture), fixture.hashes).enumerated()
            {
                #expect(ours.distance(to: theirs) <= Self.parityTolerance, "\(name) turn \(turn)")
            }
        }
    }

    /// Soft discs of many sizes and colours, as pictures have something of every frequency.
    private static func mottled(width: Int, height: Int, seed: UInt64) -> Picture {
        var chance = SeededGenerator(seed: seed)
        var values = [Double](repeating: 128, count: width * height * 3)
        for _ in 0..<60 {
            let (x, y) = (Int(chance.next() % UInt64(width)), Int(chance.next() % UInt64(height)))
            let radius = Double(6 + chance.next() % 50)
            let color = (0..<3).map { _ in Double(chance.next() % 256) }
            for row in 0..<height {
                for column in 0..<width {
                    let (dx, dy) = (Double(column - x), Double(row - y))
                    let share = max(0, 1 - (dx * dx + dy * dy).squareRoot() / radius)
                    for channel in 0..<3 {
                        let index = (row * width + column) * 3 + channel
                        values[index] += (color[channel] - values[index]) * min(1, share * 2)
                    }
                }
            }
        }
        return Picture(width: width, height: height, bytes: values.map { UInt8($0) })
    }

    @Test("A picture is found again as JPEG, WebP, smaller and larger; others are far")
    func survival() throws {
        let pictures = (0..<6 as Range<UInt64>).map { Self.mottled(width: 320, height: 240, seed: $0) }
        for (index, picture) in pictures.enumerated() {
            let hash = PerceptualHash.measured(picture).hash
            var copies = try [PictureEncoding.jpeg(quality: 40), .webp(quality: 30)].map {
                try Picture(decoding: try picture.encoded(as: $0))
            }
            copies.append(try picture.resized(width: picture.width * 2, height: picture.height * 2))
            copies.append(try picture.resized(width: picture.width / 2, height: picture.height / 2))
            for copy in copies {
                let distance = hash.distance(to: PerceptualHash.measured(copy).hash)
                #expect(distance <= PerceptualHash.matchLimit, "\(index)")
            }
        }
        // A picture with another in its upper half is another picture.
        let upside = Picture(
            width: 320, height: 240,
            bytes: Array(pictures[0].bytes.prefix(320 * 120 * 3).reversed())
                + pictures[0].bytes.suffix(320 * 120 * 3))
        let distance = PerceptualHash.measured(pictures[0]).hash.distance(
            to: PerceptualHash.measured(upside).hash)
        #expect(distance > PerceptualHash.matchLimit)
        let flat = Picture(width: 100, height: 100, filledWith: .white)
        #expect(PerceptualHash.measured(flat).quality == 0)
    }

    @Test("Sixty-four digits are a hash, and nothing else is")
    func digits() throws {
        let text = "0123456789abcdef" + String(repeating: "f0", count: 24)
        let hash = try #require(PerceptualHash(hexadecimal: text))
        #expect(hash.hexadecimal == text)
        #expect(PerceptualHash(hexadecimal: text.uppercased()) == hash)
        for wrong in ["", String(text.dropLast()), text + "0", "g" + text.dropFirst()] {
            #expect(PerceptualHash(hexadecimal: wrong) == nil)
        }
        #expect(hash.distance(to: hash) == 0)
        let opposite = PerceptualHash(words: hash.words.map { ~$0 })
        #expect(hash.distance(to: opposite) == 256)
    }

    @Test("The nearest picture is found within the limit; the first of several")
    func index() throws {
        var chance = SeededGenerator(seed: 21)
        var index = PerceptualHashIndex()
        #expect(index.nearest(to: PerceptualHash(words: [0, 0, 0, 0])) == nil)
        let hashes = (0..<1000).map { _ in PerceptualHash(words: (0..<4).map { _ in chance.next() }) }
        for (number, hash) in hashes.enumerated() { index.add(hash, name: "picture \(number)") }
        index.add(hashes[3], name: "copy of 3")
        #expect(index.count == 1001)
        for number in [0, 3, 999] {
            var words = hashes[number].words
            words[2] ^= 0xFFFF
            let near = PerceptualHash(words: words)
            #expect(index.nearest(to: near) == NearestPicture(name: "picture \(number)", distance: 16))
            #expect(index.nearest(to: near, within: 15) == nil)
        }
        // By brute force, the same.
        let other = PerceptualHash(words: (0..<4).map { _ in chance.next() })
        let least = try #require(hashes.map { $0.distance(to: other) }.min())
        #expect(index.nearest(to: other, within: 256)?.distance == least)
    }
}
