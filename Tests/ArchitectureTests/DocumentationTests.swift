import Painter
import Testing

/// What the pages say about files and words is held against the files and the words.
@Suite struct DocumentationTests {
    private static let pages = Repository.paths.filter { $0.hasSuffix(".md") }

    @Test("Links between pages lead somewhere")
    func links() throws {
        #expect(Self.pages.contains("README.md"))
        var findings: [Finding] = []
        for page in Self.pages {
            let folder = page.split(separator: "/").dropLast()
            let lines = try #require(Repository.text(page)).split(
                separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                for target in line.matches(of: /\]\(([^)#]+)/).map({ $0.1 }) where !target.contains("://") {
                    let path = Self.resolved(folder + target.split(separator: "/"))
                    let exists = Repository.paths.contains { $0 == path || $0.hasPrefix(path + "/") }
                    if !exists {
                        findings.append(Finding(path: page, line: index + 1, message: "no \(path)"))
                    }
                }
            }
        }
        #expect(findings.isEmpty, "\(findings.report)")
    }

    @Test("Docs/painter.md has every word of the captions", arguments: [CaptionLanguage.korean, .english])
    func vocabulary(_ language: CaptionLanguage) throws {
        let page = try #require(Repository.text("Docs/painter.md"))
        for entry in CaptionVocabulary(language: language).entries {
            let words = entry.words.joined(separator: ", ")
            #expect(page.contains("| \(words) |"), "\(entry.attribute) \(entry.value)")
        }
    }

    @Test("Every threat that is said to be held has its test")
    func threats() throws {
        let page = try #require(Repository.text("Docs/threats.md"))
        let tests = Repository.paths.filter { $0.hasPrefix("Tests/") && $0.hasSuffix(".swift") }
            .compactMap(Repository.text).joined()
        let rows = page.split(separator: "\n").map { $0.split(separator: "|").map { $0.trimmed } }
            .filter { $0.count == 3 && $0[2] != "test" && !$0[2].allSatisfy { $0 == "-" } }
        #expect(rows.count > 30)
        for row in rows { #expect(tests.contains(row[2]), "no test \(row[2])") }
    }

    /// A path without `..`.
    private static func resolved(_ parts: [Substring]) -> String {
        var resolved: [Substring] = []
        for part in parts where part != "." {
            if part == ".." { resolved = resolved.dropLast() } else { resolved.append(part) }
        }
        return resolved.joined(separator: "/")
    }
}

extension Substring {
    /// The text without spaces at its ends.
    fileprivate var trimmed: String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
