import Bars
import Images

/// What may happen to a signed picture on its way.
enum PictureDamage {
    /// The same credential in a file of which a byte of the picture is another.
    /// - Throws: where no byte can be found whose change leaves a picture.
    static func pictureChanged(_ signed: [UInt8]) throws -> [UInt8] {
        if PictureFormat(magicOf: signed) == .png { return try moved(signed) }
        let before = try Picture(decoding: signed)
        for distance in stride(from: 40, to: signed.count / 2, by: 37) {
            var bytes = signed
            bytes[bytes.count - distance] ^= 0x04
            if let after = try? Picture(decoding: bytes), after != before { return bytes }
        }
        throw BenchError("no byte of the picture can be changed")
    }

    /// A PNG's checksums forbid the change of a byte: the credential moves into the file of another picture.
    private static func moved(_ signed: [UInt8]) throws -> [UInt8] {
        let picture = try Picture(decoding: signed)
        var pixels = picture.bytes
        pixels[0] ^= 0x40
        let other = try Picture(width: picture.width, height: picture.height, bytes: pixels)
            .encoded(as: .png())
        var position = 8
        while position + 12 <= signed.count {
            let count = signed[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = position + 12 + count
            if signed[position + 4..<position + 8].elementsEqual("caBX".utf8) {
                // Behind the header, which is 25 bytes after the signature's eight.
                return Array(other[..<33]) + signed[position..<end] + other[33...]
            }
            position = end
        }
        throw BenchError("the picture has no credential")
    }

    /// A letter in the credential is another: the last word of the digital source type.
    static func credentialChanged(_ signed: [UInt8]) -> [UInt8] {
        let word = Array("modelIdentifier".utf8)
        var bytes = signed
        if let place = bytes.firstRange(of: word) { bytes[place.lowerBound] ^= 0x01 }
        return bytes
    }
}
