import HTTPTypes
import ScriptedService
import Testing

@testable import Server
@testable import Serving

@Suite struct RefusalTests {
    @Test(
        "Every reason of admission has its answer",
        arguments: [
            (.requestsPerMinute, 429, "requests", "rate_limit_exceeded"),
            (.picturesPerDay, 429, "images", "rate_limit_exceeded"),
            (.picturesAtOnce, 429, "images", "rate_limit_exceeded"),
            (.waitTooLong, 503, "server_error", "overloaded"),
            (.queueFull, 503, "server_error", "overloaded"), (.noDevice, 503, "server_error", "no_device"),
            (.pictureCount, 400, "invalid_request_error", "invalid_value"),
            (.tooLarge, 400, "invalid_request_error", "request_too_expensive"),
        ] as [(Refusal.Reason, Int, String, String)])
    func reasons(_ reason: Refusal.Reason, _ status: Int, _ kind: String, _ code: String) async throws {
        let service = ScriptedService(script: { _ in
            .refused(
                Refusal(reason, waitSeconds: 81.5, retryAfterSeconds: 12.3),
                standing: ScriptedService.standing)
        })
        try await LiveServer.run(service: service) { server in
            let answer = try await server.post(json: ImageRouteTests.cat)
            #expect(answer.status == status && answer.errorCode == code)
            #expect(answer.json["error"]?["type"]?.text == kind)
            #expect(answer["retry-after"] == "13" && answer["retry-after-ms"] == "12300")
            let own = answer.json["error"]?["ondol"]
            #expect(own?["reason"]?.text == reason.rawValue && own?["wait_seconds"] == .number(81.5))
            #expect(
                answer["x-ratelimit-limit-requests"] == "60" && answer["x-ratelimit-reset-requests"] == "1s")
            #expect(
                answer["x-ratelimit-remaining-images"] == "990"
                    && answer["x-ratelimit-reset-images"] == "16h0m0s")
        }
    }

    @Test("A refused caller gets a ticket, and can bring it back")
    func tickets() async throws {
        let service = ScriptedService(script: { submission in
            guard submission.ticketNumber != 18_446_744_073_709_551_615 else { return nil }
            let ticket = Ticket(
                place: QueuePlace(tag: 1, number: .max), workSeconds: 1, comeBackFrom: ScriptedService.moment,
                comeBackUntil: ScriptedService.moment + 60)
            return .refused(
                Refusal(.waitTooLong, retryAfterSeconds: 0.2, ticket: ticket, possibleTier: .quick),
                standing: nil)
        })
        try await LiveServer.run(service: service) { server in
            let refused = try await server.post(
                json: ImageRouteTests.cat, headers: [("x-stainless-retry-count", "2")])
            #expect(refused["ondol-ticket"] == "18446744073709551615" && refused["retry-after"] == "1")
            #expect(refused.json["error"]?["ondol"]?["possible_quality"] == "low")
            let taken = try await server.post(
                json: ImageRouteTests.cat, headers: [("ondol-ticket", "18446744073709551615")])
            #expect(taken.status == 200)
            #expect(await server.service.submissions.map(\.retryCount) == [2, 0])
            for wrong in ["", "abc", "1 ", "+1", "18446744073709551616"] where !wrong.isEmpty {
                let answer = try await server.post(
                    json: ImageRouteTests.cat, headers: [("ondol-ticket", wrong)])
                #expect(wrong == "1 " || answer.errorCode == "invalid_header", "\(wrong)")
            }
        }
    }

    @Test("A refusal that waiting does not mend asks not to be tried again")
    func withoutRetry() async throws {
        let service = ScriptedService(script: { _ in .refused(Refusal(.picturesAtOnce), standing: nil) })
        try await LiveServer.run(service: service) { server in
            let answer = try await server.post(json: ImageRouteTests.cat)
            #expect(answer["x-should-retry"] == "false" && answer["retry-after"] == nil)
        }
    }

    @Test("Every refusal says whether a library should try again, and what is left of the caller's limits")
    func retryAdvice() async throws {
        let course: ScriptedService.Course = { _, _ in [.failed(JobFailure(message: "The device failed."))] }
        let service = ScriptedService(
            script: { submission in
                switch submission.request.prompt {
                case "soon": .refused(Refusal(.waitTooLong, retryAfterSeconds: 120), standing: nil)
                case "late": .refused(Refusal(.picturesPerDay, retryAfterSeconds: 121), standing: nil)
                case "stopping": .unavailable(retryAfterSeconds: 5)
                case "reused": .keyReused
                default: nil
                }
            }, course: course)
        try await LiveServer.run(service: service) { server in
            for (prompt, status, advice) in [
                ("soon", 503, "true"), ("late", 429, "false"), ("stopping", 503, "true"),
                ("reused", 422, "false"), ("fails", 500, "false"), (" ", 400, "false"),
            ] {
                let answer = try await server.post(json: "{\"prompt\":\"\(prompt)\"}")
                #expect(answer.status == status && answer["x-should-retry"] == advice, "\(prompt)")
                #expect(answer["x-ratelimit-limit-requests"] == "60", "\(prompt)")
                #expect(answer["x-ratelimit-remaining-images"] == "990", "\(prompt)")
            }
            let stranger = try await server.post(json: ImageRouteTests.cat, key: "wrong")
            #expect(stranger["x-should-retry"] == "false" && stranger["x-ratelimit-limit-requests"] == nil)
        }
    }

    @Test("Policy, a stopping service and a failing one")
    func others() async throws {
        struct Failure: Error { let prompt: String }
        let service = ScriptedService(script: { submission in
            switch submission.request.prompt {
            case "policy": .forbidden(PolicyRefusal(param: "prompt", message: "That style is not licensed."))
            case "stopping": .unavailable(retryAfterSeconds: 5)
            default: throw Failure(prompt: submission.request.prompt)
            }
        })
        try await LiveServer.run(service: service) { server in
            let policy = try await server.post(json: "{\"prompt\":\"policy\"}")
            #expect(
                policy.status == 400 && policy.errorCode == "moderation_blocked"
                    && policy.errorParam == "prompt")
            #expect(policy.json["error"]?["type"] == "image_generation_user_error")
            let stopping = try await server.post(json: "{\"prompt\":\"stopping\"}")
            #expect(stopping.status == 503 && stopping["retry-after"] == "5")
            let failing = try await server.post(json: "{\"prompt\":\"xyzzy\"}")
            #expect(
                failing.status == 500 && failing.errorCode == "internal_error"
                    && !failing.text.contains("xyzzy"))
            #expect(!server.log.all.joined().contains("xyzzy"))
        }
    }

    @Test(
        "Spans are written as clients read them",
        arguments: [
            (0, "0ms"), (0.0401, "41ms"), (1, "1s"), (59.2, "1m0s"), (360, "6m0s"), (7384, "2h3m4s"),
            (-1, "0ms"),
            (.infinity, "0ms"),
        ] as [(Double, String)])
    func spans(_ seconds: Double, _ text: String) { #expect(rateLimitSpan(seconds: seconds) == text) }
}
