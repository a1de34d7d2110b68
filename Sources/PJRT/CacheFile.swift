import Glibc

/// The few things the cache does with files.
///
/// Not `Tensors.AtomicFile`, which keeps what a user asked for: an entry of the cache is not flushed to the disk, as
/// each can be made again and carries a checksum, and a flush would hold up every first start; only this user may read
/// or write it, since it is run as code; and it is stamped with the time to the nanosecond, by which it is dropped.
enum CacheFile {
    /// What the cache needs to know of a file without reading it.
    struct Entry: Hashable {
        let name: String
        let byteCount: Int
        /// Nanoseconds since 1970 at which it was last written or used.
        let modified: Int64
    }

    /// Reads a file from its start, at most `byteLimit` bytes, or all of it where that is nil.
    static func read(path: String, byteLimit: Int? = nil) throws(PJRTError) -> [UInt8] {
        let descriptor = try openForReading(path)
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        try forEachPiece(of: descriptor, path: path) { piece in
            bytes.append(contentsOf: piece)
            return byteLimit.map { bytes.count < $0 } ?? true
        }
        if let byteLimit, bytes.count > byteLimit { bytes.removeLast(bytes.count - byteLimit) }
        return bytes
    }

    /// Reads a file of the cache, whose contents are trusted as code: it must be a plain file that belongs to this
    /// user (or the system's) and that nobody else may write. Marks it as used now.
    static func readTrusted(path: String) throws(PJRTError) -> [UInt8] {
        let descriptor = try openForReading(path, flags: O_NOFOLLOW)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("read", path) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() || status.st_uid == 0,
            status.st_mode & (S_IWGRP | S_IWOTH) == 0
        else {
            throw PJRTError(
                .permissionDenied,
                "\(path) could have been written by another user; delete it, or give the cache another folder",
                operation: "read cache")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(status.st_size))
        try forEachPiece(of: descriptor, path: path) { piece in
            bytes.append(contentsOf: piece)
            return true
        }
        markUsed(descriptor)
        return bytes
    }

    /// Writes a file so that others see either nothing or all of it: beside it first, then renamed.
    static func writeAtomically(_ bytes: [UInt8], folder: String, name: String) throws(PJRTError) {
        try makeFolder(folder)
        var template = Array("\(folder)/\(temporaryPrefix)XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)  // Readable and writable by this user alone.
        guard descriptor >= 0 else { throw failure("write", folder) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let temporary = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        do throws(PJRTError) {
            defer { close(descriptor) }
            try write(bytes, to: descriptor, path: temporary)
            markUsed(descriptor)
            guard rename(temporary, "\(folder)/\(name)") == 0 else { throw failure("write", folder) }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Stamps a file with the time to the nanosecond. The system's own stamps stand still for some milliseconds, in
    /// which a small program is compiled and another one read: which was used last could not be told from them.
    private static func markUsed(_ descriptor: Int32) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        futimens(descriptor, [now, now])
    }

    /// Names of unfinished files begin so.
    static let temporaryPrefix = "unfinished-"

    /// Writes all bytes, or throws with the system's reason, as a full disk.
    static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(PJRTError) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path) }
            offset += count
        }
    }

    /// The files of a folder; none where it cannot be read.
    static func list(folder: String) -> [Entry] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var entries: [Entry] = []
        while let item = readdir(stream) {
            let name = withUnsafeBytes(of: &item.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            var status = stat()
            guard lstat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                continue
            }
            let modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
            entries.append(Entry(name: name, byteCount: Int(status.st_size), modified: modified))
        }
        return entries
    }

    /// Removes a file; one that is gone already, or cannot be removed, is left at that.
    static func remove(path: String) { unlink(path) }

    /// Hands a file's bytes to `body` piece by piece until that returns false.
    static func forEachPiece(
        of descriptor: Int32, path: String, _ body: (UnsafeRawBufferPointer) -> Bool
    ) throws(PJRTError) {
        let pieceSize = 1 << 20
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 64)
        defer { memory.deallocate() }
        while true {
            let count = Glibc.read(descriptor, memory.baseAddress, pieceSize)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read", path) }
            guard count > 0, body(UnsafeRawBufferPointer(rebasing: memory[..<count])) else { return }
        }
    }

    static func openForReading(_ path: String, flags: Int32 = 0) throws(PJRTError) -> Int32 {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | flags)
        guard descriptor >= 0 else { throw failure("read", path) }
        return descriptor
    }

    /// Makes a folder and those above it, for this user alone.
    private static func makeFolder(_ path: String) throws(PJRTError) {
        var prefix = path.hasPrefix("/") ? "" : "."
        for component in path.split(separator: "/") {
            prefix += "/" + component
            guard mkdir(prefix, 0o700) == 0 || errno == EEXIST || errno == EISDIR else {
                throw failure("make folder", path)
            }
        }
    }

    /// The system's reason for the last failure, with what it was about.
    private static func failure(_ verb: String, _ path: String) -> PJRTError {
        let number = errno
        let code: PJRTError.Code =
            switch number {
            case ENOENT: .notFound
            case EACCES, EPERM, EROFS, ELOOP: .permissionDenied
            case ENOSPC, EDQUOT: .resourceExhausted
            default: .unknown
            }
        return PJRTError(code, "\(path): \(String(cString: strerror(number)))", operation: "\(verb) cache")
    }
}
