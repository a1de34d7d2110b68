/// How hair and hat sit on a head.
struct HairStyle {
    enum Cut { case long, pigtails, braids, bob, short, tousled, old }
    enum Hat { case none, straw, ribbon, cap, brim, flatCap, knitted }

    let cut: Cut
    private(set) var hat: Hat

    init(_ subject: Subject, _ random: inout SeededGenerator) {
        switch subject {
        case .girl:
            cut = random.pick([.long, .pigtails, .braids, .bob], weights: [0.35, 0.3, 0.2, 0.15])
            hat = random.pick([.none, .ribbon, .straw], weights: [0.3, 0.45, 0.25])
        case .boy:
            cut = random.pick([.short, .tousled])
            hat = random.pick([.none, .cap], weights: [0.68, 0.32])
        default:
            cut = .old
            hat = random.pick([.none, .brim, .flatCap], weights: [0.3, 0.45, 0.25])
        }
    }

    /// In snow a light hat gives way to a knitted one.
    mutating func dressForSnow() {
        if hat != .brim, cut != .old { hat = .knitted }
    }
}
