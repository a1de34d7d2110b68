import FoundationEssentials
import Serving
import Stores
import TestSupport
import Testing

@Suite struct IdentifierTests {
    @Test("Names are read as they were made, and sort by their times")
    func order() throws {
        var generator = SeededGenerator(seed: 4)
        var previous = ""
        for second in 0..<2000 {
            let moment = Samples.start + Double(second) * 0.01
            let name = JobIdentifier(at: moment, using: &generator)
            #expect(JobIdentifier(name.text) == name)
            #expect(previous < name.text)
            previous = name.text
            let coded = try JSONDecoder().decode([JobIdentifier].self, from: try JSONEncoder().encode([name]))
            #expect(coded == [name])
        }
    }

    @Test("The time is the first ten digits, the rest is chance")
    func layout() {
        var generator = SeededGenerator(seed: 4)
        // 2^47 milliseconds: the highest of 48 bits, in the third highest of the 130 that 26 digits have.
        let name = RequestIdentifier(at: Moment(microseconds: 1000 << 47), using: &generator)
        #expect(name.text.hasPrefix("req_40000000"))
        let early = RequestIdentifier(at: Moment(microseconds: -5), using: &generator)
        #expect(early.text.hasPrefix("req_00000000"))
    }

    @Test("What cannot be a name is none")
    func malformed() {
        var generator = SeededGenerator(seed: 4)
        let good = PictureIdentifier(at: Samples.start, using: &generator).text
        let texts: [String] = [
            "", "pic_", "\(good)0", "\(good.dropLast())", good.uppercased(), "job\(good.dropFirst(3))",
            "pic_../../../../../../../../..", "\(good.dropLast())é", "\(good.dropLast())l",
            "\(good.dropLast(2))é",
        ]
        for text in texts {
            #expect(PictureIdentifier(text) == nil, "\(text)")
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([PictureIdentifier].self, from: Data("[\"pic_x\"]".utf8))
        }
    }

    @Test("Callers' names cannot be mistaken for each other's")
    func callers() {
        #expect(CallerIdentifier.visitor("a") != CallerIdentifier.address(hash: "a"))
        for name in ["", "a:b", "a b", "가", String(repeating: "a", count: 65), "a\n"] {
            #expect(CallerIdentifier.visitor(name) == nil)
            #expect(CallerIdentifier.address(hash: name) == nil)
        }
    }
}
