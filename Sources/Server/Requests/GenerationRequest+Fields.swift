import Serving

/// The fields that generations and edits share.
///
/// Source: OpenAI's API description, `CreateImageRequest` and `CreateImageEditRequest`, with the words that its Python
/// client 3.54 lists.
extension GenerationRequest {
    /// Fields that clients know of and this service cannot honour.
    static let unsupportedFields = ["complexity", "frame_count", "frame_duration_ms", "markup", "svg"]

    /// What callers may write for quality. The words beyond those of ``Quality`` are the names of older and of newer models.
    static let qualities: [(word: String, quality: Quality)] = [
        ("auto", .auto), ("low", .low), ("medium", .medium), ("high", .high), ("standard", .medium),
        ("hd", .high),
        ("xhigh", .high), ("max", .high),
    ]

    /// The looks of an older model. They are taken, and have no effect: what a picture looks like, the prompt says.
    enum LegacyStyle: String, CaseIterable { case vivid, natural }

    /// Reads and checks the shared fields.
    ///
    /// - Parameter reader: the fields; what is read is taken out.
    init(_ reader: inout FieldReader, catalogue: ModelCatalogue) throws(APIError) {
        guard let prompt = try reader.string("prompt", maximumLength: Self.maximumPromptLength) else {
            throw .missing("prompt")
        }
        guard prompt.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw .value("prompt", "it is empty.")
        }
        let name = try reader.string("model", maximumLength: 256)
        guard let model = name.map({ catalogue.model(named: $0) }) ?? catalogue.defaultModel else {
            throw .unknownModel(name ?? "")
        }
        self.init(prompt: prompt, model: model.name, size: try Self.size(&reader, model: model))
        count = try reader.integer("n", in: 1...Self.maximumCount) ?? 1
        quality =
            try reader.choice(
                "quality", Dictionary(uniqueKeysWithValues: Self.qualities), Self.qualities.map(\.word))
            ?? .auto
        moderation = try reader.choice("moderation") ?? .auto
        let user = try reader.string("user", maximumLength: Self.maximumUserLength)
        let identifier = try reader.string("safety_identifier", maximumLength: Self.maximumUserLength)
        self.user = [identifier, user].compactMap { $0 }.first { !$0.isEmpty }
        _ = try reader.choice("style", LegacyStyle.self)
        try readEncoding(&reader, model: model)
        // The older models answered with links where nothing was said.
        let usual: Delivery = name?.hasPrefix("dall-e-") == true ? .link : .base64
        delivery = try reader.choice("response_format") ?? usual
        try readStream(&reader)
        try readOwn(&reader)
        try reader.refuse(Self.unsupportedFields)
    }

    private static func size(_ reader: inout FieldReader, model: ModelDescription) throws(APIError)
        -> PictureSize
    {
        guard let text = try reader.string("size", maximumLength: 16), text != "auto" else {
            return model.defaultSize
        }
        guard let size = PictureSize(text).flatMap(model.size(for:)) else {
            throw .value("size", model.sizes.words)
        }
        return size
    }

    private mutating func readEncoding(_ reader: inout FieldReader, model: ModelDescription) throws(APIError)
    {
        format = try reader.choice("output_format") ?? .png
        compression = try reader.integer("output_compression", in: 0...100) ?? 100
        background = try reader.choice("background") ?? .auto
        guard format != .png || compression == 100 else {
            throw .value(
                "output_compression", "'png' is lossless; leave it out, or ask for 'jpeg' or 'webp'.")
        }
        guard background == .transparent else { return }
        guard format != .jpeg else {
            throw .value("background", "'jpeg' has no transparency; ask for 'png' or 'webp'.")
        }
        guard model.drawsTransparency else {
            throw .value(
                "background", "the model draws no transparent background; ask for 'opaque' or 'auto'.")
        }
    }

    private mutating func readStream(_ reader: inout FieldReader) throws(APIError) {
        streams = try reader.boolean("stream") ?? false
        partialImages = try reader.integer("partial_images", in: 0...Self.maximumPartialImages) ?? 0
        guard streams || partialImages == 0 else {
            throw .value("partial_images", "pictures in between come only in a stream; set 'stream' to true.")
        }
        // A stream has the bytes in it, whatever an older model's name stands for.
        if streams { delivery = .base64 }
    }

    private mutating func readOwn(_ reader: inout FieldReader) throws(APIError) {
        guard var own = try reader.object("ondol") else { return }
        seed = try own.integer("seed", in: 0...Int.max).map(UInt64.init)
        styles = try own.styles("style")
        strength = try own.number("strength", above: 0, upTo: 1)
        confirmations = Set(try own.confirmations())
        credential = try CredentialRequest(&own)
        try own.finish()
    }
}

extension FieldReader {
    /// Names and rules that the person said yes to; in a form, parted by commas.
    mutating func confirmations() throws(APIError) -> [String] {
        let names: [String]
        if isForm {
            let text = try string("confirmations", maximumLength: 4_000) ?? ""
            names = text.split(separator: ",").map(String.init)
        } else {
            let values = try array("confirmations") ?? []
            names = values.compactMap(\.text)
            guard names.count == values.count else {
                throw .type(
                    prefix + "confirmations", expected: "an array of strings", got: "an array of others")
            }
        }
        guard names.count <= GenerationRequest.maximumConfirmations,
            names.allSatisfy({ (1...100).contains($0.utf8.count) })
        else {
            throw .value(
                prefix + "confirmations",
                "give up to \(GenerationRequest.maximumConfirmations) of the names that were asked about.")
        }
        return names
    }
}

extension GenerationRequest {
    /// Reads the body of a generation.
    static func generation(_ body: [UInt8], catalogue: ModelCatalogue) throws(APIError) -> GenerationRequest {
        var reader = FieldReader(try jsonObject(body))
        let request = try GenerationRequest(&reader, catalogue: catalogue)
        try reader.finish()
        guard request.strength == nil else { throw .unknownParameter("ondol.strength") }
        return request
    }

    static func jsonObject(_ body: [UInt8]) throws(APIError) -> JSONObject {
        let value: JSONValue
        do throws(JSONFault) {
            value = try JSONParser.parse(body)
        } catch {
            throw .json(error)
        }
        guard case .object(let object) = value else {
            throw .invalid(nil, code: "invalid_type", "The body must be a JSON object, but is \(value.kind).")
        }
        return object
    }
}
