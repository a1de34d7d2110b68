import FoundationEssentials
import Glibc

/// A file that is to be written, looked at before the work whose result goes into it.
enum OutputFile {
    /// Refuses a path that cannot be written.
    /// - Parameter example: a file's name, for a path that is a folder.
    static func check(_ path: String, example: String) throws(CommandError) {
        let (folder, name) = split(path)
        guard !name.isEmpty, !isFolder(path) else {
            let folder = path.hasSuffix("/") ? path : path + "/"
            throw CommandError("\(path) is a folder; name a file in it, as \(folder)\(example)")
        }
        guard folder.isEmpty || isFolder(folder) else {
            throw CommandError(
                "there is no folder \(folder) to write \(name) into; make it first, or name another")
        }
        // A device would be filled, or replaced.
        guard !FileManager.default.fileExists(atPath: path) || isRegular(path) else {
            throw CommandError("\(path) is not a regular file; name another")
        }
        try checkWritable(folder: folder)
    }

    /// Refuses a folder, the working folder where it is empty, that cannot be written to.
    static func checkWritable(folder: String) throws(CommandError) {
        guard access(folder.isEmpty ? "." : folder, W_OK) == 0 else {
            let shown = folder.isEmpty ? "the working folder" : folder
            throw CommandError("\(shown) cannot be written to; name a file somewhere else by --out")
        }
    }

    /// The folder with its slash, empty for the working folder, and the name in it.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return ("", path) }
        return (String(path[...slash]), String(path[path.index(after: slash)...]))
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    private static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
