/// What a medium does at the edge and on the face of a shape.
extension Easel {
    /// The line of ink and pencil, drawn before the shape so that joined parts show no seams.
    func outlineBehind(_ path: Path) {
        guard let outline = style.outline, depth < 0.75 else { return }
        let nearness = 1 - 0.6 * depth
        let color = outline.mixed(tint(light.fog, glowing: true), depth * 0.9)
        canvas.stroke(path, .solid(color, opacity: 1), width: style.outlineWidth * 2 * nearness)
    }

    /// A gradient that follows the light from the lit to the dark side.
    func modelled(_ path: Path, _ base: Color, shade: Double, opacity: Double) -> Canvas.Source {
        let amount = style.shading * shade
        guard amount > 0 else { return .solid(base, opacity: opacity) }
        let box = path.bounds
        let lean = min(box.width, box.height) * 0.35 * light.side
        let bright: Color
        let dark: Color
        if style.modelling == .wash {
            bright = base.mixed(style.paper, amount * (light.isNight ? 0.5 : 1))
            dark = base.multiplied(base.mixed(.white, 1 - amount * 0.75))
        } else {
            let warm = light.isSunset ? Color(0xFFD9A0) : light.isNight ? Color(0xB9CCFF) : Color(0xFFFBE6)
            bright = base.mixed(warm, amount * 0.8)
            dark = base.multiplied(Color(0.72, 0.70, 0.86).mixed(.white, 1 - amount * 1.6))
        }
        return .linear(
            from: Point(box.center.x + lean, box.top), to: Point(box.center.x - lean, box.bottom),
            stops: [
                Canvas.Stop(offset: 0, color: bright, opacity: opacity),
                Canvas.Stop(offset: 0.55, color: base, opacity: opacity),
                Canvas.Stop(offset: 1, color: dark, opacity: opacity),
            ])
    }

    /// The dark rim where a wash has dried.
    func poolEdge(_ path: Path, _ base: Color, _ opacity: Double, widening: Double = 1) {
        let pooled = base.multiplied(base.mixed(Color(0x5A5068), 0.35))
        let strength = opacity * (1 - depth * 0.7)
        canvas.stroke(
            path, .solid(pooled, opacity: 0.20 * strength), width: (isFigure ? 0.012 : 0.018) * widening)
        canvas.stroke(path, .solid(pooled, opacity: 0.50 * strength), width: 0.0055 * widening)
    }

    /// The crisp dark side of a cut-out shape.
    func cutShadow(_ path: Path, _ base: Color, opacity: Double) {
        let box = path.bounds
        guard box.insidePicture.area > 0.0035, box.width < 0.9 else { return }
        let dark = base.multiplied(Color(0.84, 0.82, 0.92))
        let split = box.center.x - light.side * box.width * 0.06
        let edge = light.side > 0 ? box.left - 0.1 : box.right + 0.1
        let half = Path.polygon([
            Point(split + box.width * 0.1, box.top - 0.1), Point(split - box.width * 0.1, box.bottom + 0.1),
            Point(edge, box.bottom + 0.1), Point(edge, box.top - 0.1),
        ])
        canvas.clipped(to: path) { canvas.fill(half, .solid(dark, opacity: opacity)) }
    }

    /// Thick strokes of slightly other colours, following the form.
    func layStrokes(in path: Path, _ base: Color, strength: Double) {
        let box = path.bounds.insidePicture
        guard box.area > 0.002 else { return }
        let count = min(64, 5 + Int(box.area * 190))
        let flatness = box.width > box.height * 2 ? 0.015 : 0.05
        let lean = touch.uniform(-0.08...0.08)
        let size = box.area > 0.08 ? 1.0 : 0.6
        canvas.clipped(to: path) {
            for index in 0..<count {
                let start = Point(
                    touch.uniform(box.left...max(box.left, box.right)),
                    touch.uniform(box.top...max(box.top, box.bottom)))
                let swirl = 0.07 * Trigonometry.sine(turns: start.x * 1.3 + start.y * 0.9 + lean * 5)
                let upright = isFigure && box.height > box.width ? 0.2 : 0
                let turn = lean + upright + swirl + touch.uniform(-flatness...flatness)
                let along = Point(Trigonometry.cosine(turns: turn), Trigonometry.sine(turns: turn))
                let length = touch.uniform(0.07...0.16) * size
                let bend = Point(-along.y, along.x) * touch.uniform(-0.012...0.012)
                let towardLight = (box.center.y - start.y) / max(box.height, 0.05) * 0.10
                let jitter = (index % 3 == 0 ? 0.17 : 0.10) * strength
                let change = touch.uniform(-jitter...jitter) + towardLight
                let color =
                    change > 0 ? base.mixed(Color(0xFFF3CC), change * 1.6) : base.scaled(1 + change * 1.7)
                canvas.stroke(
                    .open([start, start + along * (length / 2) + bend, start + along * length]),
                    .solid(color, opacity: 0.72), width: touch.uniform(0.014...0.026) * size)
            }
        }
    }
}
