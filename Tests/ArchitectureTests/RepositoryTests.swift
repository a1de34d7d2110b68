import Testing

/// The rules, applied to the repository as it stands.
@Suite struct RepositoryTests {
    @Test("There is something to look at")
    func somethingToLookAt() {
        #expect(Repository.sources.count > 100)
        #expect(Repository.paths.contains("Package.swift"))
    }

    @Test("Rooms import only what Docs/architecture.md allows")
    func arrows() throws {
        let path = "Docs/architecture.md"
        let table = RoomTable(path: path, text: try #require(Repository.text(path)))
        let folders = Set(
            Repository.paths.filter { $0.hasPrefix("Sources/") }.map { String($0.split(separator: "/")[1]) })
        let findings = table.findings(in: Repository.sources, folders: folders)
        #expect(findings.isEmpty, "\(findings.report)")
    }

    @Test(
        "Sources keep the habits",
        arguments: [
            ("banned calls", SourceRules.bannedCalls), ("Foundation", SourceRules.foundation),
            ("@unchecked Sendable", SourceRules.uncheckedSendable), ("loose tasks", SourceRules.looseTasks),
        ] as [(String, @Sendable (SourceFile) -> [Finding])])
    func habits(_ name: String, _ rule: @Sendable (SourceFile) -> [Finding]) {
        let findings = Repository.sources.flatMap(rule)
        #expect(findings.isEmpty, "\(findings.report)")
    }

    @Test("No file is too long, named after nothing, or tied to one machine")
    func files() {
        var findings: [Finding] = []
        for path in Repository.paths {
            findings += SourceRules.emptyName(path)
            guard let text = Repository.text(path) else { continue }
            findings += SourceRules.machinePaths(path, text)
            let isProgram = ["swift", "c", "h", "py"].contains { path.hasSuffix("." + $0) }
            if isProgram { findings += SourceRules.length(path, text) }
        }
        #expect(findings.isEmpty, "\(findings.report)")
    }
}
