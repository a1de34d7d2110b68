import FoundationEssentials
import Glibc

/// A file that somebody names, read whole and within a bound.
enum InputFile {
    /// The bytes.
    /// - Parameter kind: what the file is, for the error.
    /// - Throws: ``CommandError`` where it is no regular file, too large, or cannot be read.
    static func bytes(_ path: String, maximumBytes: Int, kind: String) throws(CommandError) -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw CommandError("there is no \(kind) file \(path); check its path")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CommandError("the \(kind) file \(path) is not a regular file; name another")
        }
        // Looked at before it is read into memory.
        guard Int(status.st_size) <= maximumBytes else {
            throw CommandError(
                "the \(kind) file \(path) has \(status.st_size) bytes, and \(maximumBytes) are the most")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError("the \(kind) file \(path) cannot be read; check its permissions")
        }
        return Array(data)
    }

    /// The text.
    /// - Throws: ``CommandError`` as ``bytes(_:maximumBytes:kind:)``, and where it is not UTF-8.
    static func text(_ path: String, maximumBytes: Int, kind: String) throws(CommandError) -> String {
        let bytes = try bytes(path, maximumBytes: maximumBytes, kind: kind)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError("the \(kind) file \(path) is not UTF-8; save it as that")
        }
        return text
    }
}
