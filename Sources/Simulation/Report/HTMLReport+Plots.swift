/// The plots of the page.
extension HTMLReport {
    private var series: ReportSeries { reports[0].series }
    private var isCompared: Bool { reports.count > 1 }
    /// The middle of each span, in seconds.
    private var places: [Double] {
        series.viewed.indices.map { (Double($0) + 0.5) * series.spanSeconds }
    }
    private var timeMarks: [(place: Double, text: String)] {
        Plot.timeMarks(from: series.viewedFrom, to: series.start(of: series.spans.count), words)
    }

    /// All plots, in the order of the page.
    var plots: [String] {
        var plots = [
            "<div class=\"plots\">", demand, waits, fate, tiers, refusals, fairness, equality, line, heat,
            away,
            forecast, "</div>",
        ]
        plots.removeAll { $0.isEmpty }
        return plots
    }

    private func overTime(
        _ title: Phrase, _ unit: Phrase, _ curves: [Plot.Curve], of report: SimulationReport? = nil
    ) -> Plot {
        var plot = Plot(
            title: words(title), unit: words(unit), places: places, marks: timeMarks, curves: curves)
        plot.begin = (report ?? reports[0]).warmUpSeconds
        plot.beginText = words(.warmUp)
        return plot
    }

    private func figure(_ title: Phrase, _ text: Phrase, _ plots: [Plot], names: [String] = []) -> String {
        let keys = (plots.first?.curves ?? []).map {
            "<li class=\"key \($0.style.rawValue) \($0.color)\">\(Markup.escaped($0.name))</li>"
        }
        let drawings = plots.enumerated().map { index, plot in
            (index < names.count
                ? "<div><p class=\"run\">\(Markup.escaped(names[index]))</p>\(plot.svg)</div>" : plot.svg)
        }
        return """
            <figure\(plots.count > 1 ? " class=\"wide\"" : "")>
            <figcaption><h2>\(Markup.escaped(words(title)))</h2><p>\(Markup.escaped(words(text)))</p></figcaption>
            <ul class="legend">\(keys.joined())</ul>
            <div class="runs">\(drawings.joined(separator: "\n"))</div>
            </figure>
            """
    }

    /// The name of a curve, with its run where there are two.
    private func name(_ phrase: Phrase, _ report: SimulationReport) -> String {
        guard isCompared else { return words(phrase) }
        return words(phrase) + " · " + ReportFigures(reports: reports, words: words).name(of: report.policy)
    }

    private func color(_ report: SimulationReport) -> String { report.policy == .ondol ? "ondol" : "fifo" }

    private var demand: String {
        let seconds = series.spanSeconds
        var curves = [
            Plot.Curve(
                name: words(.asked), color: "asked", style: .area,
                values: series.viewed.map { $0.askedSeconds / seconds }),
            Plot.Curve(
                name: words(.capacity), color: "capacity", style: .dashed,
                values: series.viewed.map { $0.capacitySeconds / seconds }),
        ]
        for report in reports {
            curves.append(
                Plot.Curve(
                    name: name(.deliveredWork, report), color: color(report), style: .line,
                    values: report.series.viewed.map { $0.deliveredSeconds / seconds }))
        }
        return figure(.demandTitle, .demandText, [overTime(.demandTitle, .demandUnit, curves)])
    }

    private var waits: String {
        var curves: [Plot.Curve] = []
        for report in reports {
            for (place, phrase, style) in [
                (1, Phrase.of95, Plot.Curve.Style.line), (0, Phrase.half, Plot.Curve.Style.dotted),
            ] {
                curves.append(
                    Plot.Curve(
                        name: name(phrase, report), color: color(report), style: style,
                        values: report.series.viewed.map { $0.waitSeconds?[place] }))
            }
        }
        guard curves.contains(where: { $0.values.contains { $0 != nil } }) else { return "" }
        var plot = overTime(.waitTitle, .waitUnit, curves)
        plot.scale = .logarithmic
        return figure(.waitTitle, .waitText, [plot])
    }

    private var fate: String {
        let seconds = series.spanSeconds
        let plots = reports.map { report in
            overTime(
                .fateTitle, .fateUnit,
                [
                    Plot.Curve(
                        name: words(.delivered), color: "good", style: .area,
                        values: report.series.viewed.map { Double($0.delivered) / seconds }),
                    Plot.Curve(
                        name: words(.abandoned), color: "bad", style: .area,
                        values: report.series.viewed.map { Double($0.abandoned) / seconds }),
                    Plot.Curve(
                        name: words(.refused), color: "turned", style: .area,
                        values: report.series.viewed.map { Double($0.refusals.reduce(0, +)) / seconds }),
                ])
        }
        let names = isCompared ? ReportFigures(reports: reports, words: words).names : []
        let highest = plots.map(\.highest).max() ?? 0
        return figure(
            .fateTitle, .fateText, plots.map { $0.reaching(highest) }, names: names)
    }

    private var tiers: String {
        // Where nothing was delivered, the last shares stay.
        var last = [Double](repeating: 0, count: words.tiers.count)
        let shares = series.viewed.map { span in
            let delivered = Double(span.tiers.reduce(0, +))
            if delivered > 0 { last = span.tiers.map { 100 * Double($0) / delivered } }
            return last
        }
        let curves = words.tiers.enumerated().map { depth, name in
            Plot.Curve(name: name, color: "tier\(depth)", style: .area, values: shares.map { $0[depth] })
        }
        var plot = overTime(.tierTitle, .tierUnit, curves)
        plot.atLeast = 100
        plot.atMost = 100
        return figure(.tierTitle, .tierText, [plot])
    }

    private var refusals: String {
        let curves = words.reasons.enumerated().compactMap { offset, name -> Plot.Curve? in
            let values = series.viewed.map { Double($0.refusals[offset]) / series.spanSeconds }
            guard values.contains(where: { $0 > 0 }) else { return nil }
            return Plot.Curve(name: name, color: "reason\(offset)", style: .area, values: values)
        }
        guard !curves.isEmpty else { return "" }
        return figure(.refusalTitle, .refusalText, [overTime(.refusalTitle, .refusalUnit, curves)])
    }

    private var fairness: String {
        let curve = reports[0].fairnessReport.curve
        guard curve.count > 2 else { return "" }
        var curves = [
            Plot.Curve(
                name: words(.askedShare), color: "capacity", style: .dashed,
                values: curve.map { $0.asked * 100 })
        ]
        for report in reports where report.fairnessReport.curve.count == curve.count {
            curves.append(
                Plot.Curve(
                    name: name(.deliveredWork, report), color: color(report), style: .line,
                    values: report.fairnessReport.curve.map { $0.served * 100 }))
        }
        var plot = Plot(
            title: words(.fairTitle), unit: words(.fairUnit), places: curve.map { $0.callers * 100 },
            marks: Self.percentMarks, curves: curves)
        plot.atLeast = 100
        plot.atMost = 100
        return figure(.fairTitle, .fairText, [plot]).replacingLast("</figure>", with: axis(.fairAxis))
    }

    private var equality: String {
        let shares = reports[0].fairnessReport.backloggedShares
        guard shares.count > 1 else { return "" }
        var curves: [Plot.Curve] = []
        for report in reports where report.fairnessReport.backloggedShares.count == shares.count {
            curves.append(
                Plot.Curve(
                    name: name(.deliveredWork, report), color: color(report), style: .line,
                    values: report.fairnessReport.backloggedShares))
        }
        var plot = Plot(
            title: words(.equalTitle), unit: words(.equalUnit),
            places: shares.indices.map { 100 * Double($0) / Double(shares.count - 1) },
            marks: Self.percentMarks,
            curves: curves)
        plot.atLeast = 1.5
        return figure(.equalTitle, .equalText, [plot]).replacingLast("</figure>", with: axis(.equalAxis))
    }

    private static let percentMarks = stride(from: 0.0, through: 100, by: 20).map {
        (place: $0, text: Figures.plain($0))
    }

    private func axis(_ phrase: Phrase) -> String {
        "<p class=\"axis\">\(Markup.escaped(words(phrase)))</p>\n</figure>"
    }

    private var line: String {
        let curves = reports.map { report in
            Plot.Curve(
                name: isCompared
                    ? ReportFigures(reports: reports, words: words).name(of: report.policy)
                    : words(.lineTitle),
                color: color(report), style: .line,
                values: report.series.viewed.map { Double($0.longestLine) })
        }
        return figure(.lineTitle, .lineText, [overTime(.lineTitle, .lineUnit, curves)])
    }

    private var heat: String {
        guard series.viewed.contains(where: { $0.hottestCelsius != nil }) else { return "" }
        var plot = overTime(
            .heatTitle, .heatUnit,
            [
                Plot.Curve(
                    name: words(.hottest), color: "ondol", style: .line,
                    values: series.viewed.map(\.hottestCelsius))
            ])
        if reports[0].deviceCount > 1 {
            plot.curves.append(
                Plot.Curve(
                    name: words(.meanHeat), color: "asked", style: .line,
                    values: series.viewed.map(\.meanCelsius)))
        }
        if let thresholds = reports[0].heatThresholds {
            plot.thresholds = zip(thresholds, [words(.warm), words(.hot)]).map { ($0, $1) }
            plot.atLeast = (thresholds.last ?? 0) + 4
            plot.from = 20
        }
        return figure(.heatTitle, .heatText, [plot])
    }

    private var away: String {
        let kinds: [(Phrase, String, (ReportSeries.Span) -> Int)] = [
            (.warmDevices, "asked", \.warmDevices), (.hotDevices, "bad", \.hotDevices),
            (.awayDevices, "turned", \.awayDevices),
        ]
        let curves = kinds.compactMap { phrase, color, count -> Plot.Curve? in
            let values = series.viewed.map { Double(count($0)) }
            guard values.contains(where: { $0 > 0 }) else { return nil }
            return Plot.Curve(name: words(phrase), color: color, style: .area, values: values)
        }
        guard !curves.isEmpty else { return "" }
        var plot = overTime(.awayTitle, .awayUnit, curves)
        plot.atLeast = Double(min(4, reports[0].deviceCount))
        return figure(.awayTitle, .awayText, [plot])
    }

    private var forecast: String {
        guard let report = reports[0].forecast, report.came.count > 1 else { return "" }
        var curves = [
            Plot.Curve(name: words(.came), color: "asked", style: .area, values: report.came.map { $0 })
        ]
        for (place, phrase, style) in [
            (0, Phrase.foreseen5, Plot.Curve.Style.line), (1, .foreseen15, .dashed),
            (2, .foreseen60, .dotted),
        ] where report.foreseen[place].contains(where: { $0 != nil }) {
            curves.append(
                Plot.Curve(
                    name: words(phrase), color: "foreseen\(place)", style: style,
                    values: report.foreseen[place]))
        }
        let minutes = report.came.indices.map { (Double($0 * report.stepMinutes) + 0.5) * 60 }
        let plot = Plot(
            title: words(.forecastTitle), unit: words(.forecastUnit), places: minutes,
            marks: Plot.timeMarks(from: minutes[0], to: minutes[minutes.count - 1], words), curves: curves)
        return figure(.forecastTitle, .forecastText, [plot])
    }
}

extension String {
    /// The text with the last place where another stands in it replaced.
    fileprivate func replacingLast(_ old: String, with new: String) -> String {
        guard let place = ranges(of: old).last else { return self }
        return self[..<place.lowerBound] + new + self[place.upperBound...]
    }
}
