import Serving

/// What a picture looks like: a perceptual hash of 256 bits. What its bits mean is not this room's to know.
public struct PictureLikeness: Sendable, Hashable {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// How many bytes there are.
    public static let byteCount = 32

    /// Takes a hash; nil where it has not 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }
}

/// A picture that was delivered, by what it looks like. It is kept for longer than the picture.
public struct LikenessRecord: Sendable, Hashable {
    /// Its place in the order of delivery; never used twice.
    public let number: Int64
    /// What the picture looks like.
    public let likeness: PictureLikeness
    /// The picture, which may be gone by now.
    public let picture: PictureIdentifier
    /// Whose it is.
    public let caller: CallerIdentifier
    /// When it was delivered.
    public let made: Moment
}

/// What pictures that were delivered look like, so that one is known again that has lost its credential.
///
/// They come by ``JobStore/complete(_:picture:event:at:alongside:)``, in the transaction that delivers the picture, and go by
/// the retention policy, or with the picture where somebody deletes that.
public protocol LikenessStore: Sendable {
    /// Those delivered after a number, oldest first.
    /// - Parameter limit: the most to give; 1 to 10,000.
    func likenesses(after number: Int64, limit: Int) async throws(StoresError) -> [LikenessRecord]

    /// The one of a number; nil where it is gone.
    func likeness(_ number: Int64) async throws(StoresError) -> LikenessRecord?
}
