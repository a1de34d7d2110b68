import Glibc
import Tensors

/// A folder of its own for one test, removed with everything in it.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    var template = Array("/tmp/ondol-tests-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    precondition(made, "cannot make a temporary folder")
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer {
        for name in fileNames(in: folder) { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }
    return try body(folder)
}

/// The names of the files in a folder, hidden ones too.
func fileNames(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
}

/// Writes bytes as they are, without any of the code under test.
func writeBytes(_ bytes: [UInt8], to path: String) {
    let file = fopen(path, "w")!
    defer { fclose(file) }
    precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count)
}

/// Reads a whole file, without any of the code under test.
func readBytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return bytes
}

/// A safetensors file of a given header and as many bytes of data.
func safetensorsBytes(header: [UInt8], dataByteCount: Int) -> [UInt8] {
    let length = UInt64(header.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + header
        + (0..<dataByteCount).map { UInt8(truncatingIfNeeded: $0) }
}

/// A small generator of its own, so that a seed means the same on every machine.
///
/// Source: Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014 (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
