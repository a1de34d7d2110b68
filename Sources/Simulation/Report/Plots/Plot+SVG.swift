import Glibc

extension Plot {
    private static let width = 700.0
    private static let height = 262.0
    private static let left = 54.0
    private static let right = 24.0
    private static let top = 38.0
    private static let bottom = 28.0

    /// The plot as an SVG element that takes its colours from the page.
    var svg: String {
        let frame = Frame(plot: self)
        var parts = [
            "<svg class=\"plot\" viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"img\" "
                + "aria-label=\"\(Markup.escaped(title))\">"
        ]
        parts.append("<text class=\"unit\" x=\"4\" y=\"13\">\(Markup.escaped(unit))</text>")
        let texts = scale == .logarithmic ? Self.logarithmicTexts(frame.ticks) : Self.texts(frame.ticks)
        for (tick, text) in zip(frame.ticks, texts) {
            let y = frame.y(tick)
            parts.append(
                "<line class=\"grid\" x1=\"\(Self.number(Self.left))\" x2=\"\(Self.number(Self.width - Self.right))\" "
                    + "y1=\"\(Self.number(y))\" y2=\"\(Self.number(y))\"/>")
            parts.append(
                "<text class=\"tick end\" x=\"\(Self.number(Self.left - 7))\" y=\"\(Self.number(y + 4))\">"
                    + "\(Markup.escaped(text))</text>")
        }
        for mark in marks
        where mark.place >= frame.first - 1e-9 && mark.place <= frame.first + frame.span * 1.02 {
            let x = frame.x(mark.place)
            parts.append(
                "<line class=\"mark\" x1=\"\(Self.number(x))\" x2=\"\(Self.number(x))\" "
                    + "y1=\"\(Self.number(Self.height - Self.bottom))\" y2=\"\(Self.number(Self.height - Self.bottom + 4))\"/>"
            )
            parts.append(
                "<text class=\"tick middle\" x=\"\(Self.number(x))\" y=\"\(Self.number(Self.height - 8))\">"
                    + "\(Markup.escaped(mark.text))</text>")
        }
        parts += areas(frame)
        parts += lines(frame)
        parts += annotations(frame)
        parts.append("</svg>")
        return parts.joined(separator: "\n")
    }

    private func areas(_ frame: Frame) -> [String] {
        var floor = [Double](repeating: 0, count: places.count)
        var parts: [String] = []
        for curve in curves where curve.style == .area {
            let top = zip(floor, curve.values).map { $0 + ($1 ?? 0) }
            let upper = zip(places, top).map { frame.point($0, $1) }
            let lower = zip(places, floor).map { frame.point($0, $1) }.reversed()
            if zip(top, floor).contains(where: { $0 > $1 }) {
                parts.append(
                    "<polygon class=\"area \(curve.color)\" points=\"\((upper + lower).joined(separator: " "))\"/>"
                )
            }
            floor = top
        }
        return parts
    }

    private func lines(_ frame: Frame) -> [String] {
        curves.filter { $0.style != .area }.flatMap { curve in
            var runs: [[String]] = [[]]
            for (place, value) in zip(places, curve.values) {
                if let value, value.isFinite {
                    runs[runs.count - 1].append(frame.point(place, value))
                } else if runs[runs.count - 1].isEmpty == false {
                    runs.append([])
                }
            }
            return runs.filter { !$0.isEmpty }.map { points in
                // A lone point would be no line.
                let points = points.count == 1 ? points + points : points
                return
                    "<polyline class=\"\(curve.style.rawValue) \(curve.color)\" points=\"\(points.joined(separator: " "))\"/>"
            }
        }
    }

    private func annotations(_ frame: Frame) -> [String] {
        var parts: [String] = []
        for threshold in thresholds where threshold.value <= frame.high && threshold.value >= frame.low {
            let y = frame.y(threshold.value)
            parts.append(
                "<line class=\"threshold\" x1=\"\(Self.number(Self.left))\" "
                    + "x2=\"\(Self.number(Self.width - Self.right))\" y1=\"\(Self.number(y))\" y2=\"\(Self.number(y))\"/>"
            )
            parts.append(
                "<text class=\"note end\" x=\"\(Self.number(Self.width - Self.right - 3))\" "
                    + "y=\"\(Self.number(y - 4))\">\(Markup.escaped(threshold.text))</text>")
        }
        if let begin, begin > frame.first {
            let x = frame.x(begin)
            parts.append(
                "<line class=\"begin\" x1=\"\(Self.number(x))\" x2=\"\(Self.number(x))\" y1=\"\(Self.number(Self.top - 16))\" "
                    + "y2=\"\(Self.number(Self.height - Self.bottom))\"/>")
            let isRight = x > Self.width * 0.6
            parts.append(
                "<text class=\"note\(isRight ? " end" : "")\" x=\"\(Self.number(isRight ? x - 5 : x + 5))\" "
                    + "y=\"\(Self.number(Self.top - 8))\">\(Markup.escaped(beginText))</text>")
        }
        return parts
    }

    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0
            ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }

    /// Values as places on the sheet.
    private struct Frame {
        let scale: Scale
        let low: Double
        let high: Double
        let first: Double
        let span: Double
        let ticks: [Double]

        init(plot: Plot) {
            scale = plot.scale
            var highest = min(max(plot.atLeast, plot.highest), plot.atMost)
            if highest <= plot.from { highest = plot.from + 1 }
            let lowest = plot.curves.flatMap(\.values).compactMap { $0 }.filter { $0 > 0 }.min() ?? 1
            if scale == .logarithmic {
                low = pow(10, log10(min(lowest, highest / 10)).rounded(.down))
                high = highest * 1.15
                ticks = Plot.logarithmicTicks(low, high)
            } else {
                low = plot.from
                high = plot.atMost <= highest ? highest : highest * 1.06
                ticks = Plot.ticks(low, high)
            }
            first = plot.places.first ?? 0
            span = max((plot.places.last ?? 1) - first, 1e-9)
        }

        func x(_ place: Double) -> Double {
            Plot.left + (place - first) / span * (Plot.width - Plot.left - Plot.right)
        }

        func y(_ value: Double) -> Double {
            let inside = min(max(value, low), high)
            let share =
                scale == .logarithmic ? log(inside / low) / log(high / low) : (inside - low) / (high - low)
            return Plot.height - Plot.bottom - share * (Plot.height - Plot.bottom - Plot.top)
        }

        func point(_ place: Double, _ value: Double) -> String {
            Plot.number(x(place)) + "," + Plot.number(y(value))
        }
    }
}

/// Text within markup.
enum Markup {
    /// The text with what markup would take for its own replaced.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
