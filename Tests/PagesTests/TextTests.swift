import FoundationEssentials
import Testing

@testable import Pages

@Suite struct TextTests {
    /// The folder of the pages' files, beside this test's.
    private static let folder = #filePath.replacing(/[^\/]*$/, with: "") + "../../Sources/Pages/Web/"

    private static func file(_ name: String) throws -> String {
        try String(contentsOfFile: folder + name, encoding: .utf8)
    }

    private static func names(in text: String) -> Set<String> {
        Set(text.matches(of: /\{(\w+)\}/).map { String($0.1) })
    }

    @Test("Both languages have the same texts, with the same places to fill in, and none is empty")
    func tables() throws {
        let korean = try PageTemplate.words(.korean)
        let english = try PageTemplate.words(.english)
        #expect(Set(korean.keys) == Set(english.keys))
        for (key, text) in korean {
            #expect(!text.isEmpty && !(english[key] ?? "").isEmpty, "\(key)")
            #expect(Self.names(in: text) == Self.names(in: english[key] ?? ""), "\(key)")
        }
    }

    @Test("Korean is written in Korean, and English is not")
    func scripts() throws {
        func isHangul(_ scalar: Unicode.Scalar) -> Bool { (0xAC00...0xD7A3).contains(scalar.value) }
        let few: Set = [
            "language", "other.language", "other.name", "heat.celsius", "style.by", "say.waiting",
            "artist.statement",
        ]
        for (key, text) in try PageTemplate.words(.korean) where !few.contains(key) {
            #expect(text.unicodeScalars.contains(where: isHangul), "\(key)")
        }
        for (key, text) in try PageTemplate.words(.english) where key != "other.name" {
            #expect(!text.unicodeScalars.contains(where: isHangul), "\(key)")
        }
    }

    @Test("Every text that the pages and scripts name is there, and every text is named")
    func use() throws {
        let words = Set(try PageTemplate.words(.english).keys)
        var named: Set<String> = []
        var begun: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder) {
            let text = try Self.file(name)
            if name.hasSuffix(".html") {
                named.formUnion(text.matches(of: /\{\{([^!].*?)\}\}/).map { String($0.1) })
            }
            guard name.hasSuffix(".js") else { continue }
            named.formUnion(text.matches(of: /["`]([a-z]+(\.[A-Za-z0-9]+)+)["`]/).map { String($0.1) })
            begun += text.matches(of: /`([a-zA-Z.]*)\$\{/).map { String($0.1) }
        }
        // Pages that are made when they are asked for name theirs in the program.
        for name in try FileManager.default.subpathsOfDirectory(atPath: Self.folder + "..")
        where name.hasSuffix(".swift") {
            let text = try Self.file("../" + name)
            named.formUnion(text.matches(of: /"([a-z]+(\.[A-Za-z0-9]+)+)"/).map { String($0.1) })
            named.formUnion(
                text.matches(of: /\{\{([a-z.]+)\}\}/).map { String($0.1) }.filter { $0 != "names" })
            begun += text.matches(of: /"([a-z.]*\.)\\\(/).map { String($0.1) }
        }
        let plurals = Set(words.filter { $0.hasSuffix(".one") }.map { String($0.dropLast(4)) })
        // Texts whose name is put together from a beginning and a word of the API, and spans of time.
        let families = begun.filter { $0.hasSuffix(".") && $0 != "." } + ["time.", "left."]
        for word in words {
            let plural = word.replacing(/\.(one|other)$/, with: "")
            let isNamed =
                named.contains(word) || plurals.contains(plural) && named.contains(plural)
                || families.contains { word.hasPrefix($0) } || word == "language"
            #expect(isNamed, "\(word) is used nowhere")
        }
        let addresses: Set = ["base.css", "hanji.svg", "photo.jpg", "styles.css"]
        for name in named
        where !name.hasSuffix(".js") && !name.hasSuffix(".css") && !name.hasSuffix(".svg")
            && !addresses.contains(name) && !name.hasPrefix("ondol.")
        {
            #expect(words.contains(name) || plurals.contains(name), "\(name) is no text")
        }
    }

    @Test("Every file of the folder is served, and none asks anybody else for anything")
    func files() throws {
        let served = Set(WebFiles.plain.map(\.name))
        let templates: Set = [
            "draw.html", "operator.html", "verify.html", "claims.html", "artist.html", "styles.html",
            "style.html", "appeal.html", "frame.html",
            "ko.json",
            "en.json",
        ]
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder) {
            #expect(served.contains(name) != templates.contains(name), "\(name)")
            let text = try Self.file(name).replacing("http://www.w3.org/2000/svg", with: "")
            #expect(!text.contains("http:") && !text.contains("https:") && !text.contains("//cdn"), "\(name)")
            guard name.hasSuffix(".html") else { continue }
            for banned in ["<style", "style=", "onclick", "<script>", "javascript:"] {
                #expect(!text.contains(banned), "\(name) has \(banned)")
            }
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        where name.hasSuffix(".js") {
            let text = try Self.file(name)
            for banned in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
                #expect(!text.contains(banned), "\(name) has \(banned)")
            }
        }
    }

    @Test("A text in a page is never markup, and a name without a text is refused")
    func templates() throws {
        let template = PageTemplate(text: "<p title=\"{{a}}\">{{b}}</p>")
        #expect(
            try template.filled(with: ["a": "\"'>", "b": "<b>&"])
                == "<p title=\"&quot;&#39;&gt;\">&lt;b&gt;&amp;</p>")
        #expect(throws: PagesError.self) { try template.filled(with: ["a": "x"]) }
        #expect(throws: PagesError.self) { try PageTemplate(text: "{{a").filled(with: ["a": "x"]) }
    }
}
