/// The canvas together with the light and the medium: here a shape with its own colour becomes paint.
///
/// An easel lives for one picture, on one thread.
final class Easel {
    let canvas: Canvas
    let scene: Scene
    let details: SceneDetails
    let light: Light
    let style: MediumStyle
    /// Numbers for the manner of painting, apart from those that decide what is painted.
    var touch: SeededGenerator
    /// How far away the things are that are painted now, 0...1.
    var depth = 0.0
    /// Whether the subject is painted now.
    var isFigure = false
    /// Where the face is: nothing small is scattered over it.
    var face: (center: Point, radius: Double)?

    init(_ scene: Scene, size: Int) throws(PainterError) {
        canvas = try Canvas(size: size)
        self.scene = scene
        details = SceneDetails(scene)
        var random = SeededGenerator(seed: scene.composition, part: .composition)
        light = Light(scene, &random)
        style = MediumStyle(scene.medium)
        touch = SeededGenerator(seed: scene.composition, part: .medium)
    }

    /// Whether a point lies on the face.
    func isOnFace(_ point: Point) -> Bool {
        guard let face else { return false }
        return (point - face.center).length < face.radius
    }

    var isSnowy: Bool { scene.weather == .snow }

    /// The colour as it ends up on the canvas; glowing things keep theirs.
    func tint(_ color: Color, glowing: Bool = false) -> Color {
        let lit = glowing ? color : light.on(color, depth: depth, isFigure: isFigure)
        return graded(lit, paperShare: isFigure ? style.figurePaperShare : style.paperShare)
    }

    /// The medium's and the mood's share in a colour.
    private func graded(_ color: Color, paperShare: Double) -> Color {
        // White paper would turn a night grey.
        let share = light.isNight && style.outline != nil ? paperShare * 0.6 : paperShare
        var result = color.saturated(style.saturation).scaled(style.gain).mixed(style.paper, share)
        switch scene.mood {
        case .none: break
        case .soft:
            let veil = light.isNight ? Color(0x8E92B4) : Color(0xF8EEE6)
            result = result.saturated(0.76).mixed(veil, isFigure ? 0.17 : 0.25)
        case .vivid:
            result = result.saturated(1.38).mixed(result.multiplied(result), 0.14)
        }
        return result
    }

    /// Fills a shape in the medium's manner.
    ///
    /// - Parameters:
    ///   - shade: how strongly light models it; 0 leaves it even.
    ///   - outlined: whether the medium's edge is drawn around it.
    ///   - glowing: whether it shines by itself, whatever the light.
    func fill(
        _ path: Path, _ color: Color, shade: Double = 1, outlined: Bool = true, opacity: Double = 1,
        glowing: Bool = false
    ) {
        let base = tint(color, glowing: glowing)
        if outlined { outlineBehind(path) }
        switch style.modelling {
        case .even:
            // The outline lies behind: a thin fill would show its seams.
            canvas.fill(path, .solid(base, opacity: outlined ? 1 : opacity))
        case .cutOut:
            canvas.fill(path, .solid(base, opacity: opacity))
            if shade > 0, outlined { cutShadow(path, base, opacity: opacity * min(1, shade)) }
        case .chalk:
            canvas.fill(path, modelled(path, base, shade: shade, opacity: opacity * 0.97))
            if outlined, !path.isJoined {
                let edge = base.mixed(Color(0xFFF8EE), 0.45)
                canvas.stroke(path, .solid(edge, opacity: 0.32 * opacity), width: isFigure ? 0.008 : 0.014)
            }
        case .wash:
            // The rim of joined shapes lies behind them, so that no seams show inside.
            let isJoined = path.isJoined
            if outlined, isJoined { poolEdge(path, base, opacity, widening: 2) }
            let cover = isFigure || isJoined ? 0.97 : style.opacity
            canvas.fill(path, modelled(path, base, shade: shade, opacity: opacity * cover))
            if outlined, !isJoined { poolEdge(path, base, opacity) }
        case .impasto:
            canvas.fill(path, modelled(path, base, shade: shade, opacity: opacity))
            if shade > 0, opacity > 0.7 { layStrokes(in: path, base, strength: shade) }
        }
    }

    /// Draws a line that keeps its width in every medium; thick lines get the medium's edge.
    func line(
        _ points: [Point], _ color: Color, width: Double, opacity: Double = 1, glowing: Bool = false,
        outlined: Bool = true
    ) {
        let path = Path.open(points)
        if outlined, width > 0.012, let outline = style.outline, depth < 0.6 {
            canvas.stroke(
                path, .solid(outline.mixed(light.fog, depth), opacity: 1),
                width: width + style.outlineWidth * 1.6)
        }
        canvas.stroke(path, .solid(tint(color, glowing: glowing), opacity: opacity), width: width)
    }

    /// A soft round light.
    func glow(_ center: Point, radius: Double, _ color: Color, strength: Double) {
        let stops = [
            Canvas.Stop(offset: 0, color: color, opacity: strength),
            Canvas.Stop(offset: 0.35, color: color, opacity: strength * 0.42),
            Canvas.Stop(offset: 1, color: color, opacity: 0),
        ]
        canvas.fill(.ellipse(center, radius, radius), .radial(center: center, radius: radius, stops: stops))
    }

    /// A soft dark spot on the ground, stretched away from the light.
    func groundShadow(_ center: Point, width: Double, height: Double) {
        let dark = light.isNight ? Color(0x0C1434) : Color(0x3A3550)
        let away = Point(center.x - light.side * width * 0.25, center.y)
        canvas.fill(.ellipse(away, width, height), .solid(dark, opacity: 0.16))
        canvas.fill(.ellipse(away, width * 0.75, height * 0.7), .solid(dark, opacity: 0.16))
    }
}
