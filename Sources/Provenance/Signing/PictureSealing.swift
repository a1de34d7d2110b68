import Images

/// Finishes pictures: draws the label, encodes, writes the metadata, signs. In this order, because each step seals what
/// was done before.
///
/// It may be used from many threads at once.
public struct PictureSealing: Sendable {
    /// Signs; nil where pictures leave without credentials.
    public let signer: CredentialSigner?

    /// - Parameter signer: nil leaves pictures unsigned; labels and metadata they get all the same.
    public init(signer: CredentialSigner?) { self.signer = signer }

    /// The finished file.
    /// - Parameter label: whose rules the visible label follows; nil draws none.
    /// - Throws: `ImagesError` where the picture cannot be encoded, ``ProvenanceError`` where it can be neither labelled nor
    ///   signed.
    public func seal(
        _ picture: Picture, as encoding: PictureEncoding, origin: PictureOrigin, label: LabelPreset? = nil
    ) throws -> SignedPicture {
        var picture = picture
        var origin = origin
        if let label {
            picture = try VisibleLabel(label).drawn(on: picture, isEdited: origin.isEdited)
            origin.hasChineseLabel = origin.hasChineseLabel || label == .china
        }
        let bytes = try picture.encoded(as: encoding, metadata: PictureMetadata(origin).packet)
        guard let signer else { return SignedPicture(bytes: bytes, time: .unstamped) }
        return try signer.sign(bytes, from: origin)
    }
}
