extension MonthlyStatement {
    /// The statement as a page of HTML that needs nothing else, to be read or printed.
    ///
    /// - Parameters:
    ///   - creditName: the holder's name, as anybody wrote it.
    ///   - isKorean: Korean, else English.
    public func html(creditName: String, isKorean: Bool) -> String {
        func say(_ korean: String, _ english: String) -> String { isKorean ? korean : english }
        let title = say("\(month) 정산서", "Statement for \(month)")
        let heads = [
            say("스타일", "Style"), say("작품", "Work"), say("그림", "Pictures"), say("수익", "Earned"),
            say("정정", "Corrected"),
        ]
        let rows = lines.map { line in
            "<tr>" + Self.cells([line.style.text, line.work.text], kind: "th scope=\"row\"")
                + Self.cells([
                    String(line.pictureCount), Self.decimal(line.earnedMicros),
                    Self.decimal(line.correctedMicros),
                ]) + "</tr>"
        }
        let sums = [
            (say("이월", "Owed before"), openingMicros),
            (say("이 달의 수익", "Earned this month"), lines.reduce(0) { $0 &+ $1.earnedMicros }),
            (say("정정", "Corrected"), lines.reduce(0) { $0 &+ $1.correctedMicros }),
            (say("지급", "Paid"), 0 &- paidMicros), (say("남은 금액", "Owed now"), closingMicros),
        ].map {
            "<tr><th scope=\"row\">\($0)</th>" + Self.cells([Self.decimal($1)]) + "</tr>"
        }
        let empty = say("이 달에는 움직임이 없습니다.", "Nothing moved this month.")
        let table =
            lines.isEmpty
            ? "<p>\(empty)</p>"
            : "<table><thead><tr>" + heads.map { "<th scope=\"col\">\($0)</th>" }.joined()
                + "</tr></thead><tbody>\n" + rows.joined(separator: "\n") + "\n</tbody></table>"
        return """
            <!DOCTYPE html>
            <html lang="\(isKorean ? "ko" : "en")"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>
            body { font: 16px/1.5 "Noto Sans KR", "Noto Sans", sans-serif; margin: 2rem auto; max-width: 52rem; padding: 0 1rem; color: #1d1a17; }
            table { border-collapse: collapse; width: 100%; margin: 1.5rem 0; }
            th, td { padding: .35rem .6rem; border-bottom: 1px solid #d9d2c7; text-align: left; overflow-wrap: anywhere; }
            td { text-align: right; font-variant-numeric: tabular-nums; }
            th { font-weight: inherit; }
            thead th, .sums tr:last-child > * { font-weight: 600; }
            thead th:nth-child(n+3) { text-align: right; }
            </style></head><body>
            <h1>\(title)</h1>
            <p>\(Self.escaped(creditName)) (\(holder)) · \(currency)</p>
            \(table)
            <table class="sums"><tbody>
            \(sums.joined(separator: "\n"))
            </tbody></table>
            </body></html>

            """
    }

    private static func cells(_ texts: [String], kind: String = "td") -> String {
        let end = kind.prefix { $0 != " " }
        return texts.map { "<\(kind)>\($0)</\(end)>" }.joined()
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}
