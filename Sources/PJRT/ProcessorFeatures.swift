/// What the machine's processor can do, as machine code compiled for it depends on it.
enum ProcessorFeatures {
    /// The lines of `/proc/cpuinfo` that tell processors apart: x86 writes `flags`, ARM `Features` and numbers.
    private static let keys: Set<String> = [
        "vendor_id", "cpu family", "model", "model name", "flags", "Features", "CPU implementer", "CPU part",
        "CPU variant",
    ]

    /// The features of this machine, read once; empty where the system does not tell.
    static let current: String = {
        guard let bytes = try? CacheFile.read(path: "/proc/cpuinfo", byteLimit: 64 * 1024) else { return "" }
        return describe(processorInformation: String(decoding: bytes, as: UTF8.self))
    }()

    /// Picks the telling lines of the first processor of a text like `/proc/cpuinfo`.
    static func describe(processorInformation text: String) -> String {
        let firstProcessor = text.split(separator: "\n", omittingEmptySubsequences: false).prefix {
            !$0.isEmpty
        }
        return firstProcessor.filter { line in
            let key = line.prefix { $0 != ":" && $0 != "\t" }
            return keys.contains(String(key))
        }.joined(separator: "\n")
    }
}
