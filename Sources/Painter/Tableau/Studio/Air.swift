/// The colours that hour, weather and season give to everything: one coherent palette a picture.
struct Air {
    /// The sky overhead, half way down, and at the horizon.
    var sky: [Color]
    /// What far things fade into.
    var fog: Color
    /// How thick the air is: 1 is a clear day.
    var haze: Double
    /// By what the colour of things is multiplied.
    var ambient: Color
    /// Towards what, and how far, colours are drawn.
    var cast: Color
    var castStrength: Double
    var saturation: Double
    /// -1 where the light comes from the left, 1 from the right.
    let side: Double
    /// Light on water, wet stones and rims.
    var sparkle: Color
    /// The colour of shade.
    var shadow: Color
    /// The colour of lit edges.
    var rim: Color
    let isDark: Bool
    /// Whether lamps and windows are lit.
    let lampsLit: Bool

    init(_ tableau: Tableau, _ random: inout SeededGenerator) {
        side = random.sign()
        let (hour, weather) = (tableau.hour, tableau.weather)
        isDark = hour.isDark
        lampsLit = hour.isDark || weather == .storm || (hour == .dawn && random.chance(0.3))
        let choice = random.integer(0...2)
        sky = Self.skies(hour)[choice].map { Color($0) }
        haze = 1
        saturation = 1
        switch hour {
        case .dawn:
            fog = Color(0xEFD3D0)
            ambient = Color(0.97, 0.90, 0.93)
            (cast, castStrength) = (Color(0xF6B8B0), 0.10)
            (sparkle, shadow, rim) = (Color(0xFFF0DC), Color(0x6E6C9C), Color(0xFFE3C8))
            haze = 1.25
        case .day:
            fog = Color(0xCFE4EE)
            ambient = Color(1, 1, 1)
            (cast, castStrength) = (Color(0xFFF4D6), 0.05)
            (sparkle, shadow, rim) = (.white, Color(0x4F5F8C), Color(0xFFFBEA))
        case .sunset:
            fog = Color(0xF6B98A)
            ambient = Color(1.0, 0.85, 0.76)
            (cast, castStrength) = (Color(0xFF9350), 0.15)
            (sparkle, shadow, rim) = (Color(0xFFE09A), Color(0x5C4478), Color(0xFFD48A))
        case .dusk:
            fog = Color(0x8C86B4)
            ambient = Color(0.70, 0.68, 0.86)
            (cast, castStrength) = (Color(0x50508E), 0.17)
            (sparkle, shadow, rim) = (Color(0xE0D4F4), Color(0x2C2C5C), Color(0xD8B8DC))
        case .night:
            fog = Color(0x3A5288)
            ambient = Color(0.52, 0.60, 0.86)
            (cast, castStrength) = (Color(0x1C2E6A), 0.20)
            (sparkle, shadow, rim) = (Color(0xC9D8FF), Color(0x0E1640), Color(0xBFD2FF))
        case .starryNight:
            fog = Color(0x3C4A92)
            ambient = Color(0.47, 0.53, 0.84)
            (cast, castStrength) = (Color(0x201F66), 0.22)
            (sparkle, shadow, rim) = (Color(0xD4D6FF), Color(0x0C1038), Color(0xB8C0FF))
        }
        weigh(weather, hour)
    }

    /// What weather takes from the light.
    private mutating func weigh(_ weather: Tableau.Weather, _ hour: Tableau.Hour) {
        func veil(_ color: Color, _ share: Double, saturation: Double) {
            sky = sky.map { $0.saturated(saturation).mixed(color, share) }
        }
        let dark = hour.isDark
        switch weather {
        case .clear: break
        case .rain:
            veil(dark ? Color(0x28304A) : Color(0x98A5B0), 0.62, saturation: 0.5)
            fog = fog.saturated(0.45).mixed(dark ? Color(0x303A54) : Color(0xB4C0C8), 0.6)
            (haze, saturation) = (1.5, 0.78)
            ambient = ambient.multiplied(Color(0.93, 0.95, 1))
            castStrength *= 0.5
        case .storm:
            veil(dark ? Color(0x141B2C) : Color(0x48525F), 0.78, saturation: 0.4)
            fog = fog.saturated(0.4).mixed(dark ? Color(0x222C3E) : Color(0x6D7B80), 0.75)
            (haze, saturation) = (1.3, 0.7)
            ambient = ambient.multiplied(Color(0.78, 0.84, 0.90))
            castStrength *= 0.4
        case .fog:
            veil(dark ? Color(0x4A5672) : Color(0xDDE2E2), 0.72, saturation: 0.4)
            fog = fog.saturated(0.4).mixed(dark ? Color(0x505E7C) : Color(0xE2E6E4), 0.75)
            (haze, saturation) = (2.6, 0.72)
            castStrength *= 0.4
        case .snow:
            veil(dark ? Color(0x4A5880) : Color(0xD6DEE8), 0.52, saturation: 0.6)
            fog = fog.saturated(0.6).mixed(dark ? Color(0x5E6C94) : Color(0xE8EDF2), 0.6)
            (haze, saturation) = (1.5, 0.95)
            castStrength *= 0.6
        }
    }

    /// The colour of a thing in this light; `depth` 0 is near, 1 is lost in the distance.
    func on(_ color: Color, depth: Double, focus: Double) -> Color {
        // A figure keeps more of its own colours: it must be read first.
        let share = 1 - focus * (isDark ? 0.48 : 0.4)
        let lit = color.multiplied(Color.white.mixed(ambient, share)).mixed(cast, castStrength * share)
        let far = min(0.94, depth * haze * (1 - 0.5 * focus))
        return lit.saturated(1 - (1 - saturation) * share).mixed(fog, far)
    }

    /// Three skies an hour, from the zenith down.
    private static func skies(_ hour: Tableau.Hour) -> [[Int]] {
        switch hour {
        case .dawn:
            [
                [0x8FA3D6, 0xE3B6C6, 0xFCE0BC], [0x7E9CCB, 0xD9BFD0, 0xFBD9C4],
                [0xA48FC4, 0xF0B9B4, 0xFDE6C0],
            ]
        case .day:
            [
                [0x4FA3DE, 0x9AD0EE, 0xE8F5F0], [0x3F93D6, 0x93CBEA, 0xF6EED6],
                [0x70BDE6, 0xB4E0EC, 0xF2F8EE],
            ]
        case .sunset:
            [
                [0x53508F, 0xE0757F, 0xFFC66C], [0x744F98, 0xF07C62, 0xFFD67C],
                [0x42659F, 0xEE9A74, 0xFFBE5A],
            ]
        case .dusk:
            [
                [0x2F3470, 0x6F5F9E, 0xE59A94], [0x27406E, 0x5E6FA0, 0xE8A88C],
                [0x3C2F6A, 0x8A5C94, 0xF0A07C],
            ]
        case .night:
            [
                [0x101A4A, 0x20387A, 0x4468A8], [0x14163F, 0x2D316E, 0x5A58A0],
                [0x0C2046, 0x1C446C, 0x3A7690],
            ]
        case .starryNight:
            [
                [0x0A0F38, 0x1E2466, 0x4A4C98], [0x120C3A, 0x2E2160, 0x68488E],
                [0x07183C, 0x123A66, 0x2F6C8C],
            ]
        }
    }
}
