import TestSupport
import Testing

@testable import Server

@Suite struct MultipartParserTests {
    private static func parse(_ text: String, boundary: String = "b") throws -> [FormPart] {
        try MultipartParser.parse(Array(text.utf8), boundary: boundary)
    }

    private static func part(_ name: String, _ text: String) -> String {
        "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(text)\r\n"
    }

    @Test("Takes forms apart as clients write them")
    func forms() throws {
        let file =
            "--b  \r\ncontent-disposition:form-data;name=image;filename=\"a \\\"b\\\".png\"\r\nContent-Type: image/png\r\n\r\n\r\n--x\r\n-b\r\n"
        let parts = try Self.parse(
            "\r\n" + Self.part("prompt", "a b") + Self.part("empty", "") + file + "--b--\r\nrest")
        #expect(
            parts == [
                FormPart(name: "prompt", fileName: nil, bytes: Array("a b".utf8)),
                FormPart(name: "empty", fileName: nil, bytes: []),
                FormPart(name: "image", fileName: "a \"b\".png", bytes: Array("\r\n--x\r\n-b".utf8)),
            ])
        #expect(try Self.parse("--b--").isEmpty)
    }

    @Test(
        "Refuses what is not a form",
        arguments: [
            ("", .noBoundary), ("--c\r\n", .noBoundary), ("--b", .truncated), ("--b\r", .truncated),
            ("--bx\r\n", .brokenBoundary), ("--b\r\n", .truncated), ("--b\r\nA: b\r\n", .truncated),
            (part("a", "b"), .truncated), ("--b\r\n\r\nx\r\n--b--", .noName),
            ("--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", .noName),
            ("--b\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--b--", .noName),
            ("--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--b--", .noName),
            ("--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--", .noName),
            ("--b\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--b--", .noName),
            ("--b\r\nno colon\r\n\r\nx\r\n--b--", .brokenHeaders),
            ("--b\r\n: x\r\n\r\nx\r\n--b--", .brokenHeaders),
            ("--b\r\nA: 1\r\na: 2\r\n\r\nx\r\n--b--", .brokenHeaders),
            (
                "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--b--",
                .encodedPart
            ),
            ("--b\r\nA: " + String(repeating: "x", count: 5000) + "\r\n\r\nx\r\n--b--", .brokenHeaders),
            (
                String(repeating: part("a", ""), count: MultipartParser.maximumParts + 1) + "--b--",
                .tooManyParts
            ),
        ] as [(String, MultipartFault)])
    func refuses(_ text: String, _ fault: MultipartFault) {
        #expect(throws: fault) { try Self.parse(text) }
    }

    @Test("Any bytes may be in a part, but the boundary", arguments: 0..<100 as Range<UInt64>)
    func contents(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("\r\n-b\0\u{FF}x".utf8)
        let contents = (0..<3).map { _ in
            (0..<Int.random(in: 0..<40, using: &generator)).compactMap { _ in
                alphabet.randomElement(using: &generator)
            }
        }
        guard contents.allSatisfy({ ("\r\n".utf8 + $0).firstRange(of: Array("\r\n--bnd".utf8)) == nil })
        else { return }
        var body: [UInt8] = []
        for (index, content) in contents.enumerated() {
            body += "--bnd\r\nContent-Disposition: form-data; name=\"\(index)\"; filename=f\r\n\r\n".utf8
            body += content
            body += "\r\n".utf8
        }
        body += "--bnd--".utf8
        #expect(try MultipartParser.parse(body, boundary: "bnd").map(\.bytes) == contents, "seed \(seed)")
    }

    @Test("Broken forms are taken apart or refused", arguments: 0..<400 as Range<UInt64>)
    func mutations(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var body = Array((Self.part("prompt", "x") + Self.part("image", "y") + "--b--\r\n").utf8)
        for _ in 0..<Int.random(in: 1...6, using: &generator) where !body.isEmpty {
            let index = Int.random(in: body.indices, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: body[index] = UInt8.random(in: .min ... .max, using: &generator)
            case 1:
                body.removeSubrange(index..<min(body.count, index + Int.random(in: 1...9, using: &generator)))
            default: body.insert(contentsOf: Array("\r\n--b".utf8), at: index)
            }
        }
        do {
            let parts = try MultipartParser.parse(body, boundary: "b")
            #expect(parts.allSatisfy { !$0.name.isEmpty && $0.bytes.count < body.count }, "seed \(seed)")
        } catch {
            #expect(!error.words.isEmpty)
        }
    }

    @Test(
        "Boundaries are 1 to 70 characters",
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data;boundary=\"a b\"", "a b"),
            ("multipart/form-data", nil), ("multipart/form-data; boundary=", nil),
            ("multipart/form-data; boundary=" + String(repeating: "a", count: 71), nil),
            ("multipart/form-data; boundary=\"a \"", nil),
            ("multipart/form-data; boundary=a; boundary=b", nil),
        ] as [(String, String?)])
    func boundaries(_ header: String, _ expected: String?) {
        #expect(HeaderParameters(header)?.boundary == expected)
    }
}
