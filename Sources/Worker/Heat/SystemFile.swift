import Glibc

/// Reads the small files in which Linux shows its sensors.
enum SystemFile {
    /// More than any of these files holds.
    private static let byteLimit = 256

    /// A file's text without its line's end; nil where it cannot be read.
    static func text(_ path: String) -> String? {
        // Without O_NONBLOCK a named pipe in a sensor's place would hold us up for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: byteLimit)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0, let text = String(validating: bytes[..<count], as: UTF8.self) else { return nil }
        return String(text.prefix { $0 != "\n" && $0 != "\0" })
    }

    /// A file's whole number; nil where there is none.
    static func number(_ path: String) -> Double? {
        text(path).flatMap { Int64($0.filter { $0 != " " }) }.map(Double.init)
    }

    /// The names in a folder, sorted; none where it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// What a sensor that cannot be read throws.
    static func unreadable(_ name: String) -> WorkerError {
        WorkerError(
            .sensorUnreadable,
            "the sensor \(name) cannot be read any more; it may be gone, or another's to read")
    }
}
