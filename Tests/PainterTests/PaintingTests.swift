import Testing

@testable import Painter

/// FNV-1a over a picture's bytes.
///
/// Source: Fowler, Noll, Vo; "The FNV Non-Cryptographic Hash Algorithm", draft-eastlake-fnv.
private func fingerprint(_ painting: Painting) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in painting.pixels { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
}

@Suite struct PaintingTests {
    /// Every picture is promised to be the same bytes on every machine. After an intended change of the painter, run
    /// `swift test --filter goldenPictures`: each failure prints the line that belongs into this table.
    @Test(arguments: golden)
    func goldenPictures(seed: UInt64, expected: UInt64) throws {
        let found = fingerprint(try Scene(seed: seed).paint(size: 128))
        #expect(found == expected, "(\(seed), 0x\(String(found, radix: 16, uppercase: true))),")
    }

    static let golden: [(UInt64, UInt64)] = [
        (1, 0x06EB_9956_4ECD_FBF7),
        (2, 0x63FB_BAB3_F862_531F),
        (3, 0x5A57_33F0_0B09_F0AD),
        (4, 0x7AFA_BB4E_FEC0_1B93),
        (5, 0x2796_4927_4E83_7E26),
        (6, 0xDDB6_0795_01D8_F4AB),
        (7, 0xE171_C12C_C0FE_0DED),
        (8, 0x9779_74D7_7145_1A80),
        (20, 0x123A_0F88_9448_8C6E),
        (30, 0x3FED_BA4B_289E_EAC5),
    ]

    @Test func samePictureFromManyThreads() async throws {
        let expected = try (0..<12).map { try Scene(seed: UInt64($0)).paint(size: 64) }
        try await withThrowingTaskGroup(of: (Int, Painting).self) { group in
            for index in 0..<48 {
                group.addTask { (index % 12, try Scene(seed: UInt64(index % 12)).paint(size: 64)) }
            }
            for try await (index, painting) in group { #expect(painting == expected[index], "seed \(index)") }
        }
    }

    @Test(arguments: [64, 96, 128, 200, 1024])
    func sizes(size: Int) throws {
        let painting = try Scene(seed: 5).paint(size: size)
        #expect(painting.size == size)
        #expect(painting.pixels.count == size * size * 3)
    }

    @Test(arguments: [-1, 0, 63, 1025, Int.max])
    func refusedSizes(size: Int) {
        let error = #expect(throws: PainterError.self) { try Scene(seed: 5).paint(size: size) }
        #expect(error?.code == .unsupportedSize)
        #expect(error?.message.contains("64 to 1024") == true)
    }

    @Test func wrongByteCountIsRefused() {
        let error = #expect(throws: PainterError.self) { try Painting(size: 2, pixels: [1, 2, 3]) }
        #expect(error?.code == .wrongByteCount)
        #expect(throws: PainterError.self) { try Painting(size: 0, pixels: []) }
    }

    /// A larger picture is the same picture: averaged down it comes close to the small one.
    @Test(arguments: Medium.allCases)
    func sizeKeepsThePicture(medium: Medium) throws {
        for seed in UInt64(0)..<6 {
            let scene = Scene(seed: seed, medium: medium)
            let small = try scene.paint(size: 64)
            let large = try scene.paint(size: 128)
            var difference = 0
            for row in 0..<64 {
                for column in 0..<64 {
                    for channel in 0..<3 {
                        let start = (row * 2 * 128 + column * 2) * 3 + channel
                        let sum = [0, 3, 384, 387].reduce(0) { $0 + Int(large.pixels[start + $1]) }
                        difference += abs(sum / 4 - Int(small.pixels[(row * 64 + column) * 3 + channel]))
                    }
                }
            }
            #expect(Double(difference) / Double(64 * 64 * 3) < 6, "seed \(seed)")
        }
    }

    /// Each attribute must change the picture.
    @Test func attributesShow() throws {
        let base = Scene(
            place: .meadow, timeOfDay: .day, weather: .clear, subject: .girl, action: .standing,
            medium: .flat, mood: .none,
            composition: 7)
        let pictures = [
            base, Scene(seed: 7, like: base, place: .town), Scene(seed: 7, like: base, timeOfDay: .night),
            Scene(seed: 7, like: base, weather: .snow), Scene(seed: 7, like: base, subject: .cat),
            Scene(seed: 7, like: base, action: .sitting), Scene(seed: 7, like: base, medium: .ink),
            Scene(seed: 7, like: base, mood: .vivid),
        ]
        let prints = try pictures.map { fingerprint(try $0.paint(size: 64)) }
        #expect(Set(prints).count == prints.count)
    }

    /// Every subject must stand out in every place, light and weather: the share of the picture that it changes by
    /// more than a slight tint is at least a fifteenth.
    @Test(arguments: Place.allCases)
    func figuresAreLargeAndClear(place: Place) throws {
        for timeOfDay in TimeOfDay.allCases {
            for weather in Weather.allCases {
                func scene(_ subject: Subject) -> Scene {
                    Scene(
                        place: place, timeOfDay: timeOfDay, weather: weather, subject: subject,
                        action: .standing,
                        medium: .flat, mood: .none, composition: 21)
                }
                let empty = try scene(.none).paint(size: 64)
                for subject in Subject.allCases where subject != .none {
                    let picture = try scene(subject).paint(size: 64)
                    let changed = (0..<64 * 64).count { index in
                        (0..<3).contains {
                            abs(Int(picture.pixels[index * 3 + $0]) - Int(empty.pixels[index * 3 + $0])) > 30
                        }
                    }
                    #expect(
                        changed * 15 >= 64 * 64, "\(subject) \(place) \(timeOfDay) \(weather): \(changed)")
                }
            }
        }
    }

    @Test func timesOfDayDifferInBrightness() throws {
        for seed in UInt64(0)..<20 {
            func brightness(_ time: TimeOfDay) throws -> Int {
                let scene = Scene(
                    seed: seed, timeOfDay: time, weather: .clear, medium: .flat, mood: Mood.none)
                return try scene.paint(size: 64).pixels.reduce(0) { $0 + Int($1) }
            }
            #expect(try brightness(.day) * 10 > brightness(.night) * 13, "seed \(seed)")
        }
    }

    @Test func finishIsDeterministicAndGentle() throws {
        for medium in Medium.allCases {
            let painting = try Scene(seed: 11, medium: medium).paint(size: 128)
            let finished = painting.finished(as: medium, seed: 3)
            #expect(finished == painting.finished(as: medium, seed: 3))
            #expect((finished == painting) == (medium == .flat))
            if medium != .flat { #expect(finished != painting.finished(as: medium, seed: 4)) }
            var difference = 0
            for (before, after) in zip(painting.pixels, finished.pixels) {
                difference += abs(Int(before) - Int(after))
            }
            #expect(Double(difference) / Double(painting.pixels.count) < 16)
        }
    }
}

extension Scene {
    fileprivate init(
        seed: UInt64, like base: Scene, place: Place? = nil, timeOfDay: TimeOfDay? = nil,
        weather: Weather? = nil,
        subject: Subject? = nil, action: Action? = nil, medium: Medium? = nil, mood: Mood? = nil
    ) {
        self.init(
            place: place ?? base.place, timeOfDay: timeOfDay ?? base.timeOfDay,
            weather: weather ?? base.weather,
            subject: subject ?? base.subject, action: action ?? base.action, medium: medium ?? base.medium,
            mood: mood ?? base.mood, composition: base.composition)
    }
}
