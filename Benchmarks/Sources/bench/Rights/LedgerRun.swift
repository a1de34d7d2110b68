import Bars
import Foundation
import Rights

/// A long run of the books: deliveries, payments, corrections, reversals, endings of styles, and crashes between the
/// ledger's step and the store's; then every sum, the chain, and changed bytes.
///
/// What the store kept is what counts: a file of lines, read again in the end. That the store keeps all or nothing with the
/// job is what `StoresTests` kills its process for.
struct LedgerRun {
    private var generator: SplitMix
    private var ledger = Ledger()
    /// What the events should have come to, kept without any of the code that is measured.
    private var expectedMicros: [String: Int64] = [:]
    private var endedStyles: Set<Int> = []
    private var pictureCount = 0
    private var recent: [LedgerRecord] = []
    private var lineCount = 0
    private var crashCount = 0
    private let currency: Currency
    private let path: String
    private let file: FileHandle
    private var pending = Data()

    private static let works = 12
    private static let firstTime: Int64 = 1_790_000_000_000

    /// Begins a run over a file of its own.
    init(seed: UInt64) throws {
        generator = SplitMix(state: seed)
        currency = try Currency("KRW")
        try FileManager.default.createDirectory(
            atPath: BenchFolders.state, withIntermediateDirectories: true)
        path = "\(BenchFolders.state)/ledger-\(getpid())"
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forUpdatingAtPath: path)
        else {
            throw BenchError("\(path) cannot be written; make room, or name another ONDOL_HOME")
        }
        self.file = file
    }

    /// Runs so many events and says how many things were wrong in the end.
    static func faults(events: Int, seed: UInt64) throws -> Int {
        var run = try LedgerRun(seed: seed)
        defer { try? FileManager.default.removeItem(atPath: run.path) }
        for event in 0..<events { try run.step(Timestamp(nearestTo: firstTime + Int64(event) * 2_000)) }
        try run.flush()
        let faults = try run.sumFaults() + run.chainFaults() + run.changedByteFaults()
        note("\(events) events, \(run.lineCount) records, \(run.crashCount) crashes, seed \(seed)")
        return faults
    }

    private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

    private mutating func step(_ time: Timestamp) throws {
        switch number(0..<1000) {
        case ..<40: try record(try topUp(time))
        case ..<70: try record(try payout(time))
        case ..<100 where !recent.isEmpty: try reverse(time)
        case ..<120 where !recent.isEmpty: try correct(time)
        case ..<125: endedStyles.formSymmetricDifference([number(0..<20)])
        case ..<135: try crash(time)
        default: try record(try delivery(time))
        }
    }

    // MARK: events

    private mutating func topUp(_ time: Timestamp) throws -> LedgerEntry {
        let payer: Identifier<Payer> = try Identifier("payer-\(number(0..<500))")
        let micros = Int64(number(1..<9_000_000_000))
        return try LedgerEntry(
            time: time, subject: .topUp(payer), currency: currency,
            postings: [.debit(.cash, micros: micros), .credit(.payer(payer), micros: micros)],
            note: "이체\t\(micros)%")
    }

    private mutating func payout(_ time: Timestamp) throws -> LedgerEntry {
        let holder: Identifier<RightsHolder> = try Identifier("holder-\(number(0..<40))")
        let micros = Int64(number(1..<1_000_000))
        return try LedgerEntry(
            time: time, subject: .payout(holder), currency: currency,
            postings: [.debit(.payouts(holder), micros: micros), .credit(.cash, micros: micros)])
    }

    private mutating func delivery(_ time: Timestamp) throws -> LedgerEntry {
        let open = (0..<20).filter { !endedStyles.contains($0) }
        let chosen = open.shuffled(using: &generator).prefix(number(0..<3))
        let styles = try chosen.map { style in
            RoyaltySplit.StyleUse(
                style: try Identifier("style-\(style)"), weightMilli: number(1..<1_500),
                holderBasisPoints: number(0..<10_001),
                works: try (0..<(style % Self.works + 1)).map {
                    .init(
                        work: try Identifier("w-\(style)-\($0)"),
                        holder: try Identifier("holder-\((style + $0) % 40)"))
                })
        }
        pictureCount += 1
        return try RoyaltySplit.entry(
            picture: Identifier("p-\(pictureCount)"), payer: Identifier("payer-\(number(0..<500))"),
            priceMicros: Int64(number(0..<50_000_000)), currency: currency, styles: styles, time: time)
    }

    private mutating func reverse(_ time: Timestamp) throws {
        let record = recent[number(0..<recent.count)]
        // A second reversal, or one of an amendment, is refused and leaves nothing.
        guard
            let taken = try? ledger.record(
                LedgerEntry.reversing(record, time: time, note: "charged twice"))
        else { return }
        keep(taken)
    }

    private mutating func correct(_ time: Timestamp) throws {
        let record = recent[number(0..<recent.count)]
        let payer: Identifier<Payer> = try Identifier("payer-\(number(0..<500))")
        let micros = Int64(number(1..<1_000_000))
        try self.record(
            LedgerEntry(
                time: time, subject: .correction(of: record.sequence), currency: currency,
                postings: [.debit(.operatorRevenue, micros: micros), .credit(.payer(payer), micros: micros)],
                note: "rounding"))
    }

    /// The process ends after the ledger's step and before the store's: what the store has goes on.
    private mutating func crash(_ time: Timestamp) throws {
        var lost = ledger
        _ = try lost.record(try topUp(time))
        crashCount += 1
    }

    private mutating func record(_ entry: LedgerEntry) throws { keep(try ledger.record(entry)) }

    private mutating func keep(_ record: LedgerRecord) {
        pending.append(contentsOf: (record.line + "\n").utf8)
        lineCount += 1
        if recent.count == 512 { recent[Int(generator.next() % 512)] = record } else { recent.append(record) }
        for posting in record.entry.postings {
            expectedMicros[posting.account.text, default: 0] += posting.debitMicros
        }
        if pending.count > 4 << 20 { try? flush() }
    }

    private mutating func flush() throws {
        try file.write(contentsOf: pending)
        pending.removeAll(keepingCapacity: true)
    }

    // MARK: what was wrong

    private func sumFaults() throws -> Int {
        let wrong = try expectedMicros.count { text, micros in
            ledger.balanceMicros(of: try LedgerAccount(text: text[...]), in: currency) != micros
        }
        return wrong + (ledger.isBalanced ? 0 : 1)
    }

    /// Reads the file again: the chain holds, ends where it ended, and makes the same sums.
    private func chainFaults() throws -> Int {
        var verifier = LedgerVerifier(notedHead: ledger.head)
        try forEachLine { _, line in verifier.check(line) }
        let isWhole = verifier.finish() == ledger.head
        let wrong = try expectedMicros.count { text, micros in
            verifier.books.balanceMicros(of: try LedgerAccount(text: text[...]), in: currency) != micros
        }
        for finding in verifier.findings.prefix(3) { note("line \(finding.line): \(finding.message)") }
        return wrong + (isWhole ? 0 : 1)
    }

    /// Changes every byte of some lines, one at a time, and single bytes anywhere with the whole chain read again.
    private mutating func changedByteFaults() throws -> Int {
        let sampled = Set((0..<200).map { _ in number(0..<lineCount) })
        let whole = (number(0..<lineCount), number(1..<256))
        var (faults, changes) = (0, 0)
        var damaged = LedgerVerifier()
        var generator = generator
        try forEachLine { index, line in
            var line = line
            if sampled.contains(index) {
                for place in line.indices {
                    let old = line[place]
                    line[place] ^= UInt8.random(in: 1...255, using: &generator)
                    // A line alone shows it: its own hash covers every byte of it.
                    if let text = String(validating: line, as: UTF8.self),
                        (try? LedgerRecord(line: text)) != nil
                    {
                        faults += 1
                    }
                    changes += 1
                    line[place] = old
                }
            }
            if index == whole.0 { line[line.count / 2] ^= UInt8(whole.1) }
            damaged.check(line)
        }
        if damaged.finish() != nil || damaged.findings.first?.line != whole.0 + 1 { faults += 1 }
        note("\(changes) changed bytes, \(faults) not found")
        return faults
    }

    private func forEachLine(_ body: (Int, [UInt8]) -> Void) throws {
        try file.seek(toOffset: 0)
        var (rest, index) = ([UInt8](), 0)
        while let piece = try file.read(upToCount: 4 << 20), !piece.isEmpty {
            rest += piece
            var start = 0
            while let end = rest[start...].firstIndex(of: 0x0A) {
                body(index, Array(rest[start..<end]))
                index += 1
                start = end + 1
            }
            rest.removeFirst(start)
        }
    }
}
