import FoundationEssentials
import ScriptedService
import Serving
import Testing

@testable import Server

@Suite struct ImageRouteTests {
    static let cat = "{\"prompt\":\"a cat\"}"

    private static func picture(_ value: JSONValue?) -> String? {
        value?["b64_json"]?.text.flatMap { Data(base64Encoded: $0) }.map {
            String(decoding: $0.dropFirst(8), as: UTF8.self)
        }
    }

    @Test("Pictures come in order, with what they were drawn as and what they took")
    func generation() async throws {
        try await LiveServer.run { server in
            let answer = try await server.post(
                json: "{\"prompt\":\"a cat\",\"n\":3,\"quality\":\"high\",\"user\":\"u7\"}")
            #expect(answer.status == 200)
            let json = answer.json
            #expect(json["created"] == .integer(1_800_000_003))
            #expect(json["quality"] == "high" && json["size"] == "256x256" && json["output_format"] == "png")
            #expect(json["background"] == "opaque" && json["safety_identifier"] == "u7")
            guard case .array(let data)? = json["data"] else { throw Wire.Closed() }
            #expect(data.map { Self.picture($0) } == ["picture-png-0", "picture-png-1", "picture-png-2"])
            // The prompt counts once.
            #expect(json["usage"]?["input_tokens"] == 5 && json["usage"]?["output_tokens"] == 300)
            #expect(json["usage"]?["total_tokens"] == 305)
            #expect(json["ondol"]?["group"] == "grp_1")
        }
    }

    @Test("An edit has its files, and says that it is one")
    func edit() async throws {
        try await LiveServer.run { server in
            var form = Form()
            form.field("prompt", "as ink")
            form.file("image", Form.png)
            form.file("mask", Form.png)
            form.field("stream", "true")
            let answer = try await server.call(
                "POST", "/v1/images/edits", headers: [Form.contentType], body: form.bytes)
            #expect(answer.status == 200)
            #expect(answer.events.map(\.name) == ["image_edit.completed"])
            #expect(answer.events.first?.data["usage"]?["input_tokens"] == 12)
            let submission = try #require(await server.service.submissions.first)
            #expect(submission.request.edit?.photos.first?.bytes == Form.png)
            #expect(submission.request.prompt == "as ink")
        }
    }

    @Test("A stream has previews, then the picture", arguments: [0, 2])
    func stream(partialImages: Int) async throws {
        try await LiveServer.run { server in
            let answer = try await server.post(
                json:
                    "{\"prompt\":\"a cat\",\"stream\":true,\"partial_images\":\(partialImages),\"output_format\":\"webp\"}"
            )
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "text/event-stream; charset=utf-8")
            let names = Array(repeating: "image_generation.partial_image", count: partialImages)
            #expect(answer.events.map(\.name) == names + ["image_generation.completed"])
            for (index, event) in answer.events.enumerated() {
                #expect(event.data["type"]?.text == event.name)
                #expect(
                    event.data["output_format"] == "webp"
                        && event.data["created_at"] == .integer(1_800_000_000))
                if index < partialImages { #expect(event.data["partial_image_index"] == .integer(index)) }
            }
            #expect(answer.events.last?.data["usage"]?["total_tokens"] == 105)
        }
    }

    @Test("Links lead to the picture until they expire, and cannot be made by others")
    func links() async throws {
        try await LiveServer.run { server in
            let answer = try await server.post(json: "{\"prompt\":\"a cat\",\"response_format\":\"url\"}")
            guard case .array(let data)? = answer.json["data"], let url = data.first?["url"]?.text else {
                throw Wire.Closed()
            }
            let path = String(try #require(url.split(separator: "8080").last))
            let picture = try await server.call("GET", path, key: nil)
            #expect(picture.status == 200 && picture["content-type"] == "image/png")
            #expect(picture.text.hasSuffix("picture-png-0"))
            #expect(picture["cache-control"] == "private, max-age=3600, immutable")
            for forged in [
                path.replacing("expires=18", with: "expires=19"), path.replacing("png-0", with: "png-1"),
                String(path.dropLast()), path + "0", path.replacing("signature=", with: "signature=%20"),
                path + "&expires=1", "/pictures/picture-png-0", path.replacing("expires=", with: "expires=0"),
            ] {
                let refused = try await server.call("GET", forged, key: nil)
                #expect(refused.status == 403 && refused.errorCode == "invalid_signature", "\(forged)")
            }
            #expect(
                try await server.call("GET", "/pictures/a%2Fb?expires=1&signature=1", key: nil).status == 404)
            server.clock.now = ScriptedService.moment + 3600
            #expect(try await server.call("GET", path, key: nil).errorCode == "link_expired")
        }
    }

    @Test("What fails is told; what came beside it is delivered")
    func failures() async throws {
        let course: ScriptedService.Course = { submission, index in
            switch (submission.request.prompt, index) {
            case ("bad", _):
                [.failed(JobFailure(code: "moderation_blocked", message: "no", isCallersFault: true))]
            case ("broken", _), ("half", 0): [.failed(JobFailure(message: "The device failed."))]
            case ("gone", _): [.cancelled]
            default: ScriptedService.drawnAtOnce(submission, index)
            }
        }
        try await LiveServer.run(service: ScriptedService(course: course)) { server in
            for (prompt, status, code) in [
                ("bad", 400, "moderation_blocked"), ("broken", 500, "drawing_failed"),
                ("gone", 409, "job_cancelled"),
            ] {
                let answer = try await server.post(json: "{\"prompt\":\"\(prompt)\"}")
                #expect(answer.status == status && answer.errorCode == code)
                let stream = try await server.post(json: "{\"prompt\":\"\(prompt)\",\"stream\":true}")
                #expect(stream.status == 200 && stream.events.map(\.name) == ["error"])
                #expect(stream.events.first?.data["error"]?["code"]?.text == code)
            }
            let half = try await server.post(json: "{\"prompt\":\"half\",\"n\":2}")
            guard case .array(let data)? = half.json["data"],
                case .array(let jobs)? = half.json["ondol"]?["jobs"]
            else {
                throw Wire.Closed()
            }
            #expect(half.status == 200 && data.count == 1 && jobs.count == 2)
            #expect(jobs[0]["error"]?["code"] == "drawing_failed")
            let stream = try await server.post(json: "{\"prompt\":\"half\",\"n\":2,\"stream\":true}")
            #expect(stream.events.map(\.name) == ["image_generation.completed", "error"])
        }
    }
}
