import Images
import Provenance
import Stores

/// A picture that is ready to be stored.
public struct FinishedPicture: Sendable, Hashable {
    /// Its file.
    public let bytes: [UInt8]
    /// What it looks like; nil where it is not to be known again by that, or has too little in it.
    public let likeness: PictureLikeness?

    /// Pairs a file with what the picture in it looks like.
    /// - Parameter picture: as it is in the file, but for a label, which changes few bits; nil for none.
    public init(bytes: [UInt8], looks picture: Picture? = nil) {
        self.bytes = bytes
        likeness = picture.flatMap { picture in
            let (hash, quality) = PerceptualHash.measured(picture)
            return quality < PerceptualHash.qualityLimit ? nil : PictureLikeness(hash.bytes)
        }
    }
}
