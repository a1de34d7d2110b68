@testable import Rights
import TestSupport
import Testing

/// Random runs of the books; a failure names the seed that repeats it.
@Suite struct LedgerPropertyTests {
    @Test(
        "Sums are exact, the chain verifies and is rebuilt from its lines", arguments: [1, 2, 3] as [UInt64])
    func exactSums(seed: UInt64) throws {
        var flood = try LedgerFlood(seed: seed)
        try flood.run(events: 500)
        let krw = try Currency("KRW")
        for (account, micros) in flood.expectedMicros {
            #expect(
                flood.ledger.balanceMicros(of: account, in: krw) == micros, "seed \(seed), \(account.text)")
        }
        #expect(flood.ledger.isBalanced)
        #expect(try Ledger(lines: flood.lines).head == flood.ledger.head)

        var verifier = LedgerVerifier(notedHead: flood.ledger.head)
        for line in flood.lines { verifier.check(Array(line.utf8)) }
        #expect(verifier.finish() == flood.ledger.head, "seed \(seed): \(verifier.findings)")
    }

    @Test("Any changed byte is found, at its line", arguments: [11, 12] as [UInt64])
    func changedByte(seed: UInt64) throws {
        var flood = try LedgerFlood(seed: seed)
        try flood.run(events: 40)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            var stored = flood.lines.map { Array($0.utf8) }
            let line = Int.random(in: stored.indices, using: &generator)
            let byte = Int.random(in: stored[line].indices, using: &generator)
            stored[line][byte] ^= UInt8.random(in: 1...255, using: &generator)
            var verifier = LedgerVerifier(notedHead: flood.ledger.head)
            for bytes in stored { verifier.check(bytes) }
            #expect(verifier.finish() == nil, "seed \(seed), line \(line + 1), byte \(byte)")
            #expect(verifier.findings.first?.line == line + 1, "seed \(seed), line \(line + 1), byte \(byte)")
        }
    }

    @Test("Lines removed, doubled, swapped, rewritten or cut off are found")
    func changedLines() throws {
        var flood = try LedgerFlood(seed: 21)
        try flood.run(events: 60)
        let lines = flood.lines
        let rewritten = try Ledger.rewriting(lines, at: 3)
        let damaged: [(String, [String])] = [
            ("removed", Array(lines[..<4] + lines[5...])),
            ("doubled", Array(lines[...4] + lines[4...])),
            ("swapped", Array(lines[..<4] + [lines[5], lines[4]] + lines[6...])),
            ("cut off", Array(lines.dropLast())),
            ("rewritten with new hashes to the end", rewritten),
            ("nothing left", []),
        ]
        for (name, lines) in damaged {
            var verifier = LedgerVerifier(notedHead: flood.ledger.head)
            for line in lines { verifier.check(Array(line.utf8)) }
            #expect(verifier.finish() == nil, "\(name)")
        }
        var grown = LedgerVerifier(notedHead: try LedgerRecord(line: lines[10]).head)
        for line in lines { grown.check(Array(line.utf8)) }
        #expect(
            grown.finish() == flood.ledger.head, "a head noted earlier stands in the way of no later record")
    }

    @Test("Parts add up to the whole and are within one of their quota", arguments: [31] as [UInt64])
    func split(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let weights = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
                Int64.random(in: 0...100_000, using: &generator)
            }
            guard weights.contains(where: { $0 > 0 }) else { continue }
            let total = Int64.random(in: 0...LedgerFlood.largestPrice, using: &generator)
            let parts = try LargestRemainder.parts(of: total, weights: weights, rotation: generator.next())
            #expect(parts.reduce(0, +) == total, "seed \(seed)")
            let sum = weights.reduce(0, +)
            for (part, weight) in zip(parts, weights) {
                let quota = sum.dividingFullWidth(total.multipliedFullWidth(by: weight)).quotient
                #expect(part == quota || part == quota + 1, "seed \(seed)")
            }
        }
    }
}

extension LedgerFlood {
    static let largestPrice: Int64 = 900_000_000_000_000_000
}

extension Ledger {
    /// The lines as a forger would write them: one note changed, and every hash after it made to fit.
    static func rewriting(_ lines: [String], at index: Int) throws -> [String] {
        var ledger = Ledger()
        return try lines.enumerated().map { position, line in
            let entry = try LedgerRecord(line: line).entry
            let written =
                position == index
                ? try LedgerEntry(
                    time: entry.time, subject: entry.subject, currency: entry.currency,
                    postings: entry.postings,
                    note: "changed") : entry
            return try ledger.record(written).line
        }
    }
}
