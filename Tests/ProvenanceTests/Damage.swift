import Images
import TestSupport

/// What may happen to a signed picture on its way.
enum Damage {
    /// Changes one byte of the compressed picture, so that it decodes to other pixels or is broken.
    static func pictureChanged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        // A WebP begins with the picture and ends with the credential; the others end with the picture.
        let place = PictureFormat(magicOf: bytes) == .webp ? 200 : bytes.count - 40
        bytes[place] ^= 0x04
        return bytes
    }

    /// Changes one letter in the credential, of a word that metadata do not have.
    static func credentialChanged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let place = bytes.firstRange(of: Array("modelIdentifier".utf8))
        precondition(place != nil, "the credential does not name the model's identifier")
        bytes[place!.lowerBound] ^= 0x01
        return bytes
    }

    /// Cuts the file off.
    static func truncated(_ bytes: [UInt8], keeping share: Double = 0.9) -> [UInt8] {
        Array(bytes.prefix(Int(Double(bytes.count) * share)))
    }

    /// Takes the credential out, as whatever decodes and encodes a picture does.
    static func stripped(_ bytes: [UInt8]) throws -> [UInt8] {
        let format = PictureFormat(magicOf: bytes)
        let encoding = PictureEncoding.each.first { $0.format == format } ?? .png()
        return try Picture(decoding: bytes).encoded(as: encoding)
    }

    /// Random changes, as a fuzzer makes them.
    static func random(_ original: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...8, using: &generator) where bytes.count > 64 {
            let end = Bool.random(using: &generator) ? min(bytes.count, 4096) : bytes.count
            let index = Int.random(in: 12..<end, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: bytes.remove(at: index)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: index)
            case 4:
                // Lengths are four bytes here and there.
                for offset in 0..<4 where index + offset < bytes.count {
                    bytes[index + offset] = [0, 0x7F, 0xFF].randomElement(using: &generator) ?? 0
                }
            default:
                let length = min(bytes.count - index, Int.random(in: 1...200, using: &generator))
                bytes.removeSubrange(index..<index + length)
            }
        }
        return bytes
    }
}
