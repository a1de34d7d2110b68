import Glibc

/// A plugin's file on disk, as the cache tells it from others.
enum PluginFile {
    /// A digest of path, size, times and inode: as long as it stays the same, so has the file. The time of the last
    /// change of status is in it because wheels are unpacked with the same old time of writing.
    static func identity(path: String) throws(PJRTError) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw PJRTError(
                .notFound, "the plugin's file \(path) is gone: \(String(cString: strerror(errno)))",
                operation: "identify plugin")
        }
        var content = ContentDigest()
        content.add("path", path)
        let numbers: [Int] = [
            Int(status.st_size), Int(status.st_ino), Int(status.st_dev), status.st_mtim.tv_sec,
            status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
        content.add("status", numbers.map(String.init).joined(separator: " "))
        return ContentDigest.hexadecimal(content.finished())
    }

    /// The SHA-256 of the file's bytes in hexadecimal digits.
    static func digest(path: String) throws(PJRTError) -> String {
        let descriptor = try CacheFile.openForReading(path)
        defer { close(descriptor) }
        var content = ContentDigest()
        try CacheFile.forEachPiece(of: descriptor, path: path) { piece in
            content.addRaw(piece)
            return true
        }
        return ContentDigest.hexadecimal(content.finished())
    }
}
