import ScriptedService
import Serving
import Testing

@testable import Server

@Suite struct GenerationRequestTests {
    private static func parse(_ json: String) throws -> GenerationRequest {
        try GenerationRequest.generation(Array(json.utf8), catalogue: .scripted())
    }

    private static func field(_ field: String) throws -> GenerationRequest {
        try parse("{\"prompt\":\"a cat\",\(field)}")
    }

    /// A field, and what the request must then be.
    struct Reading: Sendable, CustomTestStringConvertible {
        let field: String
        let holds: @Sendable (GenerationRequest) -> Bool

        init(_ field: String, holds: @escaping @Sendable (GenerationRequest) -> Bool) {
            self.field = field
            self.holds = holds
        }

        var testDescription: String { field }
    }

    @Test("What is left open is what the API's description says")
    func defaults() throws {
        let request = try Self.parse("{\"prompt\":\"a cat\"}")
        var expected = GenerationRequest(
            prompt: "a cat", model: "hanji", size: try #require(PictureSize(width: 256, height: 256)))
        #expect(request == expected)
        expected.delivery = .base64
        let nulls = [
            "model", "n", "size", "quality", "output_format", "output_compression", "background",
            "moderation",
            "user", "response_format", "style", "stream", "partial_images", "ondol", "svg",
            "safety_identifier",
        ].map { "\"\($0)\":null" }
        #expect(try Self.field(nulls.joined(separator: ",")) == expected)
    }

    @Test(
        "Fields are read",
        arguments: [
            Reading("\"n\":10") { $0.count == 10 },
            Reading("\"size\":\"384x256\"") { "\($0.size)" == "384x256" },
            Reading("\"size\":\"1024x1024\"") { "\($0.size)" == "256x256" },
            Reading("\"size\":\"auto\"") { "\($0.size)" == "256x256" },
            Reading("\"model\":\"gpt-image-1\"") { $0.model == "hanji" && $0.delivery == .base64 },
            Reading("\"model\":\"dall-e-3\"") { $0.model == "hanji" && $0.delivery == .link },
            Reading("\"model\":\"dall-e-3\",\"response_format\":\"b64_json\"") { $0.delivery == .base64 },
            Reading("\"model\":\"dall-e-3\",\"stream\":true") { $0.delivery == .base64 },
            Reading("\"model\":\"wide\",\"size\":\"1536x1024\"") {
                $0.model == "wide" && $0.size.width == 1536
            },
            Reading("\"model\":\"wide\",\"background\":\"transparent\"") { $0.background == .transparent },
            Reading("\"quality\":\"hd\"") { $0.quality == .high },
            Reading("\"quality\":\"standard\"") { $0.quality == .medium },
            Reading("\"quality\":\"low\"") { $0.quality == .low },
            Reading("\"quality\":\"max\"") { $0.quality == .high },
            Reading("\"output_format\":\"webp\",\"output_compression\":0") {
                $0.format == .webp && $0.compression == 0
            },
            Reading("\"output_format\":\"jpeg\"") { $0.format == .jpeg && $0.compression == 100 },
            Reading("\"moderation\":\"low\"") { $0.moderation == .low },
            Reading("\"user\":\"u\"") { $0.user == "u" },
            Reading("\"user\":\"u\",\"safety_identifier\":\"s\"") { $0.user == "s" },
            Reading("\"user\":\"u\",\"safety_identifier\":\"\"") { $0.user == "u" },
            Reading("\"response_format\":\"url\"") { $0.delivery == .link },
            Reading("\"style\":\"vivid\"") { $0.style == nil },
            Reading("\"stream\":true,\"partial_images\":3") { $0.streams && $0.partialImages == 3 },
            Reading("\"ondol\":{\"seed\":7,\"style\":\"minhwa\"}") { $0.seed == 7 && $0.style == "minhwa" },
            Reading("\"ondol\":{\"style\":\"minhwa:0.5,dal\"}") {
                $0.styles == [StyleWish("minhwa", strengthMilli: 500), StyleWish("dal")]
            },
            Reading("\"ondol\":{\"style\":[{\"id\":\"a\",\"strength\":1.25},{\"id\":\"b\"},\"c:2\"]}") {
                $0.styles == [
                    StyleWish("a", strengthMilli: 1250), StyleWish("b"), StyleWish("c", strengthMilli: 2000),
                ]
            },
            Reading("\"ondol\":{\"style\":[{\"id\":\"a\",\"strength\":0.00001}]}") {
                $0.styles == [StyleWish("a", strengthMilli: 1)]
            },
            Reading("\"ondol\":{\"style\":null}") { $0.styles.isEmpty },
            Reading("\"ondol\":{\"tell_prompt\":true,\"tell_seed\":false}") {
                $0.credential.tellsPrompt == true && $0.credential.tellsSeed == false
                    && $0.credential.label == nil
            },
            Reading("\"ondol\":{\"label\":\"none\",\"training\":\"no-training\"}") {
                $0.credential.label == .unlabelled && $0.credential.training == .noTraining
            },
            Reading("\"ondol\":{\"label\":null}") { $0.credential.isEmpty },
        ] as [Reading])
    func reads(_ reading: Reading) throws {
        #expect(reading.holds(try Self.field(reading.field)))
    }

    @Test(
        "Fields are refused, each by its name and reason",
        arguments: [
            ("\"ondol\":{\"tell_prompt\":\"true\"}", "ondol.tell_prompt", "invalid_type"),
            ("\"ondol\":{\"tell_seed\":1}", "ondol.tell_seed", "invalid_type"),
            ("\"ondol\":{\"label\":\"japan\"}", "ondol.label", "invalid_value"),
            ("\"ondol\":{\"label\":false}", "ondol.label", "invalid_type"),
            ("\"ondol\":{\"training\":\"maybe\"}", "ondol.training", "invalid_value"),
            ("\"n\":0", "n", "integer_below_min_value"), ("\"n\":11", "n", "integer_above_max_value"),
            ("\"n\":\"1\"", "n", "invalid_type"), ("\"n\":1.5", "n", "invalid_type"),
            ("\"n\":1e0", "n", "invalid_type"),
            ("\"n\":-9223372036854775808", "n", "integer_below_min_value"),
            ("\"n\":[1]", "n", "invalid_type"),
            ("\"n\":true", "n", "invalid_type"), ("\"size\":\"100x100\"", "size", "invalid_value"),
            ("\"size\":\"0256x256\"", "size", "invalid_value"),
            ("\"size\":\"256X256\"", "size", "invalid_value"),
            ("\"size\":\"-1x5\"", "size", "invalid_value"),
            ("\"size\":\"256x256x3\"", "size", "invalid_value"),
            ("\"size\":\"99999x99999\"", "size", "invalid_value"), ("\"size\":256", "size", "invalid_type"),
            ("\"size\":\"12345678901234567890\"", "size", "string_above_max_length"),
            ("\"model\":\"wide\",\"size\":\"520x520\"", "size", "invalid_value"),
            ("\"model\":\"wide\",\"size\":\"2048x512\"", "size", "invalid_value"),
            ("\"model\":\"sd-xl\"", "model", "model_not_found"),
            ("\"model\":\"\"", "model", "model_not_found"),
            ("\"model\":3", "model", "invalid_type"), ("\"quality\":\"best\"", "quality", "invalid_value"),
            ("\"quality\":true", "quality", "invalid_type"),
            ("\"output_format\":\"gif\"", "output_format", "invalid_value"),
            (
                "\"output_format\":\"jpeg\",\"output_compression\":101", "output_compression",
                "integer_above_max_value"
            ),
            ("\"output_compression\":50", "output_compression", "invalid_value"),
            ("\"background\":\"transparent\"", "background", "invalid_value"),
            (
                "\"model\":\"wide\",\"background\":\"transparent\",\"output_format\":\"jpeg\"", "background",
                "invalid_value"
            ),
            ("\"background\":\"red\"", "background", "invalid_value"),
            ("\"moderation\":\"none\"", "moderation", "invalid_value"),
            ("\"user\":1", "user", "invalid_type"),
            ("\"response_format\":\"svg\"", "response_format", "invalid_value"),
            ("\"style\":\"minhwa\"", "style", "invalid_value"),
            ("\"stream\":\"true\"", "stream", "invalid_type"),
            ("\"stream\":1", "stream", "invalid_type"),
            ("\"stream\":true,\"partial_images\":4", "partial_images", "integer_above_max_value"),
            ("\"partial_images\":1", "partial_images", "invalid_value"),
            ("\"ondol\":[]", "ondol", "invalid_type"),
            ("\"ondol\":{\"seed\":-1}", "ondol.seed", "integer_below_min_value"),
            ("\"ondol\":{\"strength\":0.5}", "ondol.strength", "unknown_parameter"),
            ("\"ondol\":{\"strength\":0}", "ondol.strength", "invalid_value"),
            ("\"ondol\":{\"strength\":1.5}", "ondol.strength", "invalid_value"),
            ("\"ondol\":{\"strength\":\"0.5\"}", "ondol.strength", "invalid_type"),
            ("\"ondol\":{\"style\":\"../x\"}", "ondol.style", "invalid_value"),
            ("\"ondol\":{\"style\":\"\"}", "ondol.style", "invalid_value"),
            ("\"ondol\":{\"style\":\"a:0\"}", "ondol.style", "invalid_value"),
            ("\"ondol\":{\"style\":\"a:2.1\"}", "ondol.style", "invalid_value"),
            ("\"ondol\":{\"style\":\"a:nan\"}", "ondol.style", "invalid_value"),
            ("\"ondol\":{\"style\":\"a:1:1\"}", "ondol.style", "invalid_value"),
            ("\"ondol\":{\"style\":\"a,a\"}", "ondol.style", "invalid_value"),
            ("\"ondol\":{\"style\":\"a,b,c,d,e\"}", "ondol.style", "invalid_value"),
            ("\"ondol\":{\"style\":[]}", "ondol.style", "invalid_value"),
            ("\"ondol\":{\"style\":7}", "ondol.style", "invalid_type"),
            ("\"ondol\":{\"style\":[7]}", "ondol.style", "invalid_type"),
            ("\"ondol\":{\"style\":[{\"strength\":1}]}", "ondol.style.id", "missing_required_parameter"),
            (
                "\"ondol\":{\"style\":[{\"id\":\"a\",\"strength\":0}]}", "ondol.style.strength",
                "invalid_value"
            ),
            (
                "\"ondol\":{\"style\":[{\"id\":\"a\",\"weight\":1}]}", "ondol.style.weight",
                "unknown_parameter"
            ),
            ("\"ondol\":{\"steps\":3}", "ondol.steps", "unknown_parameter"),
            ("\"svg\":{}", "svg", "unsupported_parameter"),
            ("\"colour\":\"red\"", "colour", "unknown_parameter"),
            ("\"image\":\"x\"", "image", "unknown_parameter"),
        ])
    func refuses(_ field: String, _ param: String, _ code: String) throws {
        let error = try #require(throws: APIError.self) { try Self.field(field) }
        #expect(error.param == param)
        #expect(error.code == code)
    }

    @Test(
        "Prompts are there, are text, and are not too long",
        arguments: [
            ("{}", "missing_required_parameter"), ("{\"prompt\":null}", "missing_required_parameter"),
            ("{\"prompt\":\"\"}", "invalid_value"), ("{\"prompt\":\" \\n\"}", "invalid_value"),
            ("{\"prompt\":5}", "invalid_type"), ("{\"prompt\":\"a\\u0000\"}", "invalid_value"),
            ("{\"prompt\":\"" + String(repeating: "한", count: 32_001) + "\"}", "string_above_max_length"),
        ])
    func prompts(_ json: String, _ code: String) throws {
        let error = try #require(throws: APIError.self) { try Self.parse(json) }
        #expect(error.code == code)
        #expect(error.param == "prompt")
        let longest = String(repeating: "한", count: 32_000)
        #expect(try Self.parse("{\"prompt\":\"\(longest)\"}").prompt == longest)
    }

    @Test("What decides the answer decides the fingerprint")
    func fingerprints() throws {
        let fields = [
            "\"n\":1", "\"n\":2", "\"size\":\"384x256\"", "\"quality\":\"low\"", "\"output_format\":\"webp\"",
            "\"output_format\":\"webp\",\"output_compression\":9", "\"moderation\":\"low\"", "\"user\":\"u\"",
            "\"response_format\":\"url\"", "\"stream\":true", "\"stream\":true,\"partial_images\":1",
            "\"ondol\":{\"seed\":1}", "\"ondol\":{\"style\":\"a\"}",
            "\"ondol\":{\"tell_prompt\":true}", "\"ondol\":{\"tell_seed\":true}",
            "\"ondol\":{\"label\":\"none\"}", "\"ondol\":{\"training\":\"unsaid\"}",
            "\"model\":\"wide\",\"size\":\"256x256\"",
        ]
        let prints = try fields.map { try Self.field($0).fingerprint }
        #expect(Set(prints).count == fields.count)
        #expect(try Self.parse("{\"n\":1,\"prompt\":\"a cat\"}").fingerprint == prints[0])
        #expect(try Self.parse("{\"prompt\":\"a dog\"}").fingerprint != prints[0])
    }
}
