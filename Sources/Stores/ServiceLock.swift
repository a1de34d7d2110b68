import Glibc

/// Sees to it that one service at a time serves from a data folder. Held until it is let go of, or the process ends.
public final class ServiceLock: Sendable {
    private let descriptor: Int32

    /// Takes the folder, which is made where it is not there.
    /// - Throws: ``StoresError``: `locked` where another service has it, naming its process; `notWritable`.
    public init(folder: String) throws(StoresError) {
        try FileSystem.makeFolder(folder)
        let path = folder + "/service.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileSystem.failure("write", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var text = [UInt8](repeating: 0, count: 20)
            let count = Glibc.read(descriptor, &text, text.count)
            let process = String(decoding: text.prefix(max(0, count)).prefix { $0 != 0x0A }, as: UTF8.self)
            throw StoresError(
                .locked,
                "\(folder) is served by another process (\(process.isEmpty ? "unknown" : process)) already; stop that one, or name another folder with --data"
            )
        }
        ftruncate(descriptor, 0)
        let process = Array("\(getpid())\n".utf8)
        // For people to read; the lock holds without it.
        _ = Glibc.write(descriptor, process, process.count)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
