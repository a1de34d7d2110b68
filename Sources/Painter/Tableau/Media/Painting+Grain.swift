extension Painting {
    /// The picture with its medium's texture: paper grain, speckle, hatching, canvas, fibres of wood.
    ///
    /// Texture is kept out of `Tableau.paint`, because a small model would spend most of its strength on it; added
    /// afterwards it looks the same. The result depends on the picture, the medium and the seed alone.
    ///
    /// - Complexity: linear in the number of pixels.
    public func finished(as medium: Tableau.Medium, seed: UInt64) -> Painting {
        guard medium != .flat else { return self }
        let grain = Grain(texture: Texture(seed: seed, scale: max(1, size / 256)))
        var result = pixels
        for row in 0..<height {
            for column in 0..<width {
                let start = (row * width + column) * 3
                let (red, green, blue) = (Int(pixels[start]), Int(pixels[start + 1]), Int(pixels[start + 2]))
                let brightness = (red * 77 + green * 151 + blue * 28) >> 8
                let change = grain.change(medium, row, column, brightness)
                for channel in 0..<3 {
                    result[start + channel] = UInt8(min(255, max(0, Int(pixels[start + channel]) + change)))
                }
            }
        }
        // The number of bytes has not changed, so this cannot be refused.
        return (try? Painting(width: width, height: height, pixels: result)) ?? self
    }
}

/// The second edition's textures, for pictures of 256 pixels and more.
private struct Grain {
    let texture: Texture

    /// How much brighter or darker a pixel becomes.
    func change(_ medium: Tableau.Medium, _ row: Int, _ column: Int, _ brightness: Int) -> Int {
        let scale = texture.scale
        let middle = min(brightness, 255 - brightness)
        switch medium {
        case .watercolor, .inkWash:
            let paper =
                texture.smooth(row, column, step: 2 * scale, layer: 1) + texture.grain(
                    row / scale, column / scale, layer: 2) / 3
            return paper * (middle + 24) / 128 / 11
        case .gouache: return texture.smooth(row, column, step: 3 * scale, layer: 1) / 30
        case .oil:
            let weave = ((row / scale) & 1) ^ ((column / scale) & 1) == 0 ? 2 : -2
            return texture.smooth(row * 4, column + row / 3, step: 7 * scale, layer: 1) / 16 + weave
        case .pencil, .colouredPencil:
            // Slanted strokes that leave paper free; nothing where the paper is bare.
            let share = 255 - brightness + 10
            let stroke = texture.smooth(
                row + column * 2, (column - row + 8192) * 5, step: 8 * scale, layer: 1)
            let tooth = texture.grain(row / scale, column / scale, layer: 2)
            return (stroke * 2 + tooth) * share / 255 / 6 + share / 30
        case .pastel:
            let tooth =
                texture.smooth(row, column, step: 2 * scale, layer: 1) + texture.grain(
                    row / scale, column / scale, layer: 2) / 2
            return max(-9, min(15, tooth / 10))
        case .paperCut: return texture.smooth(row, column * 2, step: 3 * scale, layer: 1) / 34
        case .woodcut:
            // The board's fibres show where ink lies.
            let fibre = texture.smooth(row * 6, column, step: 11 * scale, layer: 1)
            return brightness < 225 ? max(-4, fibre / 9) : 0
        case .flat: return 0
        }
    }
}
