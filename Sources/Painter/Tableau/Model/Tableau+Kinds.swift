extension Tableau {
    /// Where a picture plays.
    public enum Place: String, CaseIterable, Codable, Sendable, Hashable {
        case forest, magicForest, meadow, garden, seaside, harbour, town, alley, market, station, room,
            rooftop
        case mountainLake, snowVillage, wheatField, riceField, temple, hanok, underwater
        /// Nothing but a toned ground: for portraits and still lifes.
        case plain

        /// Whether it has no sky.
        public var isIndoors: Bool { self == .room }
        /// Whether weather shows there.
        public var hasWeather: Bool { self != .room && self != .underwater && self != .plain }
    }

    /// The light of a picture, from dawn to a night full of stars.
    public enum Hour: String, CaseIterable, Codable, Sendable, Hashable {
        case dawn, day, sunset, dusk, night, starryNight

        /// Whether lamps are lit.
        public var isDark: Bool { self == .dusk || self == .night || self == .starryNight }
    }

    /// The weather of a picture.
    public enum Weather: String, CaseIterable, Codable, Sendable, Hashable {
        case clear, rain, storm, fog, snow
    }

    /// The time of year, seen in leaves, blossom and ground.
    public enum Season: String, CaseIterable, Codable, Sendable, Hashable {
        case spring, summer, autumn, winter
    }

    /// Small lights in the air or on strings.
    public enum Glow: String, CaseIterable, Codable, Sendable, Hashable {
        case none, fireflies, lanterns
    }

    /// How a picture looks made.
    public enum Medium: String, CaseIterable, Codable, Sendable, Hashable {
        case watercolor, gouache, oil, inkWash, pencil, colouredPencil, pastel, paperCut, woodcut, flat
    }

    /// The tone of the colours.
    public enum Palette: String, CaseIterable, Codable, Sendable, Hashable {
        case natural, soft, vivid, warm, cool
    }

    /// How near the subject is.
    public enum Framing: String, CaseIterable, Codable, Sendable, Hashable {
        /// Head and shoulders, or an animal's head and chest.
        case portrait
        /// Down to the thighs.
        case half
        /// From head to foot.
        case full
        /// Small in a wide view.
        case wide
    }

    /// Which shape the sheet has.
    public enum Format: String, CaseIterable, Codable, Sendable, Hashable {
        /// As wide as high.
        case square
        /// 3 to 2.
        case landscape
        /// 2 to 3.
        case portrait

        /// Width and height in pixels for a shorter side of `size` pixels.
        public func pixels(size: Int) -> (width: Int, height: Int) {
            switch self {
            case .square: (size, size)
            case .landscape: (size * 3 / 2, size)
            case .portrait: (size, size * 3 / 2)
            }
        }
    }

    /// Colours as a viewer names them.
    public enum Hue: String, CaseIterable, Codable, Sendable, Hashable {
        case red, orange, yellow, green, blue, navy, purple, pink, white, black, gray, brown
    }
}
