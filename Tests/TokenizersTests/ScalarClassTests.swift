import Testing

@testable import Tokenizers

/// Every code point is classed, lower-cased and composed as the reference does.
@Suite struct ScalarClassTests {
    private static func letter(of kind: ScalarClass) -> Character {
        switch kind {
        case .space: "s"
        case .letter: "l"
        case .number: "n"
        case .other: "o"
        }
    }

    @Test func classesEqualTheReference() throws {
        let expected: Fixtures.Scalars = try Fixtures.read("scalars.json")
        var runs: [String] = []
        var previous: Character?
        for value in UInt32(2)..<0x110000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let kind = Self.letter(of: ScalarClass(scalar))
            if kind != previous { runs.append(String(value, radix: 16) + String(kind)) }
            previous = kind
        }
        let reference = expected.runs.split(separator: " ").map(String.init)
        #expect(reference.count > 1000)
        #expect(Set(runs).symmetricDifference(reference) == [])
    }

    @Test func lowercaseAndCompositionEqualTheReference() throws {
        let expected: Fixtures.Scalars = try Fixtures.read("scalars.json")
        func table(_ rows: [[UInt32]]) -> [UInt32: [UInt32]] {
            Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Array($0.dropFirst())) })
        }
        let lowercase = table(expected.lowercase)
        let composed = table(expected.composed)
        #expect(lowercase.count > 1000 && composed.count > 1000)
        for value in UInt32(2)..<0x110000 {
            guard let scalar = Unicode.Scalar(value), ScalarClass(scalar) != .space else { continue }
            let form = composed[value] ?? [value]
            let reference = form.flatMap { lowercase[$0] ?? [$0] }
            let normalized = TextNormalization.normalize([scalar]).map(\.value)
            #expect(normalized == reference, "U+\(String(value, radix: 16))")
        }
    }
}
