import Glibc
import Images

extension PerceptualHash {
    /// A picture that is larger on a side is first brought to this size on both, as the reference implementation does.
    private static let largestSide = 512

    /// The hash of a picture, and how much there is in it to be told by, 0 to 100.
    public static func measured(_ picture: Picture) -> (hash: PerceptualHash, quality: Int) {
        let small = grid(picture).shrunk()
        return (PerceptualHash(coefficients: small.lowFrequencies()), small.quality)
    }

    /// The hashes of a picture as it is, turned counterclockwise by one, two and three quarters, and the same of its mirror
    /// image: a picture that was turned or mirrored is near one of them.
    public static func turns(of picture: Picture) -> [PerceptualHash] {
        var grid = grid(picture)
        var hashes: [PerceptualHash] = []
        for turn in 0..<8 {
            if turn == 4 { grid = grid.turned().mirrored() } else if turn > 0 { grid = grid.turned() }
            hashes.append(PerceptualHash(coefficients: grid.shrunk().lowFrequencies()))
        }
        return hashes
    }

    private static func grid(_ picture: Picture) -> LuminanceGrid {
        guard max(picture.width, picture.height) > largestSide,
            let smaller = try? picture.resized(width: largestSide, height: largestSide)
        else { return LuminanceGrid(picture) }
        return LuminanceGrid(smaller)
    }

    /// The bits of 16 × 16 coefficients: those above their median.
    ///
    /// The first coefficient is the lowest bit of the last word.
    private init(coefficients: [Float]) {
        let median = coefficients.sorted()[127]
        var words: [UInt64] = [0, 0, 0, 0]
        for (index, coefficient) in coefficients.enumerated() where coefficient > median {
            words[3 - index / 64] |= 1 << UInt64(index % 64)
        }
        self.init(words: words)
    }
}

/// Brightness, `[height, width]`, rows from the top, 0 to 255.
struct LuminanceGrid {
    let width: Int
    let height: Int
    private(set) var values: [Float]

    private static let side = 64

    /// The brightness of a picture.
    init(_ picture: Picture) {
        width = picture.width
        height = picture.height
        let bytes = picture.bytes
        values = [Float](unsafeUninitializedCapacity: width * height) { buffer, count in
            for index in 0..<buffer.count {
                let start = index * 3
                // Source: ITU-R BT.601.
                buffer[index] =
                    0.299 * Float(bytes[start]) + 0.587 * Float(bytes[start + 1]) + 0.114
                    * Float(bytes[start + 2])
            }
            count = buffer.count
        }
    }

    private init(width: Int, height: Int, values: [Float]) {
        self.width = width
        self.height = height
        self.values = values
    }

    /// The grid turned counterclockwise by a quarter.
    func turned() -> LuminanceGrid {
        LuminanceGrid(
            width: height, height: width,
            values: (0..<width).flatMap { row in
                (0..<height).map { column in values[column * width + width - 1 - row] }
            })
    }

    /// The grid with left and right exchanged.
    func mirrored() -> LuminanceGrid {
        LuminanceGrid(
            width: width, height: height,
            values: (0..<height).flatMap { row in values[row * width..<(row + 1) * width].reversed() })
    }

    /// The grid at 64 × 64: averaged twice by windows as wide as what becomes one point, then picked.
    func shrunk() -> LuminanceGrid {
        // Source: the paper: half of what becomes one point, rounded up.
        let across = (width + 2 * Self.side - 1) / (2 * Self.side)
        let down = (height + 2 * Self.side - 1) / (2 * Self.side)
        var grid = self
        for _ in 0..<2 {
            grid.averageRows(window: across)
            grid.averageColumns(window: down)
        }
        var small = [Float](repeating: 0, count: Self.side * Self.side)
        for row in 0..<Self.side {
            let y = Int((Double(row) + 0.5) * Double(height) / Double(Self.side))
            for column in 0..<Self.side {
                let x = Int((Double(column) + 0.5) * Double(width) / Double(Self.side))
                small[row * Self.side + column] = grid.values[y * width + x]
            }
        }
        return LuminanceGrid(width: Self.side, height: Self.side, values: small)
    }

    private mutating func averageRows(window: Int) {
        for row in 0..<height { average(from: row * width, stride: 1, count: width, window: window) }
    }

    private mutating func averageColumns(window: Int) {
        for column in 0..<width { average(from: column, stride: width, count: height, window: window) }
    }

    /// Replaces each value of a line by the mean of those around it; at the ends, of those that are there.
    private mutating func average(from start: Int, stride: Int, count: Int, window: Int) {
        guard window > 1 else { return }
        let after = (window + 2) / 2 - 1
        let before = window - after - 1
        values.withUnsafeMutableBufferPointer { values in
            let line = (0..<count).map { values[start + $0 * stride] }
            var sum: Float = 0
            var first = 0
            var end = 0
            for index in 0..<count {
                while end < min(count, index + after + 1) {
                    sum += line[end]
                    end += 1
                }
                while first < index - before {
                    sum -= line[first]
                    first += 1
                }
                values[start + index * stride] = sum / Float(end - first)
            }
        }
    }

    /// The 16 × 16 lowest frequencies of a 64 × 64 grid, without the constant ones.
    func lowFrequencies() -> [Float] {
        let matrix = Self.cosines
        // [16, 64] times [64, 64] ...
        var half = [Float](repeating: 0, count: 16 * Self.side)
        for frequency in 0..<16 {
            for row in 0..<Self.side {
                let weight = matrix[frequency * Self.side + row]
                for column in 0..<Self.side {
                    half[frequency * Self.side + column] += weight * values[row * Self.side + column]
                }
            }
        }
        // ... times [64, 16].
        var output = [Float](repeating: 0, count: 256)
        for vertical in 0..<16 {
            for horizontal in 0..<16 {
                var sum: Float = 0
                for column in 0..<Self.side {
                    sum += half[vertical * Self.side + column] * matrix[horizontal * Self.side + column]
                }
                output[vertical * 16 + horizontal] = sum
            }
        }
        return output
    }

    /// How much changes from point to point, 0 to 100.
    var quality: Int {
        var sum = 0
        for row in 0..<Self.side {
            for column in 0..<Self.side {
                let value = values[row * Self.side + column]
                if row + 1 < Self.side { sum += Self.step(value, values[(row + 1) * Self.side + column]) }
                if column + 1 < Self.side { sum += Self.step(value, values[row * Self.side + column + 1]) }
            }
        }
        return min(100, sum / 90)
    }

    /// Source: the reference implementation: hundredths of the range, cut to whole ones.
    private static func step(_ first: Float, _ second: Float) -> Int {
        abs(Int((first - second) * 100 / 255))
    }

    /// Sixteen rows of the discrete cosine transform's matrix, from the second on.
    private static let cosines: [Float] = {
        let scale = Float((2.0 / Double(side)).squareRoot())
        return (1...16).flatMap { frequency in
            (0..<side).map { position in
                scale
                    * Float(cos(Double.pi / 2 / Double(side) * Double(frequency) * Double(2 * position + 1)))
            }
        }
    }()
}
