import Glibc
import Synchronization

/// A file that appears whole or not at all.
///
/// The bytes go to a temporary file in the same folder, which is flushed to the disk and then renamed over the
/// target. Whatever fails on the way, the target keeps what it held before and the temporary file is removed.
package struct AtomicFile {
    private let path: String
    private let descriptor: Int32

    /// Writes a file through `body`, replacing the one at `path`.
    ///
    /// Safe to call from many threads and processes at once: the last rename wins, and every reader sees one
    /// whole file.
    /// - Throws: ``TensorsError`` with `diskFull` or `cannotWrite`, and whatever `body` throws.
    package static func write(to path: String, _ body: (AtomicFile) throws -> Void) throws {
        try refuseSpecialFile(at: path)
        let folder = folder(of: path)
        let (descriptor, temporaryPath) = try createTemporaryFile(in: folder, for: path)
        do {
            do {
                try body(AtomicFile(path: path, descriptor: descriptor))
                guard fsync(descriptor) == 0 else { throw failure(errno, writing: path) }
            } catch {
                close(descriptor)
                throw error
            }
            guard close(descriptor) == 0 else { throw failure(errno, writing: path) }
            guard rename(temporaryPath, path) == 0 else { throw failure(errno, writing: path) }
        } catch {
            unlink(temporaryPath)
            throw error
        }
        flushFolder(folder)
    }

    /// Writes one run of bytes as a whole file.
    /// - Throws: ``TensorsError`` with `diskFull` or `cannotWrite`.
    package static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws {
        try write(to: path) { try $0.append(bytes) }
    }

    /// Appends bytes to the file being written.
    /// - Throws: ``TensorsError`` with `diskFull` or `cannotWrite`.
    package func append(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let chunk = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.chunkByteCount))
            let written = Glibc.write(descriptor, chunk.baseAddress, chunk.count)
            if written < 0 {
                if errno == EINTR { continue }
                throw Self.failure(errno, writing: path)
            }
            rest = rest.dropFirst(written)
        }
    }

    /// Bytes given to the system at once. Linux takes less than 2 GiB in one call.
    private static let chunkByteCount = 1 << 26

    /// Numbers the temporary files of this process.
    private static let nextNumber = Atomic<UInt64>(0)

    /// How many names are tried. A name is taken only where an earlier process of the same number was killed in
    /// the middle of a write, so that a few tries suffice.
    private static let nameAttempts = 100

    private static func createTemporaryFile(in folder: String, for path: String) throws -> (Int32, String) {
        for _ in 0..<nameAttempts {
            let number = nextNumber.wrappingAdd(1, ordering: .relaxed).oldValue
            // Independent of the target's name, which may already be as long as a name may be.
            let candidate = "\(folder)/.ondol-\(getpid())-\(number).partial"
            let descriptor = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 { return (descriptor, candidate) }
            if errno != EEXIST && errno != EINTR { throw failure(errno, writing: path) }
        }
        throw TensorsError(
            .cannotWrite,
            "cannot write \(path): its folder is full of unfinished files named .ondol-*.partial; remove them"
        )
    }

    /// Renaming over a device would replace the device.
    private static func refuseSpecialFile(at path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
        let kind = status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "not a regular file"
        throw TensorsError(.cannotWrite, "cannot write \(path): it is \(kind); name a file")
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes the rename itself survive a power cut. A file system that cannot is no reason to fail: the file is
    /// whole either way.
    private static func flushFolder(_ folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func failure(_ number: Int32, writing path: String) -> TensorsError {
        let reason = String(cString: strerror(number))
        switch number {
        case ENOSPC, EDQUOT, EFBIG:
            return TensorsError(
                .diskFull,
                "cannot write \(path): \(reason); free some space or choose another folder (nothing was left behind)"
            )
        case ENOENT, ENOTDIR:
            return TensorsError(
                .cannotWrite, "cannot write \(path): \(reason); create its folder first, or choose another")
        default:
            return TensorsError(.cannotWrite, "cannot write \(path): \(reason); choose another place")
        }
    }
}
