import Glibc

/// Small files of keys and certificates.
enum SecretFile {
    /// Larger than any chain of certificates.
    private static let sizeLimit = 262_144

    /// A file's text; nil where there is no such file.
    /// - Parameter isSecret: refuses a file that others than its owner may read.
    /// - Throws: ``ProvenanceError`` with `file`.
    static func read(_ path: String, isSecret: Bool = false) throws(ProvenanceError) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(path, "cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw failure(path, "is not a regular file")
        }
        guard !isSecret || status.st_mode & 0o077 == 0 else {
            throw failure(path, "may be read by others than its owner; say `chmod 600` to it")
        }
        guard status.st_size <= sizeLimit else { throw failure(path, "is larger than \(sizeLimit) bytes") }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let result = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress! + count, $0.count - count)
            }
            if result < 0, errno == EINTR { continue }
            guard result > 0 else { throw failure(path, "cannot be read to its end") }
            count += result
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw failure(path, "is not text; give it in PEM")
        }
        return text
    }

    /// Writes a file, whole or not at all, for its owner alone where the mode says so.
    /// - Throws: ``ProvenanceError`` with `file`.
    static func write(_ text: String, to path: String, mode: mode_t) throws(ProvenanceError) {
        let draft = "\(path).\(getpid())"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else {
            throw failure(path, "cannot be written: \(String(cString: strerror(errno)))")
        }
        defer { unlink(draft) }
        let bytes = Array(text.utf8)
        let isWritten = bytes.withUnsafeBytes {
            Glibc.write(descriptor, $0.baseAddress, $0.count) == $0.count
        }
        let isFlushed = fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, isFlushed, rename(draft, path) == 0 else {
            throw failure(path, "cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    private static func failure(_ path: String, _ text: String) -> ProvenanceError {
        ProvenanceError(.file, "\(path) \(text)")
    }
}
