import FoundationEssentials

/// How large the files of an edit may be.
public struct UploadLimits: Sendable, Hashable {
    /// The largest photo, in bytes.
    ///
    /// Source: OpenAI's API description, `CreateImageEditRequest.image`: below 50 MB.
    public var photoBytes = 50_000_000
    /// The largest mask, in bytes.
    ///
    /// Source: the same, `mask`: below 4 MB.
    public var maskBytes = 4_000_000
    /// The largest body of an edit, in bytes: what one request may hold in memory.
    public var bodyBytes = 64_000_000

    /// Makes limits of the usual size.
    public init() {}
}

extension GenerationRequest {
    /// Reads the form of an edit: text fields, `image` or repeated `image[]`, and `mask`.
    static func edit(
        form parts: [FormPart], catalogue: ModelCatalogue, limits: UploadLimits
    ) throws(APIError) -> GenerationRequest {
        var fields = JSONObject()
        var names: Set<String> = []
        var photos: [UploadedPicture] = []
        var mask: UploadedPicture?
        for part in parts {
            switch part.name {
            case "image", "image[]":
                photos.append(try picture(part.bytes, param: "image", maximum: limits.photoBytes))
            case "mask":
                guard mask == nil else {
                    throw .invalid("mask", code: "duplicate_parameter", "'mask' is given twice.")
                }
                mask = try self.mask(part.bytes, limits: limits)
            default:
                guard names.insert(part.name).inserted else {
                    let name = APIError.shortened(part.name)
                    throw .invalid(name, code: "duplicate_parameter", "'\(name)' is given twice.")
                }
                guard part.fileName == nil else {
                    let name = APIError.shortened(part.name)
                    throw .type(name, expected: "text", got: "a file")
                }
                guard let text = String(validating: part.bytes, as: UTF8.self) else {
                    throw .value(APIError.shortened(part.name), "it is not UTF-8.")
                }
                fields.append(part.name, .string(text))
            }
        }
        var reader = FieldReader(fields, isForm: true)
        return try edit(&reader, photos: photos, mask: mask, catalogue: catalogue)
    }

    /// Reads an edit as JSON: `images` and `mask` hold the files as data URLs. Other addresses are never fetched.
    static func edit(
        json body: [UInt8], catalogue: ModelCatalogue, limits: UploadLimits
    ) throws(APIError) -> GenerationRequest {
        var reader = FieldReader(try jsonObject(body))
        var photos: [UploadedPicture] = []
        for (index, element) in (try reader.array("images") ?? []).enumerated() {
            guard case .object(let object) = element else {
                throw .type("images[\(index)]", expected: "an object", got: element.kind)
            }
            var inner = FieldReader(object, prefix: "images[\(index)].")
            photos.append(
                try picture(
                    try dataURL(&inner, limits), param: "images[\(index)]", maximum: limits.photoBytes))
        }
        var mask: UploadedPicture?
        if var inner = try reader.object("mask") {
            mask = try self.mask(try dataURL(&inner, limits), limits: limits)
        }
        return try edit(&reader, photos: photos, mask: mask, catalogue: catalogue)
    }

    private static func edit(
        _ reader: inout FieldReader, photos: [UploadedPicture], mask: UploadedPicture?,
        catalogue: ModelCatalogue
    ) throws(APIError) -> GenerationRequest {
        var request = try GenerationRequest(&reader, catalogue: catalogue)
        let fidelity: InputFidelity = try reader.choice("input_fidelity") ?? .low
        try reader.finish()
        guard let model = catalogue.model(named: request.model) else { throw .unknownModel(request.model) }
        guard !photos.isEmpty else { throw .missing("image") }
        guard model.photoLimit > 0 else {
            throw .value("model", "it edits no pictures; GET /v1/models lists those that do.")
        }
        guard photos.count <= model.photoLimit else {
            throw .value("image", "the model takes \(model.photoLimit) at the most.")
        }
        guard mask == nil || model.takesMask else { throw .value("mask", "the model takes none.") }
        request.edit = EditSource(photos: photos, mask: mask, fidelity: fidelity)
        return request
    }

    private static func mask(_ bytes: [UInt8], limits: UploadLimits) throws(APIError) -> UploadedPicture {
        let mask = try picture(bytes, param: "mask", maximum: limits.maskBytes)
        guard mask.format == .png else {
            throw .invalid(
                "mask", code: "invalid_image_format", "The mask must be a PNG file with an alpha channel.")
        }
        return mask
    }

    static func picture(_ bytes: [UInt8], param: String, maximum: Int) throws(APIError)
        -> UploadedPicture
    {
        guard bytes.count <= maximum else { throw .tooLarge(maximum: maximum, param: param) }
        guard let picture = UploadedPicture(bytes: bytes) else {
            throw .invalid(
                param, code: bytes.isEmpty ? "empty_file" : "unsupported_file_mimetype",
                "Invalid file '\(param)': it is not a PNG, JPEG or WebP picture.")
        }
        return picture
    }

    static func dataURL(_ reader: inout FieldReader, _ limits: UploadLimits) throws(APIError)
        -> [UInt8]
    {
        try reader.refuse(["file_id"])
        guard let url = try reader.string("image_url", maximumLength: limits.bodyBytes) else {
            throw .missing("image_url")
        }
        try reader.finish()
        guard url.hasPrefix("data:image/"), let comma = url.utf8.firstIndex(of: UInt8(ascii: ",")),
            url[..<comma].hasSuffix(";base64")
        else {
            throw .value("image_url", "addresses are not fetched; send the picture as a data URL in base64.")
        }
        guard let data = Data(base64Encoded: String(url[url.utf8.index(after: comma)...])) else {
            throw .value("image_url", "it is not base64.")
        }
        return [UInt8](data)
    }
}
