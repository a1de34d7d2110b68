import ScriptedService
import Serving
import Testing

@testable import Server

@Suite struct FloorRouteTests {
    @Test("An administrator sees the floor as it is described")
    func floor() async throws {
        try await LiveServer.run(floor: ScriptedFloor()) { server in
            let floor = try await server.call("GET", "/v1/floor", key: ScriptedKeys.administrator)
            #expect(floor.status == 200)
            guard case .array(let devices)? = floor.json["devices"] else {
                Issue.record("no devices")
                return
            }
            #expect(devices.count == 6 && devices[0]["heat"] == "cool" && devices[2]["state"] == "cooling")
            #expect(devices[4]["celsius"] == .null && devices[5]["step_seconds"] == .null)
            #expect(floor.json["queue"]?["wait_seconds"] == .number(58) && floor.json["tier"] == "quick")
            for key in [ScriptedKeys.full, ScriptedKeys.reader] {
                #expect(try await server.call("GET", "/v1/floor", key: key).status == 403)
            }
            #expect(try await server.call("GET", "/v1/floor", key: nil).status == 401)
        }
    }

    @Test("A floor on which nothing can draw, and numbers that are none, are told as such")
    func bounds() async throws {
        var report = FloorReport(number: 7, moment: ScriptedService.moment)
        report.queue.waitSeconds = .infinity
        report.demand.minutes = Array(repeating: .init(askedSeconds: 1, refusedSeconds: 0), count: 90)
        let floor = ScriptedFloor(report)
        try await LiveServer.run(floor: floor) { server in
            let answer = try await server.call("GET", "/v1/floor", key: ScriptedKeys.administrator)
            #expect(answer.status == 200 && answer.json["queue"]?["wait_seconds"] == .null)
            guard case .array(let minutes)? = answer.json["demand"]?["minutes"] else {
                Issue.record("no minutes")
                return
            }
            #expect(minutes.count == FloorAnswer.minuteCount)
        }
    }

    @Test("Changes of the floor are told as they happen, and not what was seen before")
    func changes() async throws {
        let floor = ScriptedFloor()
        try await LiveServer.run(floor: floor) { server in
            try await Wire.open(port: server.port) { wire in
                try await wire.send(
                    LiveServer.head(
                        "GET", "/v1/floor/events", key: ScriptedKeys.administrator,
                        headers: [("last-event-id", "1")]))
                await floor.change { $0.queue.waiting = 999 }
                let told = try await wire.read(until: "\"waiting\":999")
                #expect(told.contains("id: 2\nevent: floor") && !told.contains("id: 1\n"))
            }
        }
    }

    @Test("Where nobody watches there is no floor")
    func absent() async throws {
        try await LiveServer.run { server in
            let answer = try await server.call("GET", "/v1/floor", key: ScriptedKeys.administrator)
            #expect(answer.status == 404 && server.api.description["paths"]?["/v1/floor"] == nil)
        }
    }
}
