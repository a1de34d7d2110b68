import TestSupport
import Testing

@testable import Images

@Suite struct PictureFuzzTests {
    /// Whatever is changed in a picture file, it is decoded within the limits or refused.
    @Test(arguments: PictureEncoding.each)
    func changedFilesAreDecodedOrRefused(encoding: PictureEncoding) throws {
        let original = try samplePicture(width: 40, height: 30).encoded(as: encoding)
        let limits = PictureLimits(pixelCount: 1_000_000, byteCount: 1_000_000)
        var refusalCount = 0
        let seeds: Range<UInt64> = 0..<300
        for seed in seeds {
            var generator = SeededGenerator(seed: seed)
            let bytes = mutated(original, using: &generator)
            do {
                let picture = try Picture(decoding: bytes, limits: limits)
                #expect(
                    picture.width * picture.height <= limits.pixelCount,
                    "PictureFuzzTests \(encoding) seed \(seed)")
            } catch is ImagesError {
                refusalCount += 1
            } catch {
                Issue.record("PictureFuzzTests \(encoding) seed \(seed): \(error)")
            }
            _ = PNGText.texts(in: bytes)
        }
        // Something is refused, or the changes would prove nothing.
        #expect(refusalCount > 0)
    }

    private func mutated(_ original: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...6, using: &generator) where bytes.count > 16 {
            // The beginning, where the sizes stand, as often as all the rest.
            let end = Bool.random(using: &generator) ? min(bytes.count, 64) : bytes.count
            let index = Int.random(in: 0..<end, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: bytes.remove(at: index)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: index)
            default:
                let length = min(bytes.count - index, Int.random(in: 1...32, using: &generator))
                bytes.removeSubrange(index..<index + length)
            }
        }
        return bytes
    }
}
