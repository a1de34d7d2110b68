import FoundationEssentials
import Images
import Rights
import Testing

@testable import ondol

/// A folder of works is trained on only where its evidence covers every one, and all that is missing is named at once.
struct TrainingPermissionTests {
    /// Two works with captions, a licence, an agreement and a manifest.
    private func folder(
        changing change: (inout String) -> Void = { _ in }, removing: [String] = [],
        _ body: (String) throws -> Void
    ) throws {
        let temporary = try TemporaryFolder()
        let folder = temporary.path
        do {
            for index in 0..<2 {
                let picture = Picture(
                    width: 64, height: 64,
                    filledWith: index == 0 ? .init(red: 200, green: 40, blue: 40) : .white)
                try Picture.write(picture.encoded(as: .png()), to: "\(folder)/w\(index).png")
                write("a caption", "\(folder)/w\(index).txt")
            }
            write("we agree", "\(folder)/agreement.pdf")
            write("you may", "\(folder)/licence.pdf")
            func hash(_ name: String) throws -> ContentHash {
                ContentHash(
                    of: try InputFile.bytes("\(folder)/\(name)", maximumBytes: 1 << 20, kind: "picture"))
            }
            var text = """
                {"style": "maru-ink", "title": {"ko": "마루 먹", "en": "Maru's ink"},
                 "holder": {"id": "maru-kim", "credit": "Maru Kim"},
                 "agreement": {"id": "agreement-1", "document": "agreement.pdf", "from": "2026-01-01"},
                 "licences": [{"document": "licence.pdf", "title": "licence", "uses": ["style-training"],
                               "commercial": true, "from": "2026-01-01", "until": "2027-01-01"}],
                 "works": [{"file": "w0.png", "title": "one", "sha256": "\(try hash("w0.png"))"},
                           {"file": "w1.png", "title": "two", "sha256": "\(try hash("w1.png"))"}]}
                """
            change(&text)
            write(text, "\(folder)/works.json")
            for name in removing { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
            try body(folder)
        }
        withExtendedLifetime(temporary) {}
    }

    private func write(_ text: String, _ path: String) {
        #expect(FileManager.default.createFile(atPath: path, contents: Data(text.utf8)))
    }

    private func refusal(
        _ folder: String, day: String = "2026-06-01", isCommercial: Bool = true, territory: String? = nil,
        signals: Set<Work.Signal> = []
    ) throws -> String {
        do {
            _ = try TrainingPermission(
                CaptionedPictures(folder: folder), on: CalendarDay(day), isCommercial: isCommercial,
                territory: territory
            ) { _ in signals }
            return ""
        } catch let error as CommandError {
            return error.description
        }
    }

    @Test("What is covered is trained on")
    func allowed() throws {
        try folder { folder in
            let found = try refusal(folder)
            #expect(found == "")
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var change: @Sendable (inout String) -> Void = { _ in }
        var removing: [String] = []
        var day = "2026-06-01"
        var territory: String?
        var signals: Set<Work.Signal> = []
    }

    @Test(
        "What is not covered is refused with the file and the reason",
        arguments: [
            Case(testDescription: "works.json is missing", removing: ["works.json"]),
            Case(testDescription: "licence.pdf", removing: ["licence.pdf"]),
            Case(testDescription: "ran out on 2027-01-01", day: "2027-01-02"),
            Case(testDescription: "holds from 2026-01-01 on", day: "2025-12-31"),
            Case(
                testDescription: "w0.png: its own credentials forbid training",
                signals: [.credentialsForbidTraining]),
            Case(testDescription: "mining-reserved", signals: [.miningReserved]),
            Case(
                testDescription: "does not grant training",
                change: { $0.replace("style-training", with: "display") }),
            Case(
                testDescription: "does not grant commercial",
                change: { $0.replace("\"commercial\": true", with: "\"commercial\": false") }),
            Case(
                testDescription: "does not hold everywhere",
                change: {
                    $0.replace(
                        "\"commercial\": true", with: "\"commercial\": true, \"territories\": [\"KR\"]")
                }, territory: "US"),
            Case(
                testDescription: "w1.png: works.json does not list it",
                change: { $0.replace("w1.png", with: "w9.png") }),
            Case(
                testDescription: "w9.png: works.json lists it and it is not there",
                change: { $0.replace("w1.png", with: "w9.png") }),
            Case(
                testDescription: "w1.png: there is no licence document",
                change: {
                    $0.replace("\"commercial\": true", with: "\"commercial\": true, \"works\": [\"w0.png\"]")
                }),
            Case(testDescription: "credit and both titles", change: { $0.replace("Maru Kim", with: "") }),
            Case(
                testDescription: "a document lies beside the works",
                change: { $0.replace("licence.pdf", with: "../licence.pdf") }),
            Case(
                testDescription: "\"holder.credit\" is missing",
                change: { $0.replace("\"credit\"", with: "\"name\"") }),
            Case(
                testDescription: "exists in the calendar",
                change: { $0.replace("2026-01-01", with: "2026-13-01") }),
            Case(testDescription: "it is not JSON", change: { $0 = "{" }),
        ])
    func refused(_ example: Case) throws {
        try folder(changing: example.change, removing: example.removing) { folder in
            let found = try refusal(
                folder, day: example.day, territory: example.territory, signals: example.signals)
            #expect(found.contains(example.testDescription), "\(found)")
        }
    }

    @Test("A file that was changed since, and everything else, is named at once")
    func everything() throws {
        try folder(changing: { $0.replace("style-training", with: "display") }) { folder in
            let picture = Picture(width: 64, height: 64, filledWith: .black)
            try Picture.write(picture.encoded(as: .png()), to: "\(folder)/w1.png")
            let found = try refusal(folder, day: "2028-01-01", signals: [.credentialsForbidTraining])
            for part in [
                "w1.png: the file was changed", "w0.png: the document ran out", "w1.png: its own credentials",
                "w0.png: the document does not grant",
            ] {
                #expect(found.contains(part), "\(found)")
            }
        }
    }

    @Test("A manifest that was begun says what is left to be filled in")
    func draft() throws {
        try folder(removing: ["works.json"]) { folder in
            let pictures = try CaptionedPictures(folder: folder)
            write(
                try WorksManifest.draft(of: pictures, today: CalendarDay("2026-06-01")),
                "\(folder)/works.json")
            let found = try refusal(folder)
            #expect(found.contains("the holder's credit and both titles must be given"))
            #expect(!found.contains("w0.png"))
        }
    }
}

extension String {
    /// Exchanges a part of a test's text, which must be there.
    fileprivate mutating func replace(_ old: String, with new: String) {
        let replaced = replacing(old, with: new)
        precondition(replaced != self, "there is no \(old)")
        self = replaced
    }
}
