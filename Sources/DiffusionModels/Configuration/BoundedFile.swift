import FoundationEssentials
import Glibc

/// Small files of a model folder, read whole.
enum BoundedFile {
    /// The bytes of a regular file.
    ///
    /// A device, a pipe that never ends or a file of many gigabytes is refused before anything is read.
    /// - Throws: ``ModelError``.
    static func read(_ path: String, byteLimit: Int) throws(ModelError) -> Data {
        // Without O_NONBLOCK a named pipe would hold us up for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw ModelError(
                .missing,
                "\(path) cannot be read: \(String(cString: strerror(errno))); a diffusers model folder has it"
            )
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ModelError(.malformed, "\(path) is not a regular file")
        }
        let size = Int(status.st_size)
        guard size <= byteLimit else {
            throw ModelError(
                .malformed, "\(path) has \(size) bytes; such a file has at most \(byteLimit)")
        }
        var bytes = [UInt8](repeating: 0, count: size)
        var done = 0
        while done < size {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress?.advanced(by: done), size - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw ModelError(.malformed, "\(path) ended after \(done) of \(size) bytes; get it again")
            }
            done += count
        }
        return Data(bytes)
    }

    /// Whether there is a file or folder at `path`.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
