/// What lies before the figure: just enough to set it into the picture.
extension Setting {
    func paintForeground() {
        easel.depth = 0
        if scene.place == .magicForest { paintMagicLights() }
        guard !easel.isSnowy else { return }
        switch scene.place {
        case .meadow, .forest, .mountainLake:
            tufts(3, from: 1.0, to: 1.05, green().scaled(0.7), height: 0.12)
        case .field, .magicForest, .seaside, .town: break
        }
    }
}
