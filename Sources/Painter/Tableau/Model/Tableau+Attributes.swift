extension Tableau {
    /// What a classifier may be asked about a picture; every value is one of a few words.
    public struct Attributes: Sendable, Hashable, Codable {
        /// A member as a classifier names it.
        public struct Figure: Sendable, Hashable, Codable {
            /// Who or what it is.
            public let subject: String
            /// Its colour; of a person, that of the clothes.
            public let hue: String
            /// What it does.
            public let action: String
        }

        /// Where it plays.
        public let place: String
        /// Its light.
        public let light: String
        /// Rain, storm, fog or snow where there is one; otherwise the season.
        public let weatherOrSeason: String
        /// Who and what is in it, the main member first.
        public let figures: [Figure]
        /// How the members belong together; `none` for fewer than two.
        public let relation: String
        /// How it looks made.
        public let medium: String
        /// The colour of the main member; `none` in a landscape.
        public let mainColour: String
        /// Where the main member is.
        public let position: String
        /// How near it is.
        public let framing: String
    }

    /// The attributes of this tableau, for classifiers.
    public var attributes: Attributes {
        Attributes(
            place: place.rawValue, light: hour.rawValue,
            weatherOrSeason: weather == .clear
                ? (isSnowy ? Weather.snow.rawValue : season.rawValue) : weather.rawValue,
            figures: cast.map {
                .init(subject: $0.subject.rawValue, hue: $0.hue.rawValue, action: $0.action.rawValue)
            },
            relation: relation.rawValue, medium: medium.rawValue,
            mainColour: cast.first?.hue.rawValue ?? "none",
            position: position.rawValue, framing: framing.rawValue)
    }
}
