import FoundationEssentials

/// The working copy that these tests were compiled from.
enum Repository {
    /// The folder at its top.
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    /// What is made and not kept.
    private static let skipped: Set<String> = [".git", ".build", ".ondol", ".swiftpm", "out", "__pycache__"]

    /// The paths of all files, relative to the top, sorted.
    static let paths: [String] = {
        var paths: [String] = []
        func visit(_ folder: String) {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)) ?? [] {
                guard !skipped.contains(name) else { continue }
                let path = folder.isEmpty ? name : folder + "/" + name
                var isFolder = false
                guard FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder) else {
                    continue
                }
                if isFolder { visit(path) } else { paths.append(path) }
            }
        }
        visit("")
        return paths.sorted()
    }()

    /// The Swift files of all rooms.
    static let sources: [SourceFile] = paths.filter { $0.hasPrefix("Sources/") && $0.hasSuffix(".swift") }
        .compactMap { path in text(path).map { SourceFile(path: path, text: $0) } }

    /// A file's text; nil where it is not text.
    static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: root + "/" + path)
            .flatMap { $0.contains(0) ? nil : String(bytes: $0, encoding: .utf8) }
    }
}
