import Painter

/// What is learned from: a function of a picture's number alone.
extension HanjiRecipe {
    /// A painted picture as the model sees it: pixels in -1…1.
    func pixels(ofPicture number: Int) throws -> [Float] {
        try edition.painting(ofPicture: UInt64(number), size: pictureSize).pixels.map {
            Float($0) / 127.5 - 1
        }
    }

    /// A square out of a painted picture, its place decided by the picture's number.
    func pixels(ofPicture number: Int, crop: Int) throws -> [Float] {
        let size = pictureSize
        guard crop < size else { return try pixels(ofPicture: number) }
        let painting = try edition.painting(ofPicture: UInt64(number), size: size)
        let places = UInt64(size - crop + 1)
        let scattered = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
        let (left, top) = (Int((scattered >> 40) % places), Int((scattered >> 16) % places))
        var pixels: [Float] = []
        pixels.reserveCapacity(crop * crop * 3)
        for row in top..<top + crop {
            let start = (row * size + left) * 3
            for byte in painting.pixels[start..<start + crop * 3] { pixels.append(Float(byte) / 127.5 - 1) }
        }
        return pixels
    }

    /// How many pictures go through the autoencoder at once where they are only looked at: as many pixels as sixteen
    /// pictures of 128 × 128 have, a few hundred megabytes on the way.
    var rowsAtOnce: Int { min(16, max(1, 16 * 128 * 128 / (pictureSize * pictureSize))) }

    /// A caption of a picture, in Korean or English, one of many.
    func caption(ofPicture number: Int, variation: UInt64) -> String {
        edition.caption(
            ofPicture: UInt64(number), language: variation & 1 == 0 ? .korean : .english,
            seed: variation >> 1)
    }
}
