import TestSupport
import Testing

@testable import Server

@Suite struct JSONParserTests {
    @Test(
        "Reads what RFC 8259 allows",
        arguments: [
            (" {} ", [:]), ("[1, -0, 2.5e1]", [1, 0, .number(25)]), ("\"\\u00e9\\ud83d\\ude00\\/\"", "é😀/"),
            ("{\"a\":{\"b\":[null,true,false]}}", ["a": ["b": [nil, true, false]]]),
            ("9223372036854775807", .integer(.max)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            ("\"한지\"", "한지"), ("\"\u{7F}\"", "\u{7F}"),
        ] as [(String, JSONValue)])
    func reads(_ text: String, _ expected: JSONValue) throws {
        #expect(try JSONParser.parse(Array(text.utf8)) == expected)
    }

    @Test(
        "Refuses everything else",
        arguments: [
            ("", .syntax(offset: 0)), ("{", .syntax(offset: 1)), ("{\"a\":1,}", .syntax(offset: 7)),
            ("[1,]", .syntax(offset: 3)), ("01", .syntax(offset: 1)), ("+1", .syntax(offset: 0)),
            (".5", .syntax(offset: 0)), ("1.", .syntax(offset: 2)), ("1e", .syntax(offset: 2)),
            ("nul", .syntax(offset: 3)), ("NaN", .syntax(offset: 0)), ("'a'", .syntax(offset: 0)),
            ("\"a\n\"", .syntax(offset: 2)), ("\"\\x\"", .syntax(offset: 2)),
            ("\"\\u12g4\"", .syntax(offset: 5)),
            ("\"\\ud800\"", .encoding(offset: 7)), ("\"\\ud800\\u0041\"", .encoding(offset: 13)),
            ("\"\\udc00\"", .encoding(offset: 7)), ("{} {}", .syntax(offset: 3)),
            ("\u{FEFF}{}", .syntax(offset: 0)),
            ("{\"a\":1,\"\\u0061\":2}", .duplicateName), ("1e999", .number(offset: 0)),
            ("// c\n{}", .syntax(offset: 0)),
        ] as [(String, JSONFault)])
    func refuses(_ text: String, _ fault: JSONFault) {
        #expect(throws: fault) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test(
        "Refuses bytes that are not UTF-8",
        arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func encoding(_ bytes: [UInt8]) {
        #expect(throws: JSONFault.encoding(offset: 1)) { try JSONParser.parse([0x22] + bytes + [0x22]) }
    }

    @Test("Depth and number of values are bounded")
    func bounds() throws {
        let nested = { (depth: Int) in
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSONParser.parse(nested(JSONParser.maximumDepth))
        #expect(throws: JSONFault.depth) { try JSONParser.parse(nested(JSONParser.maximumDepth + 1)) }
        let wide = { (count: Int) in
            Array(("[" + Array(repeating: "0", count: count).joined(separator: ",") + "]").utf8)
        }
        _ = try JSONParser.parse(wide(JSONParser.maximumValues - 1))
        #expect(throws: JSONFault.values) { try JSONParser.parse(wide(JSONParser.maximumValues)) }
    }

    @Test("What is written is read back the same", arguments: 0..<200 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = Self.value(&generator, depth: 0)
        #expect(try JSONParser.parse(value.bytes) == value, "seed \(seed)")
    }

    @Test(
        "Broken texts are read or refused, and what is read can be written",
        arguments: 0..<400 as Range<UInt64>)
    func mutations(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var bytes = Self.value(&generator, depth: 0).bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
            case 1: bytes.remove(at: index)
            default:
                bytes.insert(Array("{}[]\",:\\u0e-.".utf8).randomElement(using: &generator) ?? 0, at: index)
            }
        }
        if let value = try? JSONParser.parse(bytes) {
            #expect(try JSONParser.parse(value.bytes) == value, "seed \(seed)")
        }
    }

    private static func value(_ generator: inout SeededGenerator, depth: Int) -> JSONValue {
        let characters = Array("ab\"\\/\n\t\u{0}\u{1F}\u{7F}é한😀\u{2028}")
        func string() -> String {
            String(
                (0..<Int.random(in: 0..<6, using: &generator)).compactMap { _ in
                    characters.randomElement(using: &generator)
                })
        }
        switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .integer(.random(in: .min ... .max, using: &generator))
        case 3: return .number(Double.random(in: -1e300...1e300, using: &generator))
        case 4: return .string(string())
        case 5:
            return .array(
                (0..<Int.random(in: 0..<4, using: &generator)).map { _ in value(&generator, depth: depth + 1)
                })
        default:
            var object = JSONObject()
            for index in 0..<Int.random(in: 0..<4, using: &generator) {
                object.append("\(index)" + string(), value(&generator, depth: depth + 1))
            }
            return .object(object)
        }
    }
}
