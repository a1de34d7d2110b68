import Testing

@testable import ondol

/// What the doctor says.
struct CheckupTests {
    @Test func onlyWhatIsMissingKeepsFromDrawing() {
        var checkup = Checkup()
        checkup.add(.ok, "machine", "2 processors")
        checkup.add(.note, "cache", "is empty")
        #expect(checkup.canDraw)
        #expect(
            checkup.lines == [
                "ok    machine  2 processors", "note  cache    is empty", "", "Ondol can draw.",
            ])
        checkup.add(.missing, "model", "there is none", remedy: "train it")
        #expect(!checkup.canDraw)
        #expect(checkup.lines.suffix(5) == ["", "What to do:", "- train it", "", "Ondol cannot draw yet."])
    }

    @Test func whatSignsIsLookedForAndDrawingGoesOnWithout() {
        var checkup = Checkup()
        CredentialCheckup(library: "/no/such/library.so", font: "/no/such/font").look(&checkup)
        #expect(checkup.findings.map(\.mark) == [.note, .note] && checkup.canDraw)
        #expect(checkup.findings.map(\.subject) == ["signing", "labels"])
        for finding in checkup.findings { #expect(finding.remedy?.contains("make setup") == true) }
        checkup = Checkup()
        CredentialCheckup(library: #filePath, font: #filePath).look(&checkup)
        #expect(checkup.findings.map(\.subject) == ["signing"])
        #expect(checkup.findings[0].text.contains("cannot be opened"))
    }

    @Test func memoryIsReadFromTheSystemsText() throws {
        let text = "MemTotal:       24693208 kB\nMemFree:  1 kB\nMemAvailable:   22075324 kB\n"
        let memory = try #require(MemoryInformation(text: text))
        #expect(memory.total == 24_693_208 * 1024)
        #expect(memory.available == 22_075_324 * 1024)
        #expect(MemoryInformation(text: "") == nil)
        #expect(MemoryInformation(text: "MemTotal: many kB") == nil)
    }

    @Test func modelsAreFoundByNameOrPath() throws {
        let shelf = ModelShelf(environment: ["ONDOL_MODELS": "/no/such/shelf"])
        #expect(shelf.names.isEmpty)
        #expect(try shelf.path(of: "./models/mine") == "./models/mine")
        #expect(throws: CommandError.self) { try shelf.path(of: "hanji") }
        #expect(ModelShelf.name(of: "/a/b/hanji/") == "hanji")
    }

    @Test(arguments: [(999, "1 kB"), (17_300_000, "17.3 MB"), (4_260_000_000, "4.3 GB")])
    func sizesAreForPeople(count: Int, text: String) {
        #expect(ByteCount.text(count) == text)
    }
}
