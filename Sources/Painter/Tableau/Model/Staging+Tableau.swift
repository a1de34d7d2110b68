extension Staging {
    /// Decides how a tableau stands on a sheet of the given width and height in picture units.
    init(_ tableau: Tableau, width: Double, height: Double) {
        var random = SeededGenerator(seed: tableau.composition, part: .staging)
        let level = random.uniform(-0.02...0.02)
        let share: Double =
            switch tableau.place {
            case .seaside, .riceField: 0.40
            case .harbour, .wheatField: 0.43
            case .plain: 0.62
            case .room: 0.52
            case .town, .rooftop, .hanok, .temple: 0.49
            default: 0.46
            }
        horizon = height * (share + level)
        let sideways = random.uniform(0.26...0.34)
        switch tableau.position {
        case .left: across = width * sideways
        case .center: across = width * (0.5 + random.uniform(-0.03...0.03))
        case .right: across = width * (1 - sideways)
        }
        let stature = tableau.cast.map(\.standingHeight).max() ?? 1.6
        let size = random.unit()
        let low: Double
        let crowd = Double(tableau.cast.count)
        switch tableau.framing {
        case .portrait:
            // The head fills two fifths of the height, a little less where two share the sheet.
            let head = (tableau.cast.first?.portraitShare ?? 0.2) * stature
            scale = (0.40 + 0.06 * size) * (crowd > 1 ? 0.72 : 1) / head
            let top =
                height * (0.15 + 0.04 * random.unit())
                + (tableau.cast.contains { $0.held == .umbrella } ? 0.10 : 0)
            low = top + scale * stature
        case .half:
            scale = (1.18 + 0.14 * size) * (crowd > 1 ? 0.8 : 1) * height.squareRoot() / stature
            let room = tableau.cast.contains { $0.held == .umbrella || $0.held == .balloon } ? 0.24 : 0.13
            low = height * room + scale * stature
        case .full:
            let least = min(height, width * 1.25)
            scale = (0.60 + 0.12 * size) * (crowd > 2 ? 0.82 : crowd > 1 ? 0.9 : 1) * least / stature
            low = height * (0.90 + 0.04 * random.unit())
        case .wide:
            scale = (0.25 + 0.09 * size) * height.squareRoot() / stature
            low = height * (0.78 + 0.10 * random.unit())
        }
        // Long animals and groups must fit between the sides.
        let broad = tableau.cast.map(\.breadth).reduce(0, +) * 1.04
        if tableau.framing != .portrait, tableau.framing != .half {
            scale = min(scale, width * 0.90 / max(broad, 0.1))
            let half = broad * scale / 2
            across =
                half * 2 > width * 0.94
                ? width / 2 : min(width * 0.98 - half, max(width * 0.02 + half, across))
        }
        foot = low
        // Streets must not tower over a cat.
        eye = min(2.6, max((low - horizon) / scale, 1.0))
    }
}

extension Tableau.Member {
    /// How high it stands in metres.
    var standingHeight: Double {
        switch subject {
        case .toddler: 0.92
        case .girl, .boy: 1.24
        case .woman: 1.64
        case .man: 1.76
        case .grandmother: 1.56
        case .grandfather: 1.66
        case .cat: 0.62
        case .dog: 0.78
        case .rabbit: 0.52
        case .fox: 0.72
        case .deer: 1.45
        case .horse: 1.75
        case .bear: 1.35
        case .tiger: 1.15
        case .bird, .magpie: 0.42
        case .owl: 0.52
        case .duck: 0.50
        case .crane: 1.25
        case .fish: 0.5
        case .whale: 1.5
        case .butterfly: 0.4
        case .bicycle, .bench, .boat: 1.1
        case .kite: 1.0
        default: 0.7
        }
    }

    /// What share of its height a head takes in a portrait.
    var portraitShare: Double {
        switch subject {
        case .toddler: 0.27
        case .girl, .boy: 0.235
        case .woman, .man, .grandmother, .grandfather: 0.185
        default: 0.52
        }
    }
}
