/// Lines, shades and shadows that a medium adds to a shape.
extension Studio {
    /// The line around a shape, drawn behind it so that joined parts show no seams; thicker on the shaded side.
    func line(around path: Path) {
        guard let outline = manner.outline, depth < 0.8 else { return }
        let box = path.bounds
        let least = min(box.width, box.height)
        // Small shapes get thin lines, far ones pale ones.
        let size = min(1, max(0.35, (least / 0.12).squareRoot()))
        let color = outline.mixed(tint(air.fog, glowing: true), min(0.92, depth * 1.1 * air.haze))
        let width = manner.outlineWidth * 2 * size * (1 - 0.5 * depth)
        canvas.stroke(path, .solid(color, opacity: 1), width: width)
        if tableau.medium == .inkWash || tableau.medium == .woodcut, least > 0.02 {
            let shift = Point(-air.side * width * 0.22, width * 0.22)
            canvas.stroke(path.mapped { $0 + shift }, .solid(color, opacity: 1), width: width * 0.8)
        }
    }

    /// A gradient that follows the light from the lit to the dark side.
    func modelled(_ path: Path, _ base: Color, _ shade: Double, _ opacity: Double) -> Canvas.Source {
        let amount = manner.shading * shade
        let box = path.bounds
        let lean = min(box.width, box.height) * 0.35 * air.side
        let bright: Color
        let dark: Color
        if tableau.medium == .watercolor || tableau.medium == .inkWash {
            bright = base.mixed(manner.paper, amount * (air.isDark ? 0.35 : 0.95))
            dark = base.multiplied(base.mixed(.white, 1 - amount * 0.85))
        } else {
            let rim = tableau.medium == .pencil ? air.rim.saturated(0) : air.rim
            bright = base.mixed(rim, amount * 0.75)
            dark = base.mixed(base.multiplied(air.shadow.mixed(.white, 0.35)), min(0.9, amount * 1.9))
        }
        let shift = path.isJoined ? 0.5 : 0.55
        return .linear(
            from: Point(box.center.x + lean, box.top), to: Point(box.center.x - lean, box.bottom),
            stops: [
                Canvas.Stop(offset: 0, color: bright, opacity: opacity),
                Canvas.Stop(offset: shift, color: base, opacity: opacity),
                Canvas.Stop(offset: 1, color: dark, opacity: opacity),
            ])
    }

    /// The crisp dark side of a flat shape.
    func crispShade(_ path: Path, _ base: Color, _ opacity: Double) {
        let box = path.bounds
        guard box.area > 0.0016, box.width < 0.7, !path.isJoined else { return }
        let dark = base.mixed(base.multiplied(air.shadow.mixed(.white, 0.45)), 0.38)
        let split = box.center.x - air.side * box.width * 0.10
        let edge = air.side > 0 ? box.left - 0.1 : box.right + 0.1
        let half = Path.polygon([
            Point(split + box.width * 0.08, box.top - 0.1), Point(split - box.width * 0.08, box.bottom + 0.1),
            Point(edge, box.bottom + 0.1), Point(edge, box.top - 0.1),
        ])
        canvas.clipped(to: path) { canvas.fill(half, .solid(dark, opacity: opacity)) }
    }

    /// The shadow that a cut sheet throws on what lies below.
    func paperShadow(_ path: Path) {
        let box = path.bounds
        let least = min(box.width, box.height)
        guard least > 0.006 else { return }
        let lift = min(0.011, 0.003 + least * 0.035) * (1 - 0.4 * depth)
        let away = Point(-air.side * lift * 0.7, lift)
        let dark = air.shadow.scaled(0.5)
        if least > 0.05 {
            canvas.fill(path.mapped { $0 + away * 1.5 }, .solid(dark, opacity: 0.12))
        }
        canvas.fill(path.mapped { $0 + away }, .solid(dark, opacity: 0.16))
        canvas.fill(path.mapped { $0 + away * 0.5 }, .solid(dark, opacity: 0.22))
    }

    /// The light edge of a sheet's thickness.
    func paperRim(_ path: Path, _ base: Color) {
        let box = path.bounds
        guard min(box.width, box.height) > 0.03, !path.isJoined else { return }
        canvas.clipped(to: path) {
            canvas.stroke(
                path.mapped { $0 + Point(-self.air.side * 0.0012, 0.0016) },
                .solid(base.mixed(.white, 0.45), opacity: 0.55), width: 0.0035)
        }
    }

    /// Gouge marks on the shaded side of a block.
    func carve(_ path: Path, _ base: Color) {
        let box = path.bounds
        let part = box.inside(width: width, height: height)
        guard part.width > 0.05, part.height > 0.05, box.width < width * 0.95 else { return }
        let ink = base.brightness > 0.45 ? base.scaled(0.72) : base.mixed(manner.paper, 0.28)
        let spacing = 0.017
        let count = min(26, Int(part.height / spacing))
        let reach = box.width * 0.42
        canvas.clipped(to: path) {
            for index in 0..<count {
                let y = part.top + (Double(index) + 0.5) * spacing + touch.uniform(-0.003...0.003)
                let from = air.side > 0 ? box.left : box.right
                let length = reach * touch.uniform(0.55...1) * air.side
                let (a, b) = (
                    Point(from - 0.01 * air.side, y), Point(from + length, y + touch.uniform(-0.006...0.006))
                )
                canvas.fill(
                    .polygon([a + Point(0, -0.0032), b, a + Point(0, 0.0032)]), .solid(ink, opacity: 1))
            }
        }
    }
}

extension Bounds {
    /// The part inside a picture of another shape than square.
    func inside(width: Double, height: Double) -> Bounds {
        Bounds(left: max(0, left), top: max(0, top), right: min(width, right), bottom: min(height, bottom))
    }
}
