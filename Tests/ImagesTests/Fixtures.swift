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

extension PictureEncoding {
    /// One encoding of each format.
    static let each: [PictureEncoding] = [.png(), .jpeg(), .webp()]
}

/// Pictures that this program cannot write, made once with Pillow 13.0.0.
enum ForeignFixture {
    /// `Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(file, "JPEG", quality=90)`: red ink.
    static let inkJPEG = bytes(
        hexadecimal: """
            ffd8ffee000e41646f626500640000000000ffdb0043000302020302020303030304030304050805050404050a070706
            080c0a0c0c0b0a0b0b0d0e12100d0e110e0b0b1016101113141515150c0f171816141812141514ffc000140800080008
            044311004d11005911004b1100ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc4
            00b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c115
            52d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a63646566
            6768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2
            c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda000e0443004d005900
            4b00003f00fd53afcaaafcaaafd53affd9
            """)

    /// Two frames of 6x4, red and blue: `red.save(file, "WEBP", save_all=True, append_images=[blue],
    /// lossless=True)`.
    static let animatedWebP = bytes(
        hexadecimal: """
            524946468400000057454250565038580a00000002000000050000030000414e494d06000000000000000000414e4d46
            28000000000000000000050000030000000000025650384c0f0000002f05c000000710fd8ffe0722a2ff0100414e4d46
            28000000000000000000050000030000000000005650384c0f0000002f05c000000710d1fffe0722a2ff0100
            """)

    private static func bytes(hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

/// An RGB colour profile without gamma, in which red and blue have changed places.
///
/// Source: ICC.1:2001-04, sections 6.1, 6.2, 6.5.2 and 6.5.22.
let swappedLinearProfile: [UInt8] = {
    func number(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian, Array.init) }
    func point(_ values: [Double]) -> [UInt8] {
        Array("XYZ \0\0\0\0".utf8) + values.flatMap { number(UInt32(($0 * 65536).rounded())) }
    }
    let linear = Array("curv\0\0\0\0".utf8) + number(0)
    let (red, green, blue) = ([0.4360, 0.2225, 0.0139], [0.3851, 0.7169, 0.0971], [0.1431, 0.0606, 0.7141])
    let tags = [
        ("wtpt", point([0.9642, 1, 0.8249])), ("rXYZ", point(blue)), ("gXYZ", point(green)),
        ("bXYZ", point(red)),
        ("rTRC", linear), ("gTRC", linear), ("bTRC", linear),
    ]
    var table = number(UInt32(tags.count))
    var data: [UInt8] = []
    for (name, content) in tags {
        table +=
            Array(name.utf8) + number(UInt32(128 + 4 + tags.count * 12 + data.count))
            + number(UInt32(content.count))
        data += content
    }
    var header = number(UInt32(128 + table.count + data.count)) + number(0) + number(0x0210_0000)
    header += Array("mntrRGB XYZ ".utf8) + [UInt8](repeating: 0, count: 12) + Array("acsp".utf8)
    header += [UInt8](repeating: 0, count: 28) + number(0xF6D6) + number(0x10000) + number(0xD32D)
    header += [UInt8](repeating: 0, count: 128 - header.count)
    return header + table + data
}()
