import Glibc

/// A picture's bytes, piece by piece. One reader; the file is closed when the last copy of this is gone.
///
/// The file was opened before the first piece is asked for, so that a picture which is deleted meanwhile is still read to
/// its end.
public struct PictureBytes: AsyncSequence, Sendable {
    /// Pieces of at most 64 KiB.
    public typealias Element = [UInt8]

    /// The bytes of all pieces together.
    public let byteCount: Int
    let file: OpenFile
    let queue: BlockingQueue

    /// Begins at the first byte.
    public func makeAsyncIterator() -> Iterator { Iterator(file: file, queue: queue, byteCount: byteCount) }

    /// All bytes at once.
    /// - Throws: ``StoresError`` where they cannot be read.
    public func collect() async throws(StoresError) -> [UInt8] {
        let (file, byteCount) = (file, byteCount)
        return try await queue.run { () throws(StoresError) in try file.read(at: 0, byteCount: byteCount) }
    }

    /// One reader's place.
    public struct Iterator: AsyncIteratorProtocol {
        let file: OpenFile
        let queue: BlockingQueue
        let byteCount: Int
        private var offset = 0

        init(file: OpenFile, queue: BlockingQueue, byteCount: Int) {
            self.file = file
            self.queue = queue
            self.byteCount = byteCount
        }

        /// The next piece; nil at the end.
        /// - Throws: ``StoresError`` where it cannot be read.
        public mutating func next() async throws -> [UInt8]? {
            let (file, start, count) = (file, offset, Swift.min(byteCount - offset, 1 << 16))
            guard count > 0 else { return nil }
            offset += count
            return try await queue.run { () throws(StoresError) in try file.read(at: start, byteCount: count)
            }
        }
    }
}

/// An open file that is read at offsets, and closed at the end of its life. Safe to read from many threads.
final class OpenFile: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Opens a plain file that must have a size.
    /// - Throws: ``StoresError``: `pictureMissing`, `damaged`, or the system's reason.
    init(_ path: String, byteCount: Int) throws(StoresError) {
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        self.path = path
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw FileSystem.failure("read", path) }
            throw StoresError(
                .pictureMissing, "\(path) is gone; somebody removed it, or a backup was restored without it")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int(status.st_size) == byteCount else {
            throw StoresError(
                .damaged,
                "\(path) does not have the \(byteCount) bytes that were written; restore it from a backup")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Reads exactly so many bytes.
    func read(at offset: Int, byteCount: Int) throws(StoresError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: byteCount)
        var filled = 0
        while filled < byteCount {
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress! + filled, byteCount - filled, off_t(offset + filled))
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileSystem.failure("read", path) }
            guard count > 0 else {
                throw StoresError(
                    .damaged, "\(path) was cut short while it was read; restore it from a backup")
            }
            filled += count
        }
        return bytes
    }
}
