import Samplers

/// A square picture's numbers, row by row, three a pixel.
struct SquarePixels {
    let size: Int
    private(set) var values: [Float]

    init(size: Int, values: [Float]) {
        self.size = size
        self.values = values
    }

    /// Left becomes right.
    mutating func mirror() {
        let old = values
        for row in 0..<size {
            for column in 0..<size {
                for channel in 0..<3 {
                    values[(row * size + column) * 3 + channel] =
                        old[(row * size + size - 1 - column) * 3 + channel]
                }
            }
        }
    }

    /// Mixes the picture with its blurred self, twice: the weights 1, 2, 1 along rows and along columns.
    /// - Parameter strength: 0, as it is, to 1, blurred.
    mutating func blur(strength: Float) {
        for _ in 0..<2 {
            smooth(stride: 3, strength: strength)
            smooth(stride: 3 * size, strength: strength)
        }
    }

    private mutating func smooth(stride: Int, strength: Float) {
        let old = values
        // Along rows the first and the last pixel take a neighbour of the next row, at the edge nobody looks at.
        for index in stride..<old.count - stride {
            let soft = 0.25 * old[index - stride] + 0.5 * old[index] + 0.25 * old[index + stride]
            values[index] = old[index] + strength * (soft - old[index])
        }
    }

    /// Adds normal noise, the same for neighbours in fours so that some of it is coarse.
    mutating func addNoise(deviation: Float, seed: UInt64) {
        let noise = NoiseGenerator(seed: seed).normals(count: 4096)
        for index in values.indices {
            values[index] += deviation * noise[(index &* 2_654_435_761 >> 7) & 4095]
        }
    }
}
