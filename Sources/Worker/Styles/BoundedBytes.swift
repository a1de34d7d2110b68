import Glibc

/// Files from folders that others fill, read whole within a limit.
enum BoundedBytes {
    /// The bytes of a regular file.
    /// - Throws: ``WorkerError`` with `invalidStyle` where there is none, it is larger than the limit, or cannot be read.
    static func read(_ path: String, limit: Int) throws(WorkerError) -> [UInt8] {
        // Without O_NONBLOCK a named pipe would hold us up for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw WorkerError(.invalidStyle, "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit
        else {
            throw WorkerError(.invalidStyle, "\(path) is no regular file of at most \(limit) bytes")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var done = 0
        while done < bytes.count {
            let left = bytes.count - done
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: done), left)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw WorkerError(
                    .invalidStyle, "\(path) ended after \(done) of \(bytes.count) bytes; get it again")
            }
            done += count
        }
        return bytes
    }
}
