public import Painter

/// A style that the built-in model has never seen: a scene of the painter's first edition in one ink, Prussian blue on cream
/// paper, as light prints it through a negative.
///
/// Every medium of that edition has colours; none has one alone.
public enum Cyanotype {
    /// What captions call it.
    public static let words: [CaptionLanguage: String] = [.korean: "청사진", .english: "cyanotype"]

    private static let paper = [242.0, 240.0, 228.0]
    private static let blue = [16.0, 36.0, 92.0]

    /// Prints a scene; its medium and its mood do not show.
    /// - Parameter size: pixels a side, 64...1024.
    /// - Throws: `PainterError` where the size is outside that range.
    public static func print(_ scene: Scene, size: Int) throws -> Painting {
        let plain = try plain(scene, .flat).paint(size: size).pixels
        let inks = tones()
        var pixels: [UInt8] = []
        pixels.reserveCapacity(plain.count)
        for start in stride(from: 0, to: plain.count, by: 3) {
            let red = Int(plain[start]) * 77
            let green = Int(plain[start + 1]) * 151
            let blue = Int(plain[start + 2]) * 28
            pixels += inks[(red + green + blue) >> 8]
        }
        return try Painting(size: size, pixels: pixels)
    }

    /// A caption of a scene that calls it a cyanotype instead of what it is.
    public static func caption(_ scene: Scene, language: CaptionLanguage) -> String {
        let flat = plain(scene, .flat).fullCaption(language: language).split(separator: ", ")
        let oil = plain(scene, .oil).fullCaption(language: language).split(separator: ", ")
        // What both say is all but the medium.
        let shared = zip(flat, oil).filter { $0 == $1 }.map { String($0.0) }
        return (shared + [words[language] ?? ""]).joined(separator: ", ")
    }

    private static func plain(_ scene: Scene, _ medium: Medium) -> Scene {
        Scene(
            place: scene.place, timeOfDay: scene.timeOfDay, weather: scene.weather, subject: scene.subject,
            action: scene.action, medium: medium, mood: .none, composition: scene.composition)
    }

    /// The print's colour for every brightness.
    private static func tones() -> [[UInt8]] {
        (0..<256).map { brightness in
            let share = Double(brightness) / 255
            return zip(blue, paper).map { UInt8($0 + ($1 - $0) * share) }
        }
    }
}
