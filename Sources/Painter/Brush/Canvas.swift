import CCairo

/// A Cairo image surface whose shorter side is 1 long: the painter's only door to Cairo.
///
/// One canvas belongs to one call of `Scene.paint` or `Tableau.paint`; canvases share nothing, so any number may be in use at once,
/// each on one thread.
final class Canvas {
    /// Width and height in pixels.
    let width: Int
    let height: Int
    private let surface: OpaquePointer
    private let context: OpaquePointer

    /// What a shape is filled with.
    enum Source {
        case solid(Color, opacity: Double)
        case linear(from: Point, to: Point, stops: [Stop])
        case radial(center: Point, radius: Double, stops: [Stop])
    }

    /// One colour of a gradient.
    struct Stop {
        var offset: Double
        var color: Color
        var opacity = 1.0
    }

    /// Pixels of the shorter side.
    var size: Int { min(width, height) }

    convenience init(size: Int) throws(PainterError) { try self.init(width: size, height: size) }

    init(width: Int, height: Int) throws(PainterError) {
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)),
            cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let context = cairo_create(surface)
        else {
            throw PainterError(
                .drawingFailed,
                "Cairo made no surface of \(width) x \(height) pixels. Free memory, or paint smaller.")
        }
        self.width = width
        self.height = height
        self.surface = surface
        self.context = context
        cairo_scale(context, Double(min(width, height)), Double(min(width, height)))
        cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// Fills a path; where `evenOdd` is set, areas covered twice stay empty.
    func fill(_ path: Path, _ source: Source, evenOdd: Bool = false) {
        trace(path)
        use(source)
        cairo_set_fill_rule(context, evenOdd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING)
        cairo_fill(context)
    }

    /// Draws a line along a path.
    func stroke(_ path: Path, _ source: Source, width: Double) {
        trace(path)
        use(source)
        cairo_set_line_width(context, width)
        cairo_stroke(context)
    }

    /// Covers the whole picture.
    func cover(_ source: Source) {
        use(source)
        cairo_paint(context)
    }

    /// Everything that `body` draws stays inside the path.
    func clipped(to path: Path, _ body: () -> Void) {
        cairo_save(context)
        trace(path)
        cairo_set_fill_rule(context, CAIRO_FILL_RULE_WINDING)
        cairo_clip(context)
        body()
        cairo_restore(context)
    }

    /// Lets `body` change the pixels: four bytes each (blue, green, red, unused), rows `stride` bytes apart.
    func withPixels(_ body: (UnsafeMutablePointer<UInt8>, _ stride: Int) -> Void) throws(PainterError) {
        cairo_surface_flush(surface)
        guard cairo_status(context) == CAIRO_STATUS_SUCCESS, let data = cairo_image_surface_get_data(surface)
        else {
            let reason = String(cString: cairo_status_to_string(cairo_status(context)))
            throw PainterError(
                .drawingFailed, "Cairo stopped drawing: \(reason). This is a defect; report the scene.")
        }
        body(data, Int(cairo_image_surface_get_stride(surface)))
        cairo_surface_mark_dirty(surface)
    }

    private func trace(_ path: Path) {
        cairo_new_path(context)
        for element in path.elements {
            switch element {
            case .move(let point): cairo_move_to(context, point.x, point.y)
            case .line(let point): cairo_line_to(context, point.x, point.y)
            case .curve(let first, let second, let end):
                cairo_curve_to(context, first.x, first.y, second.x, second.y, end.x, end.y)
            case .close: cairo_close_path(context)
            }
        }
    }

    private func use(_ source: Source) {
        let pattern: OpaquePointer?
        let stops: [Stop]
        switch source {
        case .solid(let color, let opacity):
            cairo_set_source_rgba(context, color.red, color.green, color.blue, opacity)
            return
        case .linear(let from, let to, let list):
            pattern = cairo_pattern_create_linear(from.x, from.y, to.x, to.y)
            stops = list
        case .radial(let center, let radius, let list):
            pattern = cairo_pattern_create_radial(center.x, center.y, 0, center.x, center.y, radius)
            stops = list
        }
        for stop in stops {
            cairo_pattern_add_color_stop_rgba(
                pattern, stop.offset, stop.color.red, stop.color.green, stop.color.blue, stop.opacity)
        }
        cairo_set_source(context, pattern)
        cairo_pattern_destroy(pattern)
    }
}
