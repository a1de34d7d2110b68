import Glibc

/// A plot over time, or over another rising quantity.
struct Plot {
    /// How values become heights.
    enum Scale { case linear, logarithmic }

    /// Something drawn.
    struct Curve {
        enum Style: String { case line, dashed, dotted, area }

        /// What the legend calls it.
        let name: String
        /// The class that colours it; see the page's style.
        let color: String
        let style: Style
        /// Heights at ``Plot/places``; a gap where there is none. Areas are heights of their own, laid upon one another.
        let values: [Double?]
    }

    /// What a reader without eyes is told.
    let title: String
    /// What heights are measured in.
    let unit: String
    /// Where the values stand, rising.
    let places: [Double]
    /// Texts of the horizontal axis where its marks are.
    let marks: [(place: Double, text: String)]
    var curves: [Curve]
    var scale = Scale.linear
    /// The least height of the scale's upper end.
    var atLeast = 0.0
    /// Nothing beyond is shown.
    var atMost = Double.infinity
    /// Lines across, with their words.
    var thresholds: [(value: Double, text: String)] = []
    /// Where the figures begin to count.
    var begin: Double?
    /// The word at that place.
    var beginText = ""
    /// The lower end of a linear scale.
    var from = 0.0

    /// The same with a scale that reaches at least so high.
    func reaching(_ height: Double) -> Plot {
        var plot = self
        plot.atLeast = max(atLeast, height)
        return plot
    }

    /// The height that all curves stay below.
    var highest: Double {
        var stacked = [Double](repeating: 0, count: places.count)
        var highest = 0.0
        for curve in curves {
            for (index, value) in zip(stacked.indices, curve.values) {
                guard let value, value.isFinite else { continue }
                if curve.style == .area { stacked[index] += value } else { highest = max(highest, value) }
            }
        }
        return max(highest, stacked.max() ?? 0)
    }

    /// Heights as texts, all with as many digits as it takes to tell them apart.
    static func texts(_ ticks: [Double]) -> [String] {
        let digits = (0...6).first { digits in
            let scale = pow(10, Double(digits))
            return ticks.allSatisfy {
                abs($0 * scale - ($0 * scale).rounded()) < 1e-6 * max(1, abs($0 * scale))
            }
        }
        return ticks.map { Figures.fixed($0, digits ?? 6) }
    }

    /// Heights of a logarithmic scale as texts.
    static func logarithmicTexts(_ ticks: [Double]) -> [String] {
        ticks.map { $0 >= 1 ? Figures.fixed($0, 0) : texts([$0])[0] }
    }

    /// Marks at heights a reader can count in, from the lower end of the scale to the upper.
    static func ticks(_ low: Double, _ high: Double, about count: Int = 5) -> [Double] {
        guard high > low, (high - low).isFinite else { return [low] }
        let raw = (high - low) / Double(count)
        let power = pow(10, log10(raw).rounded(.down))
        let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= raw * 0.999 } ?? raw
        let first = (low / step).rounded(.up)
        let last = (high / step + 1e-9).rounded(.down)
        guard last >= first else { return [low] }
        return (0...Int(last - first)).map { (first + Double($0)) * step }
    }

    /// The powers of ten, and with few of them also twice and five times each.
    static func logarithmicTicks(_ low: Double, _ high: Double) -> [Double] {
        let powers =
            Int(
                log10(low).rounded(.down))...max(
                Int(log10(low).rounded(.down)), Int(log10(high).rounded(.up)))
        let parts = powers.count > 4 ? [1.0] : [1, 2, 5]
        return powers.flatMap { power in parts.map { $0 * pow(10, Double(power)) } }
            .filter { $0 >= low * 0.999 && $0 <= high * 1.001 }
    }

    /// Marks of a time axis.
    static func timeMarks(
        from start: Double, to end: Double, _ words: ReportWords
    ) -> [(place: Double, text: String)] {
        let steps = [
            1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
            172_800,
            432_000,
        ].map(Double.init)
        let step = steps.first { (end - start) / $0 <= 8 } ?? max(1, end - start)
        return stride(from: (start / step).rounded(.up) * step, through: end * 1.0001, by: step).map {
            ($0, words.axisTime($0, step: step))
        }
    }
}
