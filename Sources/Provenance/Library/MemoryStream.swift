internal import CC2PA

/// Bytes in memory that the library reads, or writes, as a file.
final class MemoryStream {
    /// What is read, or was written.
    private(set) var bytes: [UInt8]
    /// How many bytes may be written; 0 where it is only read.
    private let limit: Int
    private var position = 0
    /// Whether more was to be written than may be.
    private(set) var isOverfull = false

    /// Bytes to be read.
    init(reading bytes: [UInt8]) {
        self.bytes = bytes
        limit = 0
    }

    /// Nothing yet, to be written.
    /// - Parameter limit: the most bytes.
    init(writingAtMost limit: Int) {
        bytes = []
        self.limit = limit
    }

    /// Lends the stream to the library for as long as `body` takes.
    /// - Throws: ``LibraryFailure`` where the library makes no stream of it, and what `body` throws.
    func lent<Result>(
        to library: CredentialLibrary, _ body: (OpaquePointer) throws(LibraryFailure) -> Result
    ) throws(LibraryFailure) -> Result {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let stream = library.functions.pointee.create_stream(
            context,
            { MemoryStream.at($0).read(into: $1, count: $2) },
            { MemoryStream.at($0).seek(to: $1, from: $2) },
            { MemoryStream.at($0).write($1, count: $2) },
            { _ in 0 })
        guard let stream else { throw library.lastFailure() }
        defer {
            library.functions.pointee.release_stream(stream)
            withExtendedLifetime(self) {}
        }
        return try body(stream)
    }

    fileprivate static func at(_ context: UnsafeMutableRawPointer) -> MemoryStream {
        Unmanaged<MemoryStream>.fromOpaque(context).takeUnretainedValue()
    }

    fileprivate func read(into target: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
        guard count >= 0 else { return -1 }
        let count = min(count, max(0, bytes.count - position))
        bytes.withUnsafeBufferPointer { source in
            guard count > 0, let start = source.baseAddress else { return }
            target.update(from: start + position, count: count)
        }
        position += count
        return count
    }

    fileprivate func seek(to offset: Int, from mode: Int32) -> Int {
        let start =
            switch Int(mode) {
            case ondol_c2pa_seek_start: 0
            case ondol_c2pa_seek_current: position
            case ondol_c2pa_seek_end: bytes.count
            default: -1
            }
        let (target, overflows) = start.addingReportingOverflow(offset)
        guard start >= 0, !overflows, target >= 0 else { return -1 }
        position = target
        return target
    }

    fileprivate func write(_ source: UnsafePointer<UInt8>, count: Int) -> Int {
        let (end, overflows) = position.addingReportingOverflow(count)
        guard count >= 0, !overflows, end <= limit else {
            isOverfull = true
            return -1
        }
        if end > bytes.count {
            // A gap is zeros, as in a file.
            if position > bytes.count { bytes += repeatElement(0, count: position - bytes.count) }
            bytes.removeLast(bytes.count - position)
            bytes += UnsafeBufferPointer(start: source, count: count)
        } else {
            bytes.withUnsafeMutableBufferPointer { target in
                guard count > 0, let start = target.baseAddress else { return }
                (start + position).update(from: source, count: count)
            }
        }
        position = end
        return count
    }
}
