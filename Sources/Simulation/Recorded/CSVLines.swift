/// The lines of a CSV file, each as its cells.
///
/// Cells are separated by commas; one that begins with a quote ends at the next lone quote, and two quotes in it stand for
/// one. Lines end with a line feed, with or without a carriage return before it; empty ones are passed over. No cell
/// goes over a line's end.
///
/// Source: RFC 4180, less line ends within quotes.
struct CSVLines {
    private let bytes: [UInt8]
    private let lineBytes: Int
    private var offset = 0
    /// The line that was read last, counted from 1.
    private(set) var line = 0

    /// The most cells of a line; beyond it somebody has given us another kind of file.
    private static let cellLimit = 64

    init(bytes: [UInt8], lineBytes: Int) {
        self.bytes = bytes
        self.lineBytes = lineBytes
        // A byte order mark, as spreadsheets write it.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// The next line's cells; nil at the end.
    mutating func next() throws(SimulationError) -> [String]? {
        while offset < bytes.count {
            line += 1
            let start = offset
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            offset = end + 1
            if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            guard end > start else { continue }
            guard end - start <= lineBytes else {
                throw fault("has \(end - start) bytes, and \(lineBytes) are the most")
            }
            return try cells(bytes[start..<end])
        }
        return nil
    }

    private func fault(_ text: String) -> SimulationError {
        SimulationError(.invalidRecording, "line \(line) of the recording \(text)")
    }

    private func cells(_ line: ArraySlice<UInt8>) throws(SimulationError) -> [String] {
        var cells: [String] = []
        var cell: [UInt8] = []
        var index = line.startIndex
        while true {
            cell.removeAll(keepingCapacity: true)
            if index < line.endIndex, line[index] == UInt8(ascii: "\"") {
                index = try quoted(line, from: index + 1, into: &cell)
            } else {
                while index < line.endIndex, line[index] != UInt8(ascii: ",") {
                    guard line[index] != UInt8(ascii: "\"") else {
                        throw fault("has a quote within a cell; put the whole cell into quotes and double it")
                    }
                    cell.append(line[index])
                    index += 1
                }
            }
            guard !cell.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                throw fault("has a control character; is it a text file?")
            }
            guard let text = String(validating: cell, as: UTF8.self) else {
                throw fault("is not UTF-8; save the file as UTF-8")
            }
            guard cells.count < Self.cellLimit else { throw fault("has more than \(Self.cellLimit) cells") }
            cells.append(text)
            guard index < line.endIndex else { return cells }
            index += 1
        }
    }

    /// Reads up to the closing quote, and gives back the offset of the comma after it, or of the line's end.
    private func quoted(
        _ line: ArraySlice<UInt8>, from start: Int, into cell: inout [UInt8]
    ) throws(SimulationError) -> Int {
        var index = start
        while index < line.endIndex {
            if line[index] != UInt8(ascii: "\"") {
                cell.append(line[index])
                index += 1
            } else if index + 1 < line.endIndex, line[index + 1] == UInt8(ascii: "\"") {
                cell.append(UInt8(ascii: "\""))
                index += 2
            } else {
                guard index + 1 == line.endIndex || line[index + 1] == UInt8(ascii: ",") else {
                    throw fault("goes on after a closing quote; a comma must follow it")
                }
                return index + 1
            }
        }
        throw fault("has a quote that is not closed")
    }
}
