/// A picture's pixels while a medium is laid over them.
struct Sheet {
    let width: Int
    let height: Int
    /// Red, green, blue; three numbers a pixel, row by row.
    var pixels: [UInt8]

    /// Pixels of the shorter side: the length of one picture unit.
    var unit: Double { Double(min(width, height)) }

    /// The sheet averaged over boxes reaching `radius` picture units, the outermost pixels repeated.
    func blurred(_ radius: Double) -> Sheet {
        let reach = Int((radius * unit).rounded())
        guard reach > 0 else { return self }
        var result = self
        var line = [UInt8](repeating: 0, count: max(width, height))
        result.pixels.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            line.withUnsafeMutableBufferPointer { line in
                for channel in 0..<3 {
                    for row in 0..<height {
                        Self.average(base + row * width * 3 + channel, 3, width, reach, line)
                    }
                    for column in 0..<width {
                        Self.average(base + column * 3 + channel, width * 3, height, reach, line)
                    }
                }
            }
        }
        return result
    }

    private static func average(
        _ start: UnsafeMutablePointer<UInt8>, _ step: Int, _ count: Int, _ reach: Int,
        _ line: UnsafeMutableBufferPointer<UInt8>
    ) {
        for index in 0..<count { line[index] = start[index &* step] }
        let window = 2 * reach + 1
        var sum = 0
        for offset in -reach...reach { sum += Int(line[min(count - 1, max(0, offset))]) }
        for index in 0..<count {
            start[index &* step] = UInt8((sum + reach) / window)
            sum += Int(line[min(count - 1, index + reach + 1)]) - Int(line[max(0, index - reach)])
        }
    }

    /// How bright each pixel is, 0...255.
    func brightness() -> [Int32] {
        var result = [Int32](repeating: 0, count: width * height)
        for index in 0..<width * height {
            let start = index * 3
            result[index] =
                (Int32(pixels[start]) * 77 + Int32(pixels[start + 1]) * 151 + Int32(pixels[start + 2]) * 28)
                >> 8
        }
        return result
    }

    /// Changes every pixel by a function of its place.
    mutating func change(_ body: (_ row: Int, _ column: Int, _ pixel: UnsafeMutablePointer<UInt8>) -> Void) {
        let (width, height) = (self.width, self.height)
        pixels.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for row in 0..<height {
                for column in 0..<width { body(row, column, base + (row * width + column) * 3) }
            }
        }
    }

    /// Moves pixels by two fields, as ink and water wander.
    mutating func displace(_ across: SmoothField, _ down: SmoothField, by amount: Double) {
        let source = self
        let reach = amount * unit
        let (width, height) = (self.width, self.height)
        change { row, column, pixel in
            let x = min(width - 1, max(0, column + Int((across.at(row, column) * reach).rounded())))
            let y = min(height - 1, max(0, row + Int((down.at(row, column) * reach).rounded())))
            let from = (y * width + x) * 3
            for channel in 0..<3 { pixel[channel] = source.pixels[from + channel] }
        }
    }
}

/// Random hills and hollows over a sheet, -1...1, the same picture at every size.
struct SmoothField {
    private let values: [Float]
    private let width: Int

    /// - Parameters:
    ///   - cell: the distance of hills in picture units.
    init(_ sheet: Sheet, cell: Double, _ random: inout SeededGenerator) {
        let unit = sheet.unit
        let columns = Int(Double(sheet.width) / unit / cell) + 3
        let rows = Int(Double(sheet.height) / unit / cell) + 3
        // A fixed number of columns keeps the numbers in their places whatever the format.
        let lattice = (0..<columns * rows).map { _ in Float(random.unit() * 2 - 1) }
        width = sheet.width
        let step = Float(1 / (cell * unit))
        func eased(_ value: Float) -> Float { value * value * (3 - 2 * value) }
        var across: [(Int, Float)] = []
        for column in 0..<sheet.width {
            let x = (Float(column) + 0.5) * step
            across.append((Int(x), eased(x - Float(Int(x)))))
        }
        var result = [Float](repeating: 0, count: sheet.width * sheet.height)
        for row in 0..<sheet.height {
            let y = (Float(row) + 0.5) * step
            let top = Int(y) * columns
            let down = eased(y - Float(Int(y)))
            for column in 0..<sheet.width {
                let (left, right) = across[column]
                let upper = lattice[top + left] + (lattice[top + left + 1] - lattice[top + left]) * right
                let lower =
                    lattice[top + columns + left]
                    + (lattice[top + columns + left + 1] - lattice[top + columns + left]) * right
                result[row * sheet.width + column] = upper + (lower - upper) * down
            }
        }
        values = result
    }

    func at(_ row: Int, _ column: Int) -> Double { Double(values[row * width + column]) }
}
