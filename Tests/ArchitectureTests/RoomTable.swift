/// The rooms and arrows that `Docs/architecture.md` allows.
struct RoomTable {
    /// A row: a room, and the rooms it may import.
    struct Row {
        let room: String
        /// Nil where the row says `all`.
        let imports: Set<String>?
        /// Counted from 1.
        let line: Int
    }

    let path: String
    private(set) var rows: [Row] = []

    /// Reads the table under the heading `## Rooms`.
    init(path: String, text: String) {
        self.path = path
        var isInside = false
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("## ") { isInside = line == "## Rooms" }
            let cells = line.split(separator: "|").map { $0.trimming(" ") }
            guard isInside, cells.count == 3, cells[0].hasPrefix("`"), cells[0].hasSuffix("`") else {
                continue
            }
            let imports: Set<String>? =
                switch cells[2] {
                case "all": nil
                case "–": []
                default: Set(cells[2].split(separator: ",").map { String($0.trimming(" ")) })
                }
            rows.append(Row(room: String(cells[0].trimming("`")), imports: imports, line: index + 1))
        }
    }

    /// Where table and import lines disagree.
    /// - Parameter folders: the names of the folders under `Sources`.
    func findings(in files: [SourceFile], folders: Set<String>) -> [Finding] {
        var findings: [Finding] = []
        let rooms = Dictionary(rows.map { ($0.room, $0) }) { first, _ in first }
        for folder in folders.sorted() where rooms[folder] == nil {
            findings.append(Finding(path: path, line: 1, message: "there is no row for Sources/\(folder)"))
        }
        var used: [String: Set<String>] = [:]
        for file in files {
            guard let room = file.room, let row = rooms[room] else { continue }
            for (module, line) in file.imports where folders.contains(module) && module != room {
                used[room, default: []].insert(module)
                if row.imports?.contains(module) ?? true { continue }
                findings.append(
                    Finding(
                        path: file.path, line: line, message: "\(room) may not import \(module); see \(path)")
                )
            }
        }
        for row in rows {
            if !folders.contains(row.room) {
                findings.append(
                    Finding(path: path, line: row.line, message: "there is no Sources/\(row.room)"))
            }
            for module in (row.imports ?? []).subtracting(used[row.room] ?? []).sorted() {
                findings.append(
                    Finding(path: path, line: row.line, message: "no file of \(row.room) imports \(module)"))
            }
        }
        return findings
    }
}

extension Substring {
    /// Without the character at both ends.
    fileprivate func trimming(_ character: Character) -> Substring {
        var rest = self
        while rest.first == character { rest.removeFirst() }
        while rest.last == character { rest.removeLast() }
        return rest
    }
}
