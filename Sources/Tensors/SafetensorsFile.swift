import Glibc

/// An open safetensors file: what it holds is known at once, the tensors are read when asked for.
///
/// The header is checked in full before anything is believed: see ``SafetensorsHeader``. Tensors are read
/// straight into their final memory, with `pread` and not through a mapping, because a mapped file that somebody
/// truncates kills the process.
///
/// A value over an open file, which closes with its last copy; it may be used from many threads at once.
///
/// Source: https://github.com/huggingface/safetensors, section "Format".
public struct SafetensorsFile: Sendable {
    /// Where the file was opened.
    public let path: String
    /// What the file's header says.
    public let header: SafetensorsHeader
    /// Bytes before the first tensor's.
    private let dataOffset: Int
    private let file: OpenFile

    /// The names of all tensors, sorted.
    public var names: [String] { header.tensors.map(\.name) }
    /// The free text entries of the header.
    public var metadata: [String: String] { header.metadata }

    /// Opens a file and checks its header.
    /// - Throws: ``TensorsError``, saying what is wrong with the file and what to do.
    public init(path: String) throws {
        let file = try OpenFile(path: path)
        let preambleByteCount = SafetensorsHeader.preambleByteCount
        let beginning = try file.bytes(
            at: 0, count: min(file.byteCount, SafetensorsForeignFile.sampleByteCount))
        try SafetensorsForeignFile.refuse(beginning, path: path)
        guard beginning.count >= preambleByteCount else {
            throw TensorsError(
                .truncated,
                "\(path) holds \(file.byteCount) bytes, too few for a safetensors file; get it again")
        }
        let length = beginning.prefix(preambleByteCount).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(SafetensorsHeader.maximumByteCount) else {
            throw TensorsError(
                .headerTooLarge,
                "\(path) claims a header of \(length) bytes, over the limit of \(SafetensorsHeader.maximumByteCount);"
                    + " it is damaged or no safetensors file: get it again")
        }
        let headerByteCount = Int(length)
        let dataOffset = preambleByteCount + headerByteCount
        guard dataOffset <= file.byteCount else {
            throw TensorsError(
                .truncated,
                "\(path) ends after \(file.byteCount) bytes, inside its header of \(headerByteCount); get it again"
            )
        }
        self.path = path
        self.file = file
        self.dataOffset = dataOffset
        self.header = try SafetensorsHeader(
            parsing: file.bytes(at: preambleByteCount, count: headerByteCount),
            dataByteCount: file.byteCount - dataOffset, path: path)
    }

    /// What the header says of one tensor, or nil where the file holds none of that name. Logarithmic time.
    public func description(of name: String) -> SafetensorsHeader.Tensor? { header.tensor(named: name) }

    /// Reads one tensor.
    ///
    /// Costs one pass over the tensor's bytes.
    /// - Throws: ``TensorsError`` where the file holds no tensor of that name or can no longer be read.
    public func tensor(named name: String) throws -> HostTensor {
        guard let entry = description(of: name) else {
            throw TensorsError(
                .tensorNotFound,
                "\(path) holds no tensor \(SafetensorsHeader.quoted(name)) among its \(header.tensors.count);"
                    + " it may belong to another kind of model")
        }
        return try HostTensor(entry.elementType, entry.shape) { bytes in
            // An empty tensor's memory still holds a byte.
            let target = UnsafeMutableRawBufferPointer(rebasing: bytes[..<entry.byteRange.count])
            try file.read(into: target, at: dataOffset + entry.byteRange.lowerBound)
            // A Swift Bool of any other byte is undefined behaviour.
            if entry.elementType == .i1, target.contains(where: { $0 > 1 }) {
                throw TensorsError(
                    .invalidElement,
                    "\(path) holds truth values other than 0 and 1 in \(SafetensorsHeader.quoted(name)); get it again"
                )
            }
        }
    }
}

/// A file open for reading at any offset; closes itself. Safe to share: `pread` moves no position.
private final class OpenFile: Sendable {
    let path: String
    let byteCount: Int
    private let descriptor: Int32

    init(path: String) throws {
        // Without O_NONBLOCK a named pipe would hold us up for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw TensorsError(
                .cannotOpen, "cannot open \(path): \(reason); check the path and who may read it")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw TensorsError(.cannotOpen, "\(path) is not a regular file; name a .safetensors file")
        }
        self.path = path
        self.descriptor = descriptor
        self.byteCount = Int(status.st_size)
    }

    deinit { close(descriptor) }

    func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
            initializedCount = count
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let reason =
                    count < 0 ? String(cString: strerror(errno)) : "it became shorter while it was open"
                throw TensorsError(
                    .cannotRead, "cannot read \(path): \(reason); check the disk and get it again")
            }
            done += count
        }
    }
}
