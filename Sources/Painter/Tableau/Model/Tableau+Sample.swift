extension Tableau {
    /// Samples picture number `seed` of this edition; attributes that are given are kept.
    ///
    /// Giving one attribute does not change what the seed says about the others, unless they cannot be together.
    public init(
        seed: UInt64, place: Place? = nil, hour: Hour? = nil, weather: Weather? = nil, season: Season? = nil,
        medium: Medium? = nil, palette: Palette? = nil, framing: Framing? = nil, cast: [Member]? = nil
    ) {
        var random = SeededGenerator(seed: seed, part: .tableau)
        let sampledMedium = random.pick(
            Medium.allCases, weights: [0.16, 0.11, 0.12, 0.09, 0.07, 0.09, 0.10, 0.09, 0.07, 0.10])
        let sampledPalette = random.pick(Palette.allCases, weights: [0.44, 0.16, 0.16, 0.12, 0.12])
        let sampledHour = random.pick(Hour.allCases, weights: [0.12, 0.38, 0.17, 0.12, 0.12, 0.09])
        let sampledWeather = random.pick(Weather.allCases, weights: [0.62, 0.12, 0.05, 0.08, 0.13])
        let sampledSeason = random.pick(Season.allCases, weights: [0.28, 0.28, 0.26, 0.18])
        let sampledGlow = random.pick(Glow.allCases, weights: [0.55, 0.22, 0.23])
        var troupe = random
        let sampledCast = Casting.cast(&troupe)
        let members = cast ?? sampledCast.members
        var scenery = SeededGenerator(seed: random.next(), part: .staging)
        let sampledPlace = Casting.place(for: members, sampledCast.relation, &scenery)
        let sampledFraming = Casting.framing(for: members, &scenery)
        let sampledPosition = scenery.pick(Position.allCases, weights: [0.3, 0.4, 0.3])
        let chosenFraming = framing ?? sampledFraming
        // Near and broad figures need the middle.
        let isBroad = chosenFraming == .portrait || chosenFraming == .half || members.count > 1
        self.init(
            place: place ?? sampledPlace, hour: hour ?? sampledHour, weather: weather ?? sampledWeather,
            season: season ?? sampledSeason, glow: sampledGlow, cast: members,
            relation: cast == nil ? sampledCast.relation : .sideBySide, framing: chosenFraming,
            position: isBroad && chosenFraming != .wide ? .center : sampledPosition,
            medium: medium ?? sampledMedium, palette: palette ?? sampledPalette, composition: random.next())
    }
}
