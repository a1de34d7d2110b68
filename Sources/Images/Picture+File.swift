import Glibc
import Tensors

extension Picture {
    /// Decodes a JPEG, PNG or WebP file.
    /// - Throws: ``ImagesError`` with `cannotOpen`, and all that ``init(decoding:limits:name:)`` throws.
    public init(contentsOf path: String, limits: PictureLimits = .standard) throws {
        try self.init(decoding: Self.fileBytes(at: path, limits: limits), limits: limits, name: path)
    }

    /// Writes the picture to a file, whole or not at all: whatever fails, the file keeps what it held.
    /// - Throws: ``ImagesError`` with `cannotWrite`, `diskFull`, and all that ``encoded(as:)`` throws.
    public func write(to path: String, as encoding: PictureEncoding) throws {
        try Self.write(encoded(as: encoding), to: path)
    }

    /// Writes an encoded picture to a file, whole or not at all.
    /// - Throws: ``ImagesError`` with `cannotWrite` or `diskFull`.
    public static func write(_ file: [UInt8], to path: String) throws {
        do {
            try file.withUnsafeBytes { try AtomicFile.write($0, to: path) }
        } catch let error as TensorsError {
            throw ImagesError(error.code == .diskFull ? .diskFull : .cannotWrite, error.message, cause: error)
        }
    }

    /// The bytes of a picture file, for ``PNGText/texts(in:)`` and the like.
    /// - Throws: ``ImagesError`` with `cannotOpen` or `fileTooLarge`.
    public static func fileBytes(at path: String, limits: PictureLimits = .standard) throws -> [UInt8] {
        func cannotOpen(_ reason: String) -> ImagesError {
            ImagesError(.cannotOpen, "cannot read \(path): \(reason); name a JPEG, PNG or WebP file")
        }
        // Without O_NONBLOCK a named pipe would hold us up for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw cannotOpen(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw cannotOpen("it is not a regular file")
        }
        guard Int(status.st_size) <= limits.byteCount else {
            throw ImagesError.fileTooLarge(name: path, byteCount: Int(status.st_size), limits: limits)
        }
        return try [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            while count < buffer.count {
                let result = read(descriptor, buffer.baseAddress! + count, buffer.count - count)
                if result < 0 && errno == EINTR { continue }
                guard result >= 0 else { throw cannotOpen(String(cString: strerror(errno))) }
                // A file that became shorter meanwhile ends here, and is refused by the decoder.
                if result == 0 { break }
                count += result
            }
        }
    }
}
