import Glibc
import Serving

/// The few things this room does with files.
enum FileSystem {
    /// Makes a folder and those above it, for this user alone.
    static func makeFolder(_ path: String) throws(StoresError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        var prefix = path.hasPrefix("/") ? "" : "."
        for component in path.split(separator: "/") {
            prefix += "/" + component
            guard mkdir(prefix, 0o700) == 0 || errno == EEXIST || errno == EISDIR else {
                throw failure("make folder", prefix)
            }
        }
    }

    /// Writes a new file and flushes it to the disk.
    static func write(_ bytes: [UInt8], to path: String) throws(StoresError) {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("write", path) }
        defer { close(descriptor) }
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path) }
            offset += count
        }
        guard fsync(descriptor) == 0 else { throw failure("write", path) }
    }

    /// The first bytes of a file, fewer where it is shorter; nil where there is none.
    static func start(of path: String, byteCount: Int) throws(StoresError) -> [UInt8]? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno != ENOENT else { return nil }
            throw failure("read", path)
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: byteCount)
        let count = Glibc.read(descriptor, &bytes, byteCount)
        guard count >= 0 else { throw failure("read", path) }
        return Array(bytes.prefix(count))
    }

    /// Makes a rename survive a power cut. A file system that cannot is no reason to fail.
    static func flushFolder(_ path: String) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// The names in a folder, but for those that begin with a dot; none where it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// When a file was last written; nil where it is no plain file.
    static func modified(_ path: String) -> Moment? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Moment(
            microseconds: Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1000)
    }

    /// How much room is left for this user, in bytes; nil where the system does not say.
    static func freeBytes(_ path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
                .partialValue)
    }

    /// The system's reason for the last failure, with what it was about.
    static func failure(_ verb: String, _ path: String) -> StoresError {
        let number = errno
        let reason = String(cString: strerror(number))
        switch number {
        case ENOSPC, EDQUOT, EFBIG:
            return StoresError(
                .diskFull, "cannot \(verb) \(path): \(reason); free some space (nothing was left behind)")
        case EACCES, EPERM, EROFS, ENOTDIR, ENOENT:
            return StoresError(
                .notWritable,
                "cannot \(verb) \(path): \(reason); name a folder that this user may write, with --data")
        default:
            return StoresError(.inputOutput, "cannot \(verb) \(path): \(reason); look at the disk's health")
        }
    }
}
