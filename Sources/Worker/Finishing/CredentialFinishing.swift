import Images
import Provenance
import Rights

/// Finishes drawn pictures for delivery: label, metadata and credential, as their orders wish or else the operator.
///
/// It may be used from many threads at once.
public struct CredentialFinishing: Sendable {
    /// Labels, encodes and signs.
    public let sealing: PictureSealing
    /// Who provides the service, as metadata name it.
    public var provider = "Ondol"
    /// The program's version.
    public var programVersion: String
    /// The models by name; one that is missing is told by its name alone.
    public var models: [String: PictureOrigin.Model] = [:]
    /// Whose styles an order's are, by what they are called where they were loaded; nil where it has none.
    public var credit: @Sendable (_ uses: [StyleUse], _ loadedStyles: [String]) -> PictureOrigin.Style? = {
        _, _ in nil
    }
    /// What pictures say whose orders wish nothing.
    public var standardWishes = CredentialWishes()
    /// Told of every picture that has no time stamp although it should have one.
    public var onTimestampFailure: @Sendable (TimestampFailure) -> Void = { _ in }

    /// Finishes by a sealing.
    public init(sealing: PictureSealing, programVersion: String) {
        self.sealing = sealing
        self.programVersion = programVersion
    }

    /// The file of a picture.
    /// - Parameters:
    ///   - texts: what a PNG says beside its credential.
    ///   - milliseconds: now, since 1970.
    /// - Throws: `ImagesError`, `ProvenanceError`: the picture is not delivered then, rather than unsigned.
    public func file(
        _ picture: Picture, for context: FinishingContext, texts: [PNGText], at milliseconds: Int64
    ) throws -> [UInt8] {
        let order = context.order
        let wishes = order.credentials ?? standardWishes
        let model = models[order.shape.model] ?? PictureOrigin.Model(name: order.shape.model)
        var origin = PictureOrigin(
            provider: provider, programVersion: programVersion, model: model,
            time: try Timestamp(milliseconds: milliseconds))
        // One name for each picture, which says nothing about its caller.
        origin.identifier = "\(context.job.id)"
        if order.photo != nil { origin.beginning = context.photo.map { .photo(bytes: $0) } ?? .lostPhoto }
        origin.style = credit(order.styles, context.loadedStyles)
        wishes.apply(to: &origin, prompt: order.prompt, seed: context.seed)
        let encoding: PictureEncoding
        if case .png = context.encoding { encoding = .png(texts: texts) } else { encoding = context.encoding }
        let signed = try sealing.seal(picture, as: encoding, origin: origin, label: wishes.label)
        if case .failed(let failure) = signed.time { onTimestampFailure(failure) }
        return signed.bytes
    }
}
