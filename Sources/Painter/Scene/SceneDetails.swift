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
        let allColor = random.pick(ClothesColor.allCases)
        let oldColor = random.pick(oldManColors)
        clothes = scene.subject == .oldMan ? oldColor : allColor
        switch scene.subject {
        case .cat: coat = random.pick([.white, .black, .gray, .orange])
        case .dog: coat = random.pick([.white, .brown, .orange, .black], weights: [0.3, 0.35, 0.25, 0.1])
        default: coat = random.pick([.white, .yellow, .blue, .red])
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
