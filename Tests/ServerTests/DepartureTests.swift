import ScriptedService
import Serving
import Testing

@testable import Server

@Suite struct DepartureTests {
    private static let endless: ScriptedService.Course = { _, _ in
        [.waiting(Waiting(place: 1, timeLeft: nil))]
    }

    private static func isCancelled(_ service: ScriptedService, _ job: String) async -> Bool {
        let caller = Caller(id: "caller-1", plan: Plan(name: "test"))
        guard let reference = JobReference(job), let jobs = try? await service.jobs(reference, of: caller)
        else {
            return false
        }
        return jobs.allSatisfy { $0.state == .cancelled }
    }

    @Test("A caller who leaves cancels what it waited for", arguments: [false, true])
    func leaving(streams: Bool) async throws {
        try await LiveServer.run(service: ScriptedService(course: Self.endless)) { server in
            let body = "{\"prompt\":\"a cat\",\"stream\":\(streams)}"
            try await Wire.open(port: server.port) { wire in
                try await wire.send(
                    LiveServer.head(
                        "POST", "/v1/images/generations", headers: [("content-type", "application/json")],
                        length: body.utf8.count) + body)
                #expect(try await eventually { await server.service.submissions.count == 1 })
            }
            #expect(try await eventually { await Self.isCancelled(server.service, "grp_1") })
        }
    }

    @Test("While another waits for the same pictures, they are drawn")
    func company() async throws {
        try await LiveServer.run(service: ScriptedService(course: Self.endless)) { server in
            let request =
                LiveServer.head(
                    "POST", "/v1/images/generations", headers: [("content-type", "application/json")],
                    length: ImageRouteTests.cat.utf8.count) + ImageRouteTests.cat
            try await Wire.open(port: server.port) { stayer in
                try await stayer.send(request)
                #expect(try await eventually { await server.service.submissions.count == 1 })
                try await Wire.open(port: server.port) { leaver in
                    try await leaver.send(request)
                    #expect(try await eventually { await server.service.submissions.count == 2 })
                }
                #expect(try await eventually { await server.service.departures == 1 })
                #expect(await !Self.isCancelled(server.service, "grp_1"))
                let submission = try #require(await server.service.submissions.first)
                let job = try #require(JobReference("job_1_0"))
                await server.service.happen(.completed(ScriptedService.result(submission, 0)), to: job)
                #expect(try await stayer.answer().status == 200)
            }
        }
    }

    @Test("Whoever only looks cancels nothing by leaving; nor does one who asked to be answered later")
    func looking() async throws {
        try await LiveServer.run(service: ScriptedService(course: Self.endless)) { server in
            _ = try await server.post(json: ImageRouteTests.cat, headers: [("prefer", "respond-async")])
            try await Wire.open(port: server.port) { wire in
                try await wire.send(LiveServer.head("GET", "/v1/jobs/grp_1/events"))
                _ = try await wire.read(until: "job.queued")
            }
            let job = try await server.call("GET", "/v1/jobs/job_1_0")
            #expect(job.json["status"] == "queued")
            #expect(await server.service.departures == 0)
        }
    }
}
