import FoundationEssentials
import ScriptedService
import Testing

@testable import Server

@Suite struct EditRequestTests {
    private static func parse(_ parts: [FormPart], limits: UploadLimits = UploadLimits()) throws
        -> GenerationRequest
    {
        try GenerationRequest.edit(form: parts, catalogue: .scripted(), limits: limits)
    }

    private static func text(_ name: String, _ text: String) -> FormPart {
        FormPart(name: name, fileName: nil, bytes: Array(text.utf8))
    }

    private static func file(_ name: String, _ bytes: [UInt8]) -> FormPart {
        FormPart(name: name, fileName: "f", bytes: bytes)
    }

    private static let usual = [text("prompt", "as ink"), file("image", Form.png)]

    @Test("A photo and words are enough; numbers and truth values are read from text")
    func reads() throws {
        let request = try Self.parse(Self.usual)
        #expect(request.edit?.photos.map(\.format) == [.png])
        #expect(request.edit?.mask == nil)
        let full = try Self.parse(
            Self.usual + [
                Self.file("mask", Form.png), Self.text("n", "2"), Self.text("stream", "true"),
                Self.text("partial_images", "2"), Self.text("input_fidelity", "high"),
                Self.text("ondol[seed]", "9"), Self.text("ondol[strength]", "0.35"),
                Self.text("ondol[style]", "minhwa"), Self.text("output_format", "webp"),
                Self.text("output_compression", "80"), Self.text("model", "gpt-image-1"),
                Self.text("ondol[tell_prompt]", "false"), Self.text("ondol[label]", "china"),
            ])
        #expect(full.credential.tellsPrompt == false && full.credential.label == .china)
        #expect(full.count == 2 && full.streams && full.partialImages == 2 && full.seed == 9)
        #expect(full.strength == 0.35)
        #expect(full.style == "minhwa" && full.compression == 80 && full.edit?.fidelity == .high)
        #expect(full.edit?.mask?.bytes == Form.png)
        #expect(full.fingerprint != request.fingerprint)
        let other = try Self.parse([Self.text("prompt", "as ink"), Self.file("image[]", Form.png + [4])])
        #expect(other.fingerprint != request.fingerprint)
    }

    @Test(
        "Forms are refused, each by the field that is wrong",
        arguments: [
            ([text("prompt", "x")], "image", "missing_required_parameter"),
            ([file("image", Form.png)], "prompt", "missing_required_parameter"),
            ([text("prompt", "x"), file("image", [])], "image", "empty_file"),
            (
                [text("prompt", "x"), file("image", Array("GIF89a".utf8))], "image",
                "unsupported_file_mimetype"
            ),
            (
                [text("prompt", "x"), file("image", Array("<svg/>".utf8))], "image",
                "unsupported_file_mimetype"
            ),
            (usual + [file("image", Form.png)], "image", "invalid_value"),
            (usual + [file("image[]", Form.jpeg)], "image", "invalid_value"),
            (usual + [file("mask", Form.jpeg)], "mask", "invalid_image_format"),
            (usual + [file("mask", Form.png), file("mask", Form.png)], "mask", "duplicate_parameter"),
            (usual + [text("n", "1"), text("n", "2")], "n", "duplicate_parameter"),
            (usual + [text("n", "one")], "n", "invalid_type"),
            (usual + [text("n", "1.0")], "n", "invalid_type"),
            (usual + [text("n", "11")], "n", "integer_above_max_value"),
            (usual + [text("n", "99999999999999999999")], "n", "invalid_type"),
            (usual + [text("stream", "yes")], "stream", "invalid_type"),
            (usual + [file("size", Form.png)], "size", "invalid_type"),
            (usual + [FormPart(name: "user", fileName: nil, bytes: [0xFF])], "user", "invalid_value"),
            (usual + [text("input_fidelity", "exact")], "input_fidelity", "invalid_value"),
            (usual + [text("ondol[steps]", "1")], "ondol.steps", "unknown_parameter"),
            (usual + [text("colour", "red")], "colour", "unknown_parameter"),
            (usual + [text("svg[model]", "x")], "svg[model]", "unknown_parameter"),
            (usual + [text("model", "wide")], "model", "invalid_value"),
        ] as [([FormPart], String, String)])
    func refuses(_ parts: [FormPart], _ param: String, _ code: String) throws {
        let error = try #require(throws: APIError.self) { try Self.parse(parts) }
        #expect(error.param == param)
        #expect(error.code == code)
    }

    @Test("Files are bounded one by one")
    func sizes() throws {
        var limits = UploadLimits()
        limits.photoBytes = Form.png.count
        limits.maskBytes = Form.png.count
        _ = try Self.parse(Self.usual + [Self.file("mask", Form.png)], limits: limits)
        let photo = try #require(throws: APIError.self) {
            try Self.parse([Self.text("prompt", "x"), Self.file("image", Form.png + [0])], limits: limits)
        }
        #expect(photo.status == .contentTooLarge && photo.param == "image")
        let mask = try #require(throws: APIError.self) {
            try Self.parse(Self.usual + [Self.file("mask", Form.png + [0])], limits: limits)
        }
        #expect(mask.status == .contentTooLarge && mask.param == "mask")
    }

    @Test(
        "JSON edits hold their files in data URLs; other addresses are not fetched",
        arguments: [
            ("[{\"image_url\":\"data:image/png;base64,PNG\"}]", nil),
            ("[{\"image_url\":\"https://example.org/a.png\"}]", "invalid_value"),
            ("[{\"image_url\":\"file:///etc/passwd\"}]", "invalid_value"),
            ("[{\"image_url\":\"data:image/png;base64,!!\"}]", "invalid_value"),
            ("[{\"image_url\":\"data:text/html;base64,PNG\"}]", "invalid_value"),
            ("[{\"file_id\":\"file-1\"}]", "unsupported_parameter"), ("[{}]", "missing_required_parameter"),
            ("[]", "missing_required_parameter"), ("[5]", "invalid_type"), ("{}", "invalid_type"),
            ("[{\"image_url\":\"data:image/png;base64,PNG\",\"x\":1}]", "unknown_parameter"),
        ] as [(String, String?)])
    func json(_ images: String, _ code: String?) throws {
        let encoded = images.replacing("PNG", with: Data(Form.png).base64EncodedString())
        let parse = {
            try GenerationRequest.edit(
                json: Array("{\"prompt\":\"x\",\"images\":\(encoded)}".utf8), catalogue: .scripted(),
                limits: UploadLimits())
        }
        if let code {
            #expect(try #require(throws: APIError.self) { try parse() }.code == code)
        } else {
            #expect(try parse().edit?.photos.first?.bytes == Form.png)
        }
    }
}
