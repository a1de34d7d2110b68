import ScriptedService
import Serving
import Testing

@testable import Server

@Suite struct JobRouteTests {
    private static let later = [("prefer", "wait=5, Respond-Async")]
    private static let waiting: ScriptedService.Course = { _, index in
        let range = TimeRange(earliestSeconds: 3, expectedSeconds: 4.5, latestSeconds: 9, confidence: 0.9)
        return [.waiting(Waiting(place: 3 + index, timeLeft: range))]
    }

    private static func job(_ text: String) throws -> JobReference { try #require(JobReference(text)) }

    @Test("A request can be answered later, and its jobs looked at meanwhile")
    func later() async throws {
        try await LiveServer.run(service: ScriptedService(course: Self.waiting)) { server in
            let answer = try await server.post(json: "{\"prompt\":\"a cat\",\"n\":2}", headers: Self.later)
            #expect(answer.status == 202)
            #expect(answer["location"] == "/v1/jobs/grp_1" && answer["preference-applied"] == "respond-async")
            let group = try await server.call("GET", "/v1/jobs/grp_1")
            #expect(group.json["status"] == "queued")
            let job = try await server.call("GET", "/v1/jobs/job_1_1")
            #expect(job.json["place"] == 4 && job.json["time_left"]?["latest_seconds"] == .number(9))
            #expect(job.json["time_left"]?["confidence"] == .number(0.9))
            let preview = try #require(PictureIdentifier("preview-png-0"))
            await server.service.happen(
                .drawing(Drawing(step: 4, stepCount: 8, timeLeft: nil, preview: preview)),
                to: try Self.job("job_1_1"))
            let drawing = try await server.call("GET", "/v1/jobs/job_1_1")
            #expect(drawing.json["status"] == "drawing" && drawing.json["progress"]?["step"] == 4)
            #expect(drawing.json["preview"]?["url"]?.text?.contains("/pictures/preview-png-0?") == true)
            let submission = try #require(await server.service.submissions.first)
            await server.service.happen(
                .completed(ScriptedService.result(submission, 1)), to: try Self.job("job_1_1"))
            let done = try await server.call("GET", "/v1/jobs/job_1_1")
            #expect(
                done.json["status"] == "completed" && done.json["result"]?["usage"]?["output_tokens"] == 100)
            #expect(try await server.call("GET", "/v1/jobs/grp_1").json["status"] == "drawing")
            #expect(try await server.call("HEAD", "/healthz").status == 200)
        }
    }

    @Test("Nobody sees or cancels another's job, and what has ended is not cancelled")
    func strangers() async throws {
        try await LiveServer.run(service: ScriptedService(course: Self.waiting)) { server in
            _ = try await server.post(json: ImageRouteTests.cat, headers: Self.later)
            for path in [
                "/v1/jobs/grp_1", "/v1/jobs/job_1_0", "/v1/jobs/job_1_0/events", "/v1/jobs/no_such",
                "/v1/jobs/%2e%2e",
            ] {
                let answer = try await server.call("GET", path, key: ScriptedKeys.other)
                #expect(answer.status == 404 && answer.errorCode == "job_not_found", "\(path)")
            }
            #expect(
                try await server.call("DELETE", "/v1/jobs/job_1_0", key: ScriptedKeys.other).status == 404)
            #expect(
                try await server.call("DELETE", "/v1/jobs/job_1_0", key: ScriptedKeys.reader).status == 403)
            let cancelled = try await server.call("DELETE", "/v1/jobs/job_1_0")
            #expect(cancelled.status == 200 && cancelled.json["status"] == "cancelled")
            let again = try await server.call("DELETE", "/v1/jobs/grp_1")
            #expect(again.status == 409 && again.errorCode == "job_already_ended")
        }
    }

    @Test("Events go on after the one that was seen last, and end")
    func resumption() async throws {
        try await LiveServer.run { server in
            _ = try await server.post(json: "{\"prompt\":\"a cat\",\"n\":2}", headers: Self.later)
            let all = try await server.call("GET", "/v1/jobs/grp_1/events")
            #expect(all.events.map(\.id) == ["1", "2", "3", "4", "5", "6"])
            #expect(
                all.events.map(\.name)
                    == Array(repeating: ["job.queued", "job.drawing", "job.completed"], count: 2).flatMap {
                        $0
                    })
            #expect(all.events.last?.data["result"]?["url"] != nil)
            let rest = try await server.call(
                "GET", "/v1/jobs/grp_1/events", headers: [("last-event-id", "4")])
            #expect(rest.events.map(\.id) == ["5", "6"])
            let one = try await server.call(
                "GET", "/v1/jobs/job_1_1/events", headers: [("last-event-id", "1")])
            #expect(one.events.map(\.id) == ["4", "5", "6"])
            #expect(
                try await server.call("GET", "/v1/jobs/grp_1/events", headers: [("last-event-id", "6")])
                    .status == 204)
            for wrong in ["x", "-1", "1.5", "01", "99999999999999999999"] {
                let answer = try await server.call(
                    "GET", "/v1/jobs/grp_1/events", headers: [("last-event-id", wrong)])
                #expect(answer.status == 400 && answer.errorCode == "invalid_header", "\(wrong)")
            }
        }
    }

    @Test("Events come while they happen, with comments where nothing does")
    func live() async throws {
        try await LiveServer.run(
            service: ScriptedService(course: Self.waiting), changing: { $0.keepAliveSeconds = 0.02 }
        ) { server in
            _ = try await server.post(json: ImageRouteTests.cat, headers: Self.later)
            try await Wire.open(port: server.port) { wire in
                try await wire.send(LiveServer.head("GET", "/v1/jobs/grp_1/events"))
                let first = try await wire.read(until: ": still here")
                #expect(first.contains("event: job.queued") && !first.contains("job.cancelled"))
                await server.service.happen(.cancelled, to: try Self.job("job_1_0"))
                let rest = try await wire.readToEnd()
                #expect(rest.contains("id: 2\nevent: job.cancelled"))
            }
        }
    }

    @Test("The same key or the same request again joins the first; the key for another is refused")
    func repeats() async throws {
        try await LiveServer.run(service: ScriptedService(course: Self.waiting)) { server in
            let keyed = Self.later + [("idempotency-key", "k1")]
            #expect(
                try await server.post(json: ImageRouteTests.cat, headers: keyed)["location"]
                    == "/v1/jobs/grp_1")
            #expect(
                try await server.post(json: ImageRouteTests.cat, headers: keyed)["location"]
                    == "/v1/jobs/grp_1")
            #expect(
                try await server.post(json: ImageRouteTests.cat, headers: Self.later)["location"]
                    == "/v1/jobs/grp_1")
            let other = try await server.post(json: "{\"prompt\":\"a dog\"}", headers: keyed)
            #expect(other.status == 422 && other.errorCode == "idempotency_key_reused")
            let stranger = try await server.post(
                json: ImageRouteTests.cat, key: ScriptedKeys.other, headers: keyed)
            #expect(stranger["location"] == "/v1/jobs/grp_2")
        }
    }
}
