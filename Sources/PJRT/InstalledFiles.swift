import Glibc

/// What is installed on this machine, so far as plugins need to know.
public enum InstalledFiles {
    /// The folders into which Python installs wheels here: that of an active virtual environment, the user's, the
    /// system's.
    public static func pythonFolders(environment: [String: String]) -> [String] {
        var patterns: [String] = []
        if let active = environment["VIRTUAL_ENV"] { patterns.append("\(active)/lib/python3*/site-packages") }
        if let home = environment["HOME"] { patterns.append("\(home)/.local/lib/python3*/site-packages") }
        patterns += [
            "/usr/local/lib/python3*/site-packages", "/usr/local/lib/python3*/dist-packages",
            "/usr/lib/python3*/site-packages", "/usr/lib/python3/dist-packages",
        ]
        return patterns.flatMap(paths(matching:))
    }

    /// Whether there is a file at a path.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether the machine has a device of a kind, judged by its device files.
    public static func hasDevice(of kind: PluginKind) -> Bool {
        kind.deviceFiles.isEmpty || kind.deviceFiles.contains { !paths(matching: $0).isEmpty }
    }

    /// The existing paths that match a pattern with `*`, sorted.
    static func paths(matching pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, 0, nil, &found) == 0, let paths = found.gl_pathv else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
    }
}
