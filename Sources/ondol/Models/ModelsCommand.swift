import ArgumentParser

/// Says which models there are.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "Lists the models that can be drawn with.")

    func run() throws {
        let shelf = ModelShelf()
        let names = shelf.names
        guard !names.isEmpty else {
            Terminal.note(
                "there is no model in \(shelf.folder); put a diffusers model folder there, or name one by --model"
            )
            return
        }
        var rows = [["model", "size", "parameters", "on disk", "licence"]]
        var problems: [String] = []
        for name in names {
            do {
                let model = try ModelSummary(path: "\(shelf.folder)/\(name)")
                rows.append([
                    name, "\(model.side) px", model.parameterText, ByteCount.text(model.byteCount),
                    model.licence ?? "not named",
                ])
            } catch {
                problems.append("\(name) cannot be drawn with: \(error)")
            }
        }
        if rows.count > 1 {
            for line in Table.lines(rows) { print(line) }
            print("in \(shelf.folder)")
        }
        for problem in problems { Terminal.note(problem) }
    }
}

/// Text in columns.
enum Table {
    /// Rows of as many cells each, every column as wide as its widest.
    static func lines(_ rows: [[String]]) -> [String] {
        guard let first = rows.first else { return [] }
        let widths = first.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (cell, width) in zip(row, widths) {
                line += cell + String(repeating: " ", count: width - cell.count + 2)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
