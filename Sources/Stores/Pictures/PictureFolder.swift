import Glibc
import Serving

/// Pictures as files: `ab/pic_…ab` under one folder, 1,024 folders of them.
///
/// A file appears whole or not at all: it is written under another name, flushed, and renamed. All calls block.
struct PictureFolder: Sendable {
    /// The folder's path.
    let path: String
    /// How much room must be left on the disk after a write, in bytes: the database needs it to say what happened.
    let reserveBytes: Int

    /// The largest picture, in bytes: far beyond what any size we draw can take.
    static let largestPictureBytes = 256 << 20

    private var unfinishedPath: String { path + "/unfinished" }

    /// Makes the folder where it is not there.
    func prepare() throws(StoresError) {
        try FileSystem.makeFolder(path)
        try FileSystem.makeFolder(unfinishedPath)
    }

    /// Writes a picture.
    /// - Throws: ``StoresError`` with `diskFull`, `notWritable` or `inputOutput`; nothing is left behind then.
    func write(_ bytes: [UInt8], as id: PictureIdentifier) throws(StoresError) {
        guard (1...Self.largestPictureBytes).contains(bytes.count) else {
            throw StoresError(
                .invalidArgument,
                "a picture of \(bytes.count) bytes is not kept; 1 to \(Self.largestPictureBytes) are possible"
            )
        }
        try checkReserve(for: bytes.count)
        let unfinished = unfinishedPath + "/" + id.text
        do throws(StoresError) {
            try FileSystem.write(bytes, to: unfinished)
            try FileSystem.makeFolder(shardPath(of: id))
            guard rename(unfinished, filePath(of: id)) == 0 else {
                throw FileSystem.failure("write", filePath(of: id))
            }
        } catch {
            unlink(unfinished)
            throw error
        }
        FileSystem.flushFolder(shardPath(of: id))
    }

    /// Whether there is a picture.
    func contains(_ id: PictureIdentifier) -> Bool { access(filePath(of: id), F_OK) == 0 }

    /// Removes a picture; one that is gone already is as good as removed.
    func remove(_ id: PictureIdentifier) { unlink(filePath(of: id)) }

    /// Where a picture lies.
    func filePath(of id: PictureIdentifier) -> String { shardPath(of: id) + "/" + id.text }

    private func shardPath(of id: PictureIdentifier) -> String { path + "/" + String(id.text.suffix(2)) }

    /// The folders that pictures lie in.
    func shards() -> [String] {
        FileSystem.names(in: path).filter { $0.utf8.count == 2 }.map { path + "/" + $0 }
    }

    /// Pictures in a folder that were written before a moment.
    func pictures(in shard: String, before moment: Moment) -> [PictureIdentifier] {
        FileSystem.names(in: shard).compactMap(PictureIdentifier.init).filter {
            FileSystem.modified(shard + "/" + $0.text).map { $0 < moment } ?? false
        }
    }

    /// Removes files that were begun before a moment and never finished.
    func removeUnfinished(before moment: Moment) -> Int {
        let abandoned = FileSystem.names(in: unfinishedPath).filter {
            FileSystem.modified(unfinishedPath + "/" + $0).map { $0 < moment } ?? false
        }
        for name in abandoned { unlink(unfinishedPath + "/" + name) }
        return abandoned.count
    }

    private func checkReserve(for byteCount: Int) throws(StoresError) {
        guard let free = FileSystem.freeBytes(path), free < byteCount + reserveBytes else { return }
        throw StoresError(
            .diskFull,
            "\(path) has \(free >> 20) MiB left and \(reserveBytes >> 20) MiB are held back for the database; free some space, or keep pictures for less time"
        )
    }
}
