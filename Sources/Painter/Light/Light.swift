/// The colours that time and weather give to everything: one coherent palette a picture.
struct Light {
    /// The sky overhead, half way down, and at the horizon.
    let sky: [Color]
    /// What far things fade into.
    let fog: Color
    /// By what the colour of things is multiplied.
    let ambient: Color
    /// Towards what, and how far, the colour of things is drawn.
    let cast: Color
    let castStrength: Double
    /// How colourful things are.
    let saturation: Double
    /// -1 where the light comes from the left, 1 from the right.
    let side: Double
    /// Light on water, wet stones and rims.
    let sparkle: Color
    let isNight: Bool
    let isSunset: Bool

    init(_ scene: Scene, _ random: inout SeededGenerator) {
        isNight = scene.timeOfDay == .night
        isSunset = scene.timeOfDay == .sunset
        side = random.sign()
        let choice = random.integer(0...2)
        sky = Self.skies(scene.timeOfDay, scene.weather)[choice].map { Color($0) }
        let clear = scene.weather == .clear
        switch scene.timeOfDay {
        case .day:
            fog = clear ? Color(0xD3E7F0) : scene.weather == .rain ? Color(0xBFCAD1) : Color(0xE6EDF3)
            ambient = clear ? Color(1, 1, 1) : Color(0.93, 0.96, 1)
            (cast, castStrength) = (Color(0xFFF6DC), clear ? 0.05 : 0)
            sparkle = Color(0xFFFFFF)
        case .sunset:
            fog = clear ? Color(0xF8BC8C) : scene.weather == .rain ? Color(0xC79A90) : Color(0xF1C6B8)
            // Snow must stay white enough to be snow.
            let isSnowy = scene.weather == .snow
            ambient = isSnowy ? Color(1.0, 0.91, 0.92) : Color(1.0, 0.86, 0.78)
            (cast, castStrength) = (Color(isSnowy ? 0xFFA890 : 0xFF9A5E), isSnowy ? 0.08 : 0.14)
            sparkle = Color(0xFFE3A0)
        case .night:
            fog = clear ? Color(0x3A5288) : scene.weather == .rain ? Color(0x34425E) : Color(0x63739C)
            ambient = Color(0.50, 0.57, 0.84)
            (cast, castStrength) = (Color(0x1A2A66), 0.22)
            sparkle = Color(0xC9D8FF)
        }
        saturation = scene.weather == .rain ? 0.72 : 1
    }

    /// The colour of a thing in this light; `depth` 0 is near, 1 is lost in the distance.
    func on(_ color: Color, depth: Double, isFigure: Bool) -> Color {
        // A figure keeps more of its own colours: it must be read first.
        let share = isFigure ? (isNight ? 0.40 : 0.55) : 1.0
        let lit = color.multiplied(Color.white.mixed(ambient, share)).mixed(cast, castStrength * share)
        return lit.saturated(isFigure ? (1 + saturation) / 2 : saturation).mixed(fog, depth)
    }

    /// Three skies for each time and weather, from the zenith down.
    private static func skies(_ time: TimeOfDay, _ weather: Weather) -> [[Int]] {
        switch (time, weather) {
        case (.day, .clear):
            [
                [0x5FAEE3, 0x9FD2EE, 0xEAF5EE], [0x4FA0DC, 0xA9D6EA, 0xF8ECD0],
                [0x79C3E6, 0xB6E0EC, 0xF2F7EC],
            ]
        case (.day, .rain):
            [
                [0x7F8FA0, 0xA3B0BB, 0xCBD4D8], [0x76899A, 0x98AAB4, 0xC4D0D2],
                [0x8C93A3, 0xADB4BF, 0xD2D5D8],
            ]
        case (.day, .snow):
            [
                [0xA9BDD3, 0xC9D8E5, 0xF0F3F6], [0xB4C2D6, 0xD3DDE8, 0xF3F1F0],
                [0x9DB9D0, 0xC2D6E2, 0xEDF3F5],
            ]
        case (.sunset, .clear):
            [
                [0x5B549C, 0xE27A86, 0xFFC873], [0x7A5AA0, 0xF0826A, 0xFFD884],
                [0x49699F, 0xF0A27C, 0xFFC062],
            ]
        case (.sunset, .rain):
            [
                [0x5D587A, 0x92778C, 0xE5A382], [0x635A72, 0x9C7A80, 0xDF9C7A],
                [0x565E7C, 0x8F7F8C, 0xE8AE8A],
            ]
        case (.sunset, .snow):
            [
                [0x847EAE, 0xC99BB0, 0xF8C9A8], [0x7D86B2, 0xD2A3B2, 0xFBD0AE],
                [0x9480A8, 0xD59AA2, 0xFACBA0],
            ]
        case (.night, .clear):
            [
                [0x101A4A, 0x223A78, 0x4A6AAA], [0x17143F, 0x33306F, 0x6458A4],
                [0x0C2046, 0x1D466E, 0x3D7C94],
            ]
        case (.night, .rain):
            [
                [0x161F36, 0x25324C, 0x3D4B66], [0x1A1D38, 0x2B304E, 0x454A68],
                [0x12232F, 0x20384A, 0x38525F],
            ]
        case (.night, .snow):
            [
                [0x1D2A52, 0x3A4C7C, 0x7483AA], [0x242650, 0x46487C, 0x8480AE],
                [0x182E4C, 0x345474, 0x6E8DA6],
            ]
        }
    }
}
