/// A picture of the painter's second edition: everything that decides it, and the seed of its composition.
///
/// A tableau is checked when made, so that two equal ones are equal pictures: no snow falls in a room, no firefly shines
/// by day. The same tableau gives the same bytes on every machine. Its numbers are its own: picture 17 of this edition
/// has nothing to do with `Scene(seed: 17)`, the first edition's.
public struct Tableau: Sendable, Hashable, Codable {
    /// Where it plays.
    public let place: Place
    /// Its light.
    public let hour: Hour
    /// Its weather; `clear` where none shows.
    public let weather: Weather
    /// The time of year.
    public let season: Season
    /// Small lights in it.
    public let glow: Glow
    /// Whom and what it shows, the main member first; empty for a landscape.
    public let cast: [Member]
    /// How the members belong together.
    public let relation: Relation
    /// How near they are.
    public let framing: Framing
    /// Where the main member is.
    public let position: Position
    /// How it looks made.
    public let medium: Medium
    /// The tone of its colours.
    public let palette: Palette
    /// The seed of everything else: shapes, faces, hair, clouds.
    public let composition: UInt64

    /// A tableau with every attribute given; those that cannot be together are mended.
    public init(
        place: Place, hour: Hour, weather: Weather, season: Season, glow: Glow, cast: [Member],
        relation: Relation,
        framing: Framing, position: Position, medium: Medium, palette: Palette, composition: UInt64
    ) {
        self.place = place
        self.hour = hour
        let isSnowVillage = place == .snowVillage
        self.season = isSnowVillage || weather == .snow ? .winter : season
        let shown: Weather = place.hasWeather ? weather : .clear
        self.weather = isSnowVillage && (shown == .rain || shown == .storm) ? .snow : shown
        let fits: Bool =
            switch glow {
            case .none: true
            case .fireflies:
                hour.isDark && shown == .clear && self.season != .winter
                    && [.forest, .magicForest, .meadow, .garden, .mountainLake, .riceField, .wheatField]
                        .contains(place)
            case .lanterns: [.alley, .market, .temple, .hanok, .rooftop].contains(place)
            }
        self.glow = fits ? glow : .none
        self.cast = Array(cast.prefix(3))
        self.relation = self.cast.count < 2 ? .none : relation == .none ? .sideBySide : relation
        self.framing = self.cast.isEmpty ? .wide : framing
        self.position = self.cast.isEmpty ? .center : position
        self.medium = medium
        self.palette = palette
        self.composition = composition
    }

    /// Whether snow lies.
    public var isSnowy: Bool { place.hasWeather && (weather == .snow || place == .snowVillage) }

    /// Whether petals or leaves fly through the picture.
    var hasDrift: Bool {
        guard place.hasWeather, weather == .clear, season == .spring || season == .autumn else {
            return false
        }
        var random = SeededGenerator(seed: composition, part: .drift)
        return random.chance(0.45)
    }

    private enum CodingKeys: String, CodingKey {
        case place, hour, weather, season, glow, cast, relation, framing, position, medium, palette,
            composition
    }

    /// Reads a tableau and checks it as `init` does.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            place: try values.decode(Place.self, forKey: .place),
            hour: try values.decode(Hour.self, forKey: .hour),
            weather: try values.decode(Weather.self, forKey: .weather),
            season: try values.decode(Season.self, forKey: .season),
            glow: try values.decode(Glow.self, forKey: .glow),
            cast: try values.decode([Member].self, forKey: .cast),
            relation: try values.decode(Relation.self, forKey: .relation),
            framing: try values.decode(Framing.self, forKey: .framing),
            position: try values.decode(Position.self, forKey: .position),
            medium: try values.decode(Medium.self, forKey: .medium),
            palette: try values.decode(Palette.self, forKey: .palette),
            composition: try values.decode(UInt64.self, forKey: .composition))
    }
}
