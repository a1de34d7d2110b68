import Serving

/// Which cell of a recording's lines means what.
struct RecordedColumns {
    /// What a recording can tell of a request.
    enum Column: String, CaseIterable {
        case time, user, size, steps, count, model, adapter
    }

    /// A line that was understood.
    struct Row {
        var seconds: Double
        var user: String
        var shape: PictureShape
        var steps: Int16
        var count: Int16
    }

    /// The most pixels of a side.
    static let sideLimit = 8192
    /// The longest name of a user, a model or an adapter, in bytes.
    static let nameBytes = 128
    /// The size where none is named, in pixels a side.
    static let usualSide = 512
    /// The model where none is named.
    static let usualModel = "model"

    private let places: [Column: Int]
    private let cellCount: Int

    /// Reads the heading.
    init(heading: [String], line: Int) throws(SimulationError) {
        let names = Column.allCases.map(\.rawValue).joined(separator: ", ")
        var places: [Column: Int] = [:]
        for (index, name) in heading.enumerated() {
            guard let column = Column(rawValue: name) else {
                throw SimulationError(
                    .invalidRecording,
                    "line \(line) of the recording: cell \(index + 1) names no column; there are \(names)")
            }
            guard places[column] == nil else {
                throw SimulationError(
                    .invalidRecording, "line \(line) of the recording: two columns are named \(name)")
            }
            places[column] = index
        }
        for column in [Column.time, .user] where places[column] == nil {
            throw SimulationError(
                .invalidRecording,
                "line \(line) of the recording: there is no column \(column.rawValue); the first line must name "
                    + "time and user, and may name the others of \(names)")
        }
        self.places = places
        cellCount = heading.count
    }

    /// Reads a line.
    func row(_ cells: [String], line: Int) throws(SimulationError) -> Row {
        guard cells.count == cellCount else {
            throw SimulationError(
                .invalidRecording,
                "line \(line) of the recording has \(cells.count) cells, and the heading \(cellCount)")
        }
        func cell(_ column: Column) -> String { places[column].map { cells[$0] } ?? "" }
        func fault(_ column: Column, _ rule: String) -> SimulationError {
            SimulationError(
                .invalidRecording, "line \(line) of the recording: \(column.rawValue) must be \(rule)")
        }
        guard let seconds = Self.seconds(cell(.time)) else {
            throw fault(.time, "a number of seconds, 0 or more, as 12.5")
        }
        let user = cell(.user)
        guard !user.isEmpty, user.utf8.count <= Self.nameBytes else {
            throw fault(.user, "1 to \(Self.nameBytes) bytes long")
        }
        guard let (width, height) = Self.size(cell(.size)) else {
            throw fault(.size, "one or two numbers of pixels from 16 to \(Self.sideLimit), as 512 or 768x512")
        }
        guard let steps = Self.number(cell(.steps), 1...TierRecipe.stepLimit, empty: 0) else {
            throw fault(.steps, "empty or a whole number from 1 to \(TierRecipe.stepLimit)")
        }
        guard let count = Self.number(cell(.count), 1...100, empty: 1) else {
            throw fault(.count, "empty or a whole number from 1 to 100")
        }
        for column in [Column.model, .adapter] {
            let name = cell(column)
            guard name.utf8.count <= Self.nameBytes, !name.contains(PictureShape.adapterMark) else {
                throw fault(
                    column, "at most \(Self.nameBytes) bytes long and without \(PictureShape.adapterMark)")
            }
        }
        let adapter = cell(.adapter)
        let model = cell(.model).isEmpty ? Self.usualModel : cell(.model)
        return Row(
            seconds: seconds, user: user,
            shape: PictureShape(
                model: adapter.isEmpty ? model : "\(model)\(PictureShape.adapterMark)\(adapter)",
                width: width, height: height),
            steps: Int16(steps), count: Int16(count))
    }

    /// Digits, and a point with digits after it: no sign, no exponent, no name of a number.
    private static func seconds(_ text: String) -> Double? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), text.utf8.count <= 24,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let seconds = Double(text), seconds < 1e11
        else { return nil }
        return seconds
    }

    private static func number(_ text: String, _ range: ClosedRange<Int>, empty: Int) -> Int? {
        if text.isEmpty { return empty }
        guard text.utf8.count <= 6, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text),
            range.contains(number)
        else { return nil }
        return number
    }

    private static func size(_ text: String) -> (width: Int, height: Int)? {
        if text.isEmpty { return (usualSide, usualSide) }
        let sides = text.split(separator: "x", omittingEmptySubsequences: false).map {
            $0.isEmpty ? nil : number(String($0), 16...sideLimit, empty: 0)
        }
        switch sides.count {
        case 1: return sides[0].map { ($0, $0) }
        case 2:
            guard let width = sides[0], let height = sides[1] else { return nil }
            return (width, height)
        default: return nil
        }
    }
}
