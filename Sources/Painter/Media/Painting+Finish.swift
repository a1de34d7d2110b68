extension Painting {
    /// The picture with its medium's texture: paper grain, speckle, hatching, canvas.
    ///
    /// Texture is kept out of `Scene.paint`, because a small model would spend most of its strength on it; added
    /// afterwards it looks the same. The result depends on the picture, the medium and the seed alone.
    ///
    /// - Complexity: linear in the number of pixels.
    public func finished(as medium: Medium, seed: UInt64) -> Painting {
        guard medium != .flat else { return self }
        let texture = Texture(seed: seed, scale: max(1, size / 128))
        var result = pixels
        for row in 0..<height {
            for column in 0..<width {
                let start = (row * width + column) * 3
                let red = Int(pixels[start])
                let green = Int(pixels[start + 1])
                let blue = Int(pixels[start + 2])
                let brightness = (red * 77 + green * 151 + blue * 28) >> 8
                let change = texture.change(medium, row: row, column: column, brightness: brightness)
                for channel in 0..<3 {
                    result[start + channel] = UInt8(min(255, max(0, Int(pixels[start + channel]) + change)))
                }
            }
        }
        // The number of bytes has not changed, so this cannot be refused.
        return (try? Painting(width: width, height: height, pixels: result)) ?? self
    }
}

/// Whole-number noise over a grid of points: the same on every machine.
struct Texture {
    let seed: UInt64
    /// Pixels per grain.
    let scale: Int

    /// A number in -128 ..< 128 for a point.
    func grain(_ row: Int, _ column: Int, layer: UInt64) -> Int {
        var mixed = seed ^ (layer &* 0x9E37_79B9_7F4A_7C15)
        mixed = mixed &+ UInt64(bitPattern: Int64(row)) &* 0xD6E8_FEB8_6659_FD93
        mixed = mixed &+ UInt64(bitPattern: Int64(column)) &* 0xA076_1D64_78BD_642F
        mixed = (mixed ^ (mixed >> 32)) &* 0xE703_7ED1_A0B4_28DB
        return Int((mixed ^ (mixed >> 29)) & 255) - 128
    }

    /// Noise interpolated between points `step` pixels apart, in -128 ..< 128.
    func smooth(_ row: Int, _ column: Int, step: Int, layer: UInt64) -> Int {
        let (top, left) = (row / step, column / step)
        let (down, right) = (row % step, column % step)
        let upper =
            grain(top, left, layer: layer) * (step - right) + grain(top, left + 1, layer: layer) * right
        let lower =
            grain(top + 1, left, layer: layer) * (step - right) + grain(top + 1, left + 1, layer: layer)
            * right
        return (upper * (step - down) + lower * down) / (step * step)
    }

    /// How much brighter or darker a pixel becomes.
    func change(_ medium: Medium, row: Int, column: Int, brightness: Int) -> Int {
        switch medium {
        case .watercolor:
            // Pigment settles in the paper's hollows: most in the middle tones, and in slow clouds.
            let share = min(brightness, 255 - brightness) + 30
            let paper =
                smooth(row, column, step: 2 * scale, layer: 1) + grain(row / scale, column / scale, layer: 2)
                / 3
            return (paper * share / 128 + smooth(row, column, step: 18 * scale, layer: 3) * share / 160) / 12
        case .oil:
            // Bristle furrows over a woven canvas.
            let furrow = smooth(row * 5, column + row / 3, step: 7 * scale, layer: 1)
            let weave = ((row / scale) & 1) ^ ((column / scale) & 1) == 0 ? 2 : -2
            return furrow / 11 + weave
        case .ink:
            return smooth(row, column, step: 3 * scale, layer: 1) / 26
        case .pencil:
            // Slanted strokes that leave paper free; nothing where the paper is bare.
            let share = 255 - brightness + 16
            let stroke = smooth(row + column * 2, (column - row + 4096) * 6, step: 9 * scale, layer: 1)
            let tooth = grain(row / scale, column / scale, layer: 2)
            return (stroke * 2 + tooth) * share / 255 / 6 + share / 28
        case .pastel:
            // Chalk catches on the tooth of the paper.
            let tooth =
                smooth(row, column, step: 2 * scale, layer: 1) + grain(row / scale, column / scale, layer: 2)
                / 2
            return max(-8, min(14, tooth / 11))
        case .flat: return 0
        }
    }
}
