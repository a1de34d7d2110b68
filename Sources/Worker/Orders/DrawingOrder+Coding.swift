import FoundationEssentials
import Images
import Serving
import Stores

extension DrawingOrder {
    /// The newest form that is read. An order is written in the oldest form that says all of it, so that workers of an older
    /// version draw what they can, and refuse the rest: 2 has masks, 3 has styles.
    static let version = 3

    private var writtenVersion: Int { styles.isEmpty ? (photo?.mask == nil ? 1 : 2) : 3 }

    /// The payload that the store keeps.
    /// - Throws: ``WorkerError`` with code `invalidOrder` where the order breaks a rule.
    public func payload() throws(WorkerError) -> [UInt8] {
        try validate()
        let encoder = JSONEncoder()
        // The same order is the same bytes.
        encoder.outputFormatting = .sortedKeys
        do {
            return Array(try encoder.encode(self))
        } catch {
            throw WorkerError(.invalidOrder, "the order holds a number that cannot be written", cause: error)
        }
    }

    /// Reads a payload.
    /// - Throws: ``WorkerError``: `newerOrder`, or `invalidOrder` where it is no order or breaks a rule.
    public init(payload: [UInt8]) throws(WorkerError) {
        let decoder = JSONDecoder()
        let data = Data(payload)
        do {
            let written = try decoder.decode(WrittenVersion.self, from: data).version
            guard written <= Self.version else {
                throw WorkerError(
                    .newerOrder,
                    "the order is of version \(written) and this program reads up to \(Self.version); update the worker"
                )
            }
            self = try decoder.decode(Self.self, from: data)
        } catch let error as WorkerError {
            throw error
        } catch {
            // What the decoder says may quote the payload.
            throw WorkerError(
                .invalidOrder,
                "a payload of \(payload.count) bytes is no order of version \(Self.version); ask for the picture again"
            )
        }
        try validate()
    }

    private struct WrittenVersion: Decodable { let version: Int }
}

extension DrawingOrder: Codable {
    private enum Key: String, CodingKey {
        case version, prompt, negativePrompt, model, width, height, seeds, recipe, guidanceScale, format,
            quality, askedQuality, photo, strength, mask, previewCount, keptSeconds, credentials, styles
    }

    /// Reads an order; use ``init(payload:)``, which checks it as well.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        self.init(
            prompt: try fields.decode(String.self, forKey: .prompt),
            shape: PictureShape(
                model: try fields.decode(String.self, forKey: .model),
                width: try fields.decode(Int.self, forKey: .width),
                height: try fields.decode(Int.self, forKey: .height)),
            seeds: try fields.decode([UInt64].self, forKey: .seeds))
        negativePrompt = try fields.decodeIfPresent(String.self, forKey: .negativePrompt) ?? ""
        ownRecipe = try fields.decodeIfPresent(TierRecipe.self, forKey: .recipe)
        guidanceScale = try fields.decodeIfPresent(Double.self, forKey: .guidanceScale)
        askedQuality = try fields.decodeIfPresent(Quality.self, forKey: .askedQuality) ?? .auto
        let name = try fields.decode(String.self, forKey: .format)
        guard let format = PictureFormat(rawValue: name) else {
            throw DecodingError.dataCorruptedError(
                forKey: .format, in: fields, debugDescription: "no such format")
        }
        output = Output(format, quality: try fields.decode(Int.self, forKey: .quality))
        if let picture = try fields.decodeIfPresent(PictureIdentifier.self, forKey: .photo) {
            photo = Photo(
                picture, strength: try fields.decode(Double.self, forKey: .strength),
                mask: try fields.decodeIfPresent(PictureIdentifier.self, forKey: .mask))
        }
        previewCount = try fields.decodeIfPresent(Int.self, forKey: .previewCount) ?? 0
        keptSeconds = try fields.decodeIfPresent(Double.self, forKey: .keptSeconds)
        styles = try fields.decodeIfPresent([StyleUse].self, forKey: .styles) ?? []
        credentials = try fields.decodeIfPresent(CredentialWishes.self, forKey: .credentials)
    }

    /// Writes an order with its version.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(writtenVersion, forKey: .version)
        try fields.encode(prompt, forKey: .prompt)
        if !negativePrompt.isEmpty { try fields.encode(negativePrompt, forKey: .negativePrompt) }
        try fields.encode(shape.model, forKey: .model)
        try fields.encode(shape.width, forKey: .width)
        try fields.encode(shape.height, forKey: .height)
        try fields.encode(seeds, forKey: .seeds)
        try fields.encodeIfPresent(ownRecipe, forKey: .recipe)
        try fields.encodeIfPresent(guidanceScale, forKey: .guidanceScale)
        try fields.encode(askedQuality, forKey: .askedQuality)
        try fields.encode(output.format.rawValue, forKey: .format)
        try fields.encode(output.quality, forKey: .quality)
        try fields.encodeIfPresent(photo?.picture, forKey: .photo)
        try fields.encodeIfPresent(photo?.strength, forKey: .strength)
        try fields.encodeIfPresent(photo?.mask, forKey: .mask)
        if previewCount > 0 { try fields.encode(previewCount, forKey: .previewCount) }
        try fields.encodeIfPresent(keptSeconds, forKey: .keptSeconds)
        try fields.encodeIfPresent(credentials, forKey: .credentials)
        if !styles.isEmpty { try fields.encode(styles, forKey: .styles) }
    }
}
