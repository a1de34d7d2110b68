/// Decides which entries must go.
enum CacheEviction {
    /// An unfinished file older than this, against the newest file, belongs to a process that is gone: writing an
    /// entry takes seconds.
    static let abandonedNanoseconds: Int64 = 3_600_000_000_000

    /// The names of the files to remove so that the rest fits into `byteLimit`: abandoned unfinished files, then
    /// the least recently used entries.
    static func plan(files: [CacheFile.Entry], byteLimit: Int) -> [String] {
        let newest = files.map(\.modified).max() ?? 0
        var removed: [String] = []
        var total = 0
        let byUse = files.sorted { ($0.modified, $0.name) > ($1.modified, $1.name) }
        for file in byUse {
            if file.name.hasPrefix(CacheFile.temporaryPrefix) {
                if newest - file.modified > abandonedNanoseconds { removed.append(file.name) }
            } else if total + file.byteCount <= byteLimit {
                total += file.byteCount
            } else {
                removed.append(file.name)
                // Nothing older stays either, however small: the order of use is the order.
                total = byteLimit
            }
        }
        return removed
    }
}
