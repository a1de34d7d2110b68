import Crypto
import Glibc

/// The secret of a data folder, from which each use gets a key of its own.
///
/// It is made at the first start and the same after every other: links and visitors' cookies outlive a restart.
public struct ServiceSecret: Sendable {
    private let bytes: [UInt8]

    /// Reads the folder's secret, or makes it where there is none.
    /// - Parameter randomBits: chance that nobody can guess.
    /// - Throws: ``ServiceError`` where the file cannot be read, written, or is not of the right size.
    public init(folder: String, randomBits: () -> UInt64) throws(ServiceError) {
        let path = folder + "/secret"
        if let bytes = try Self.read(path) {
            self.bytes = bytes
            return
        }
        let fresh = (0..<Self.byteCount / 8).flatMap { _ in
            withUnsafeBytes(of: randomBits()) { Array($0) }
        }
        try Self.write(fresh, to: path)
        // Where two made one at the same moment, the first is everybody's.
        bytes = try Self.read(path) ?? fresh
    }

    /// The key of one use.
    public func key(for use: String) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes), info: Array("ondol \(use)".utf8), outputByteCount: 32
        )
        return key.withUnsafeBytes { Array($0) }
    }

    private static let byteCount = 32

    private static func read(_ path: String) throws(ServiceError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw ServiceError(.file, "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: byteCount + 1)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count == byteCount else {
            throw ServiceError(
                .damaged,
                "\(path) is not the secret that this program wrote; restore it, or remove it, which ends all links and cookies"
            )
        }
        return Array(bytes.prefix(byteCount))
    }

    /// Writes beside the file and links it into place, so that it is whole or not there, and never replaces another.
    private static func write(_ bytes: [UInt8], to path: String) throws(ServiceError) {
        let draft = path + ".\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ServiceError(.file, "\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        defer { unlink(draft) }
        let isWritten = bytes.withUnsafeBytes {
            Glibc.write(descriptor, $0.baseAddress, $0.count) == $0.count
        }
        let isFlushed = fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, isFlushed, link(draft, path) == 0 || errno == EEXIST else {
            throw ServiceError(.file, "\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
