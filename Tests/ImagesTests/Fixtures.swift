import Glibc
import Images

/// A picture of smooth colours in which no two quarters are alike, so that turning it shows.
func samplePicture(width: Int = 48, height: Int = 32) -> Picture {
    var bytes: [UInt8] = []
    for y in 0..<height {
        for x in 0..<width {
            bytes += [UInt8(x * 255 / max(width - 1, 1)), UInt8(y * 255 / max(height - 1, 1))]
            bytes.append(UInt8((x + y) * 127 / max(width + height - 2, 1)))
        }
    }
    return Picture(width: width, height: height, bytes: bytes)
}

/// The largest and the mean difference of any channel, or nil where the sizes differ.
func difference(_ left: Picture, _ right: Picture) -> (largest: Int, mean: Double)? {
    guard left.width == right.width, left.height == right.height else { return nil }
    let differences = zip(left.bytes, right.bytes).map { abs(Int($0) - Int($1)) }
    return (differences.max()!, Double(differences.reduce(0, +)) / Double(differences.count))
}

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
