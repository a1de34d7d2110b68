import TestSupport
import Testing

@testable import Tensors

@Suite struct SafetensorsHeaderTests {
    private static let good = #"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}"#

    @Test(arguments: [
        (good, 16),
        ("{}", 0),
        ("{ }  ", 0),
        (#"{"__metadata__":{}}"#, 0),
        (#"{"__metadata__":{"k":"v"},"a":{"data_offsets":[0,2],"shape":[],"dtype":"BF16"}}"#, 2),
        ("{\n\t\"a\" : { \"dtype\" : \"I8\" , \"shape\" : [ 3 ] , \"data_offsets\" : [ 0 , 3 ] } }\r\n", 3),
        (
            #"{"z":{"dtype":"U8","shape":[0],"data_offsets":[1,1]},"y":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#,
            1
        ),
    ])
    func goodHeadersAreRead(json: String, dataByteCount: Int) throws {
        _ = try parse(json, dataByteCount: dataByteCount)
    }

    @Test func escapesAreDecoded() throws {
        let json = #"{"\u0061\n\/\ud55c\uD83D\ude00":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#
        #expect(try parse(json, dataByteCount: 1).tensors.map(\.name) == ["a\n/한😀"])
    }

    /// Each is one fault away from a header that is read.
    @Test(arguments: [
        // JSON
        ("", 0, TensorsError.Code.malformedHeader),
        (" {}", 0, .malformedHeader),
        ("[]", 0, .malformedHeader),
        ("{", 0, .malformedHeader),
        ("{}}", 0, .malformedHeader),
        ("{}\0", 0, .malformedHeader),
        (#"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},}"#, 16, .malformedHeader),
        (#"{"a":{"dtype":"F32","shape":[2,2,],"data_offsets":[0,16]}}"#, 16, .malformedHeader),
        (#"{"a":{"dtype":"F32","shape":[2,2]}}"#, 16, .malformedHeader),
        (#"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16],"more":1}}"#, 16, .malformedHeader),
        (#"{"a":{"dtype":"F32","shape":[[2],2],"data_offsets":[0,16]}}"#, 16, .malformedHeader),
        (#"{"a":{"dtype":"F32","shape":[2.0,2],"data_offsets":[0,16]}}"#, 16, .malformedHeader),
        (#"{"a":{"dtype":"F32","shape":[02,2],"data_offsets":[0,16]}}"#, 16, .malformedHeader),
        (#"{"a":{"dtype":"F32","shape":[2e0,2],"data_offsets":[0,16]}}"#, 16, .malformedHeader),
        (#"{"a":{"dtype":"F32","shape":null,"data_offsets":[0,16]}}"#, 16, .malformedHeader),
        (#"{"a":{"b":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}}"#, 16, .malformedHeader),
        (#"{"__metadata__":{"a":{"b":"c"}}}"#, 0, .malformedHeader),
        (#"{"__metadata__":{"a":1}}"#, 0, .malformedHeader),
        ("{\"a\nb\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}", 1, .malformedHeader),
        (#"{"\x":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}"#, 1, .malformedHeader),
        (#"{"\ud800":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}"#, 1, .malformedHeader),
        (#"{"\ud800\u0041":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}"#, 1, .malformedHeader),
        (#"{"\u00g0":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}"#, 1, .malformedHeader),
        // Names
        (
            #"{"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[],"data_offsets":[1,2]}}"#,
            2, .duplicateName
        ),
        (
            #"{"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"\u0061":{"dtype":"U8","shape":[],"data_offsets":[1,2]}}"#,
            2, .duplicateName
        ),
        (#"{"a":{"dtype":"F32","dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}"#, 16, .duplicateName),
        (#"{"__metadata__":{"a":"b","a":"b"}}"#, 0, .duplicateName),
        (#"{"__metadata__":{},"__metadata__":{}}"#, 0, .duplicateName),
        // Types and shapes
        (#"{"a":{"dtype":"F8_E4M3","shape":[16],"data_offsets":[0,16]}}"#, 16, .unknownElementType),
        (#"{"a":{"dtype":"f32","shape":[2,2],"data_offsets":[0,16]}}"#, 16, .unknownElementType),
        (#"{"a":{"dtype":"F32","shape":[-2,-2],"data_offsets":[0,16]}}"#, 16, .invalidShape),
        (#"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,16]}}"#, 16, .invalidShape),
        (#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,16]}}"#, 16, .invalidShape),
        (#"{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,16]}}"#, 16, .invalidShape),
        (
            #"{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,4],"data_offsets":[0,16]}}"#,
            16, .invalidShape
        ),
        // Byte ranges
        (#"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[16,0]}}"#, 16, .invalidLayout),
        (#"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0]}}"#, 16, .invalidLayout),
        (#"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,15]}}"#, 16, .invalidLayout),
        (#"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[4,20]}}"#, 20, .invalidLayout),
        (good, 17, .invalidLayout),
        (good, 15, .truncated),
        (
            #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#,
            3, .invalidLayout
        ),
        (
            #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}"#,
            5, .invalidLayout
        ),
        (
            #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#,
            2, .invalidLayout
        ),
    ])
    func badHeadersAreRefused(json: String, dataByteCount: Int, code: TensorsError.Code) {
        let error = #expect(throws: TensorsError.self) { try parse(json, dataByteCount: dataByteCount) }
        #expect(error?.code == code, "\(json): \(String(describing: error))")
    }

    @Test func textThatIsNotUTF8IsRefused() {
        let json = Array(#"{"__metadata__":{"a":""#.utf8) + [0xED, 0x95] + Array(#""}}"#.utf8)
        let error = #expect(throws: TensorsError.self) {
            try SafetensorsHeader(parsing: json, dataByteCount: 0, path: "a")
        }
        #expect(error?.code == .malformedHeader)
    }

    @Test func longAndHiddenNamesDoNotFloodTheMessage() {
        let name = String(repeating: "x", count: 5000) + #"\u001b[2J\n"#
        let error = #expect(throws: TensorsError.self) {
            try parse(#"{"\#(name)":{"dtype":"F32","shape":[3],"data_offsets":[0,16]}}"#, dataByteCount: 16)
        }
        #expect((error?.message.count ?? 0) < 300)
        let short = #expect(throws: TensorsError.self) {
            try parse(
                #"{"\u001b[2J\n":{"dtype":"F32","shape":[3],"data_offsets":[0,16]}}"#, dataByteCount: 16)
        }
        #expect(short?.message.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
    }

    /// Whatever is changed in a header, it is refused or it still covers its data exactly once.
    @Test func changedHeadersNeverTrap() throws {
        let seeds: Range<UInt64> = 0..<6000
        let original = Array(
            #"{"__metadata__":{"format":"pt"},"a.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"BF16","shape":[4],"data_offsets":[24,32]},"c\u00e9":{"dtype":"U8","shape":[],"data_offsets":[32,33]}}"#
                .utf8)
        var refusalCount = 0
        for seed in seeds {
            var generator = SeededGenerator(seed: seed)
            let bytes = mutated(original, using: &generator)
            let dataByteCount =
                Int.random(in: 0..<4, using: &generator) == 0 ? Int.random(in: 0..<80, using: &generator) : 33
            do {
                let header = try SafetensorsHeader(parsing: bytes, dataByteCount: dataByteCount, path: "fuzz")
                let covered = header.tensors.reduce(0) { $0 + $1.byteRange.count }
                let inside = header.tensors.allSatisfy {
                    $0.byteRange.lowerBound >= 0 && $0.byteRange.upperBound <= dataByteCount
                        && $0.byteRange.count == $0.shape.elementCount * $0.elementType.byteCount
                }
                #expect(covered == dataByteCount && inside, "SafetensorsHeaderTests seed \(seed)")
            } catch is TensorsError {
                refusalCount += 1
            } catch {
                Issue.record("SafetensorsHeaderTests seed \(seed): \(error)")
            }
        }
        // Both ways out are taken, or the test would prove nothing.
        #expect(refusalCount > seeds.count / 2 && refusalCount < seeds.count)
    }

    private func parse(_ json: String, dataByteCount: Int) throws -> SafetensorsHeader {
        try SafetensorsHeader(
            parsing: Array(json.utf8), dataByteCount: dataByteCount, path: "model.safetensors")
    }

    private func mutated(_ original: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        let alphabet = Array("{}[]\":,\\u0123456789-.eE \0\u{7F}abF".utf8) + [0x80, 0xC3, 0xFF]
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes[index] = alphabet.randomElement(using: &generator)!
            case 2: bytes.insert(alphabet.randomElement(using: &generator)!, at: index)
            case 3: bytes.remove(at: index)
            case 4: bytes.removeSubrange(index...)
            default:
                let end = min(bytes.count, index + Int.random(in: 1...40, using: &generator))
                bytes.insert(
                    contentsOf: bytes[index..<end], at: Int.random(in: 0...bytes.count, using: &generator))
            }
        }
        return bytes
    }
}
