import Testing

/// Each rule catches what it is for, and lets pass what only looks like it.
@Suite struct RuleTests {
    private static func file(_ text: String, room: String = "Tensors") -> SourceFile {
        SourceFile(path: "Sources/\(room)/File.swift", text: text)
    }

    @Test(
        "Banned calls",
        arguments: [
            ("print(1)", 1), ("Swift.print(1)", 1), ("let a = try! b()", 1), ("fatalError(\"no\")", 1),
            ("let now = Date()", 1), ("Int.random(in: 0..<3)", 1), ("values.shuffled(); print(2)", 1),
            ("func print() -> String", 0), ("printer.print()", 0), ("footprint(3)", 0), ("// print(1)", 0),
            ("/* try! /* print( */ print( */", 0), ("let text = \"print(1) \\\" try!\"", 0),
            ("let raw = #\"a \" print(\"#", 0), ("let long = \"\"\"\n print(\"a\")\n \"\"\"", 0),
            ("let text = \"a\" /* b */; print(3)", 1), ("lastUpDate()", 0),
        ])
    func bannedCalls(_ text: String, _ count: Int) {
        #expect(SourceRules.bannedCalls(Self.file(text)).count == count)
        #expect(SourceRules.bannedCalls(Self.file(text, room: "ondol")).isEmpty)
    }

    @Test(
        "Import lines",
        arguments: [
            ("import Tensors", ["Tensors"]), ("public import Tensors", ["Tensors"]),
            ("@preconcurrency import PJRT", ["PJRT"]), ("@_spi(Some) import PJRT", ["PJRT"]),
            ("@testable internal import PJRT // why", ["PJRT"]), ("import struct Tensors.Shape", ["Tensors"]),
            ("// import PJRT", []), ("/*\nimport PJRT\n*/", []), ("let text = \"import PJRT\"", []),
            ("important(3)", []), ("import A\n\nimport B", ["A", "B"]),
        ])
    func imports(_ text: String, _ modules: [String]) {
        #expect(Self.file(text).imports.map(\.module) == modules)
    }

    @Test("Foundation whole is refused, its small part is not")
    func foundation() {
        #expect(SourceRules.foundation(Self.file("import Foundation")).map(\.line) == [1])
        #expect(SourceRules.foundation(Self.file("import FoundationEssentials")).isEmpty)
    }

    @Test(
        "A proof stands just above",
        arguments: [
            ("struct A: @unchecked Sendable {}", 1), ("// It is fine.\nstruct A: @unchecked Sendable {}", 1),
            ("/// `@unchecked Sendable`: never written.\nstruct A: @unchecked Sendable {}", 0),
            ("// `@unchecked Sendable`: never written.\n@frozen\nstruct A: @unchecked Sendable {}", 0),
            ("// `@unchecked Sendable`: of another.\n\nstruct A: @unchecked Sendable {}", 1),
        ])
    func proofs(_ text: String, _ count: Int) {
        #expect(SourceRules.uncheckedSendable(Self.file(text)).count == count)
    }

    @Test(
        "A loose task has its reason",
        arguments: [
            ("Task { await a() }", 1), ("Task.detached(priority: .low) { }", 1), ("let t = Task {", 1),
            ("// Outlives the caller by design.\nTask { }", 0), ("Task { } // outlives the caller", 0),
            ("group.addTask { }", 0), ("struct TrainTask {", 0),
        ])
    func tasks(_ text: String, _ count: Int) {
        #expect(SourceRules.looseTasks(Self.file(text)).count == count)
    }

    @Test(
        "Names that say nothing",
        arguments: [
            ("Sources/A/Utils.swift", 1), ("Sources/A/StringHelper.swift", 1), ("Sources/Common/A.swift", 1),
            ("Sources/A/CacheManager.swift", 1), ("Sources/A/Utilization.swift", 0),
            ("Sources/A/Commonality.swift", 0),
        ])
    func names(_ path: String, _ count: Int) {
        #expect(SourceRules.emptyName(path).count == count)
    }

    @Test("Length", arguments: [(800, 0), (801, 1)])
    func length(_ lines: Int, _ count: Int) {
        #expect(SourceRules.length("A.swift", String(repeating: "\n", count: lines)).count == count)
    }

    @Test(
        "Paths of one machine",
        arguments: [
            ("see SLASHwork/main", 1), ("\"SLASHroot/.pyenv\"", 1), ("SLASHhome/someone", 1),
            ("https://example.orgSLASHwork/a", 0), ("../work/", 0), ("$(CURDIR)/work/", 0),
        ])
    func machinePaths(_ text: String, _ count: Int) {
        // Written so that this file does not break the rule itself.
        let line = text.split(separator: "SLASH", omittingEmptySubsequences: false).joined(separator: "/")
        #expect(SourceRules.machinePaths("a.md", line).count == count)
    }
}
