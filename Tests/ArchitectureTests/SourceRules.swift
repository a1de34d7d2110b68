/// The habits that a program can check, each a function from a file to the places that break it.
enum SourceRules {
    /// Calls that end the process, write where nobody asked, or read the machine's clock and chance.
    ///
    /// `ondol` may print: it is the command line.
    static func bannedCalls(_ file: SourceFile) -> [Finding] {
        guard file.room != "ondol" else { return [] }
        let banned: [(call: String, advice: String)] = [
            ("print(", "give the text back, or take a closure that shows it"),
            ("try!", "throw"),
            ("fatalError(", "throw, or refuse by type"),
            ("Date()", "take the time as an argument"),
            (".random(", "take a seeded generator as an argument"),
        ]
        return file.code.indices.flatMap { index in
            banned.compactMap { call, advice in
                file.code[index].calls(call) ? file.finding(index, "no \(call) in a library: \(advice)") : nil
            }
        }
    }

    /// `Foundation` whole costs start-up time and a large library.
    static func foundation(_ file: SourceFile) -> [Finding] {
        guard file.room != "ondol" else { return [] }
        return file.imports.filter { $0.module == "Foundation" }.map {
            file.finding($0.line - 1, "import FoundationEssentials or Glibc instead of Foundation")
        }
    }

    /// What the compiler cannot prove, the author proves in a comment just above.
    static func uncheckedSendable(_ file: SourceFile) -> [Finding] {
        file.code.indices.filter {
            file.code[$0].contains("@unchecked Sendable")
                && !file.comment(above: $0).contains("@unchecked Sendable")
        }.map { file.finding($0, "say in a comment just above why @unchecked Sendable is safe") }
    }

    /// A task that nothing waits for needs a reason.
    static func looseTasks(_ file: SourceFile) -> [Finding] {
        let pattern = /\bTask(\.detached)?(\([^)]*\))?\s*\{/
        return file.code.indices.filter {
            file.code[$0].contains(pattern) && !file.lines[$0].contains("//")
                && file.comment(above: $0).isEmpty
        }.map { file.finding($0, "say in a comment why a loose Task is needed") }
    }

    /// Names that say nothing.
    static func emptyName(_ path: String) -> [Finding] {
        let pattern = /Util(s|ity|ities)?(?![a-z])|Helpers?(?![a-z])|Manager(?![a-z])|Common(?![a-z])/
        guard path.contains(pattern) else { return [] }
        return [Finding(path: path, line: 1, message: "name the file after what is in it")]
    }

    /// The longest a file may be.
    static let maximumLines = 800

    /// Files that nobody reads to the end.
    static func length(_ path: String, _ text: String) -> [Finding] {
        let count = text.utf8.count { $0 == UInt8(ascii: "\n") }
        guard count > maximumLines else { return [] }
        return [
            Finding(path: path, line: maximumLines + 1, message: "\(count) lines; split at \(maximumLines)")
        ]
    }

    /// Paths that exist on one developer's machine alone.
    static func machinePaths(_ path: String, _ text: String) -> [Finding] {
        let folders = ["work/", "root/", "tmp/h", "home/", "Users/"].map { "/" + $0 }
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap {
            index, line in
            folders.filter { line.namesAbsolute($0) }.map {
                Finding(path: path, line: index + 1, message: "\($0) is a place on somebody's machine")
            }
        }
    }
}

extension Substring {
    /// Whether the line calls a function, and neither declares one of that name nor calls a method `name(` of a value.
    fileprivate func calls(_ call: String) -> Bool {
        ranges(of: call).contains { range in
            let before = self[..<range.lowerBound]
            guard call.first?.isLetter ?? false else { return true }
            if before.hasSuffix("func ") { return false }
            if before.hasSuffix(".") { return before.hasSuffix("Swift.") }
            return !(before.last.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false)
        }
    }

    /// Whether the line has a path that starts with the folder, rather than a longer path or an address with it inside.
    fileprivate func namesAbsolute(_ folder: String) -> Bool {
        ranges(of: folder).contains { range in
            let before = self[..<range.lowerBound].last
            return !(before.map { $0.isLetter || $0.isNumber || ".-_~/})>".contains($0) } ?? false)
        }
    }
}
