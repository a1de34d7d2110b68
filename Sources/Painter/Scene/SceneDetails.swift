/// What follows from a scene's composition seed and may be named in a caption.
///
/// Painting and captions read the same value, so that a caption never says what the picture does not show.
struct SceneDetails: Sendable, Hashable {
    /// Colours of clothes, as a viewer would name them.
    enum ClothesColor: CaseIterable { case red, yellow, blue, green, purple, pink, white }
    /// Colours of animals' coats and feathers.
    enum CoatColor: CaseIterable { case white, black, gray, orange, brown, yellow, blue, red }
    /// What somebody sits on.
    enum Seat { case ground, rock, log }

    /// The colour of the dress, shirt or coat.
    let clothes: ClothesColor
    /// The colour of an animal.
    let coat: CoatColor
    /// What the subject sits on when it sits.
    let seat: Seat
    /// Whether a person holds an umbrella; only in rain.
    let hasUmbrella: Bool
    /// Whether a red gate and stone lanterns stand in the magic forest.
    let hasJapaneseGate: Bool
    /// Whether a person is seen from near, down to the knees.
    let isCloseUp: Bool

    /// Reads the details of a scene.
    init(_ scene: Scene) {
        var random = SeededGenerator(seed: scene.composition, part: .details)
        let oldManColors: [ClothesColor] = [.blue, .green, .purple, .red]
        // White on snow could not be seen.
        let isSnowy = scene.weather == .snow
        let anyColor = random.pick(
            isSnowy ? [.red, .yellow, .blue, .green, .purple, .pink] : ClothesColor.allCases)
        let oldColor = random.pick(oldManColors)
        clothes = scene.subject == .oldMan ? oldColor : anyColor
        let white: [CoatColor] = isSnowy ? [] : [.white]
        switch scene.subject {
        case .cat: coat = random.pick([.black, .gray, .orange] + white)
        case .dog: coat = random.pick([.brown, .brown, .orange, .black] + white)
        default: coat = random.pick([.yellow, .blue, .red] + white)
        }
        seat = random.pick([.ground, .rock, .log])
        let umbrellaChance = random.chance(0.85)
        hasUmbrella = umbrellaChance && scene.weather == .rain && scene.subject.isPerson
        let gateChance = random.chance(0.6)
        hasJapaneseGate = gateChance && scene.place == .magicForest
        let closeChance = random.chance(0.3)
        isCloseUp = closeChance && scene.subject.isPerson && scene.action == .standing
    }
}
