/// What a medium does to the whole sheet.
extension Studio {
    /// After the background and before the figures: wet or soft grounds let figures stand out.
    func settleBackground() throws(PainterError) {
        switch tableau.medium {
        case .pastel: try canvas.soften(radius: 0.004, strength: 0.7)
        case .watercolor: try canvas.soften(radius: 0.004, strength: 0.6)
        case .inkWash: try canvas.soften(radius: 0.006, strength: 0.6)
        case .oil:
            try canvas.changeSheet { sheet in self.brush(&sheet, BrushSet.oilGround) }
        case .gouache:
            try canvas.changeSheet { sheet in self.brush(&sheet, BrushSet.gouacheGround) }
        default: break
        }
    }

    /// After everything: what water, oil, chalk and paper do.
    func finishSheet() throws(PainterError) -> Painting {
        var sheet = try canvas.sheet()
        switch tableau.medium {
        case .watercolor: wet(&sheet, wander: 0.0035, pooling: 0.75, clouds: 0.075)
        case .inkWash:
            dryToInk(&sheet)
            wet(&sheet, wander: 0.0030, pooling: 0.65, clouds: 0.07)
        case .gouache: brush(&sheet, BrushSet.gouache)
        case .oil: brush(&sheet, BrushSet.oil)
        case .pastel:
            brush(&sheet, BrushSet.pastel)
            bareMargin(&sheet, reach: 0.028, wander: 0.030)
        case .pencil:
            turnGray(&sheet)
            bareMargin(&sheet, reach: 0.05, wander: 0.05)
        case .colouredPencil: bareMargin(&sheet, reach: 0.035, wander: 0.04)
        case .woodcut: bareMargin(&sheet, reach: 0.018, wander: 0.006)
        case .paperCut, .flat: break
        }
        return try Painting(width: sheet.width, height: sheet.height, pixels: sheet.pixels)
    }

    /// Water: edges wander, pigment gathers at rims and in clouds, the sheet's margin stays bare.
    private func wet(_ sheet: inout Sheet, wander: Double, pooling: Double, clouds: Double) {
        let across = SmoothField(sheet, cell: 0.045, &touch)
        let down = SmoothField(sheet, cell: 0.045, &touch)
        sheet.displace(across, down, by: wander)
        let soft = sheet.blurred(0.009)
        let slow = SmoothField(sheet, cell: 0.16, &touch)
        let quick = SmoothField(sheet, cell: 0.05, &touch)
        let pool = Int(pooling * 256)
        let paper = manner.paper
        let bare = [Int(paper.red * 255), Int(paper.green * 255), Int(paper.blue * 255)]
        let width = sheet.width
        let isDark = air.isDark
        sheet.change { row, column, pixel in
            let start = (row * width + column) * 3
            let cloud = slow.at(row, column) * 0.65 + quick.at(row, column) * 0.35
            for channel in 0..<3 {
                let value = Int(pixel[channel])
                // Darker than its surroundings: pigment has gathered here.
                let gap = Int(soft.pixels[start + channel]) - value
                var result = gap > 0 ? value - gap * pool / 256 : value - gap * pool / 640
                // Clouds of water thin the wash, or let it settle.
                let depth = cloud > 0 ? bare[channel] - result : result / 2 + 20
                result += Int(Double(depth) * cloud * clouds * (isDark ? 1.0 : 2.4))
                pixel[channel] = UInt8(min(255, max(0, result)))
            }
        }
        bareMargin(&sheet, reach: 0.022, wander: 0.020)
    }

    /// Bare paper around an uneven picture.
    private func bareMargin(_ sheet: inout Sheet, reach: Double, wander: Double) {
        let field = SmoothField(sheet, cell: 0.07, &touch)
        let paper = manner.paper
        let bare = [Int(paper.red * 255), Int(paper.green * 255), Int(paper.blue * 255)]
        let unit = sheet.unit
        let (width, height) = (sheet.width, sheet.height)
        let softness = [.watercolor, .woodcut, .inkWash].contains(tableau.medium) ? 0.004 : 0.02
        sheet.change { row, column, pixel in
            let inset = Double(min(min(row, height - 1 - row), min(column, width - 1 - column))) / unit
            guard inset < reach + wander + softness else { return }
            let edge = reach + wander * field.at(row, column)
            let share = min(1, max(0, (edge - inset) / softness + 0.5))
            guard share > 0 else { return }
            for channel in 0..<3 {
                let value = Double(pixel[channel])
                pixel[channel] = UInt8(value + (Double(bare[channel]) - value) * share)
            }
        }
    }

    private func turnGray(_ sheet: inout Sheet) {
        sheet.change { _, _, pixel in
            let dark = 255 - (Int(pixel[0]) * 77 + Int(pixel[1]) * 151 + Int(pixel[2]) * 28) >> 8
            // Graphite never gets black: shades press together towards the dark.
            let gray = 250 - dark * (560 - dark) / 430
            pixel[0] = UInt8(gray)
            pixel[1] = UInt8(gray)
            pixel[2] = UInt8(min(255, gray + 2))
        }
    }

    /// Ink: brightness becomes a scale from black ink to paper; a breath of colour stays.
    private func dryToInk(_ sheet: inout Sheet) {
        let (ink, paper) = (Color(0x1C1D26), manner.paper)
        let isDark = air.isDark
        sheet.change { _, _, pixel in
            let gray = (Int(pixel[0]) * 77 + Int(pixel[1]) * 151 + Int(pixel[2]) * 28) >> 8
            var light = Double(gray) / 255
            light = 0.10 + 0.90 * (light * light * (3 - 2 * light) * 0.5 + light * 0.5)
            if isDark { light = 0.12 + 0.88 * light }
            let tone = ink.mixed(paper, min(1, light * 1.06))
            for (channel, value) in [tone.red, tone.green, tone.blue].enumerated() {
                let mixed = value * 255 * 0.62 + Double(pixel[channel]) * 0.38
                pixel[channel] = UInt8(min(255, max(0, mixed)))
            }
        }
    }
}

extension Canvas {
    /// The picture as it stands.
    func sheet() throws(PainterError) -> Sheet {
        var sheet = Sheet(
            width: width, height: height, pixels: [UInt8](repeating: 0, count: width * height * 3))
        let width = self.width
        try withPixels { pixels, stride in
            sheet.change { row, column, pixel in
                let source = pixels + row * stride + column * 4
                pixel[0] = source[2]
                pixel[1] = source[1]
                pixel[2] = source[0]
            }
        }
        _ = width
        return sheet
    }

    /// Lets `body` change the picture.
    func changeSheet(_ body: (inout Sheet) -> Void) throws(PainterError) {
        var sheet = try sheet()
        body(&sheet)
        let (width, height) = (self.width, self.height)
        try withPixels { pixels, stride in
            for row in 0..<height {
                for column in 0..<width {
                    let (target, source) = (pixels + row * stride + column * 4, (row * width + column) * 3)
                    target[2] = sheet.pixels[source]
                    target[1] = sheet.pixels[source + 1]
                    target[0] = sheet.pixels[source + 2]
                }
            }
        }
    }
}
