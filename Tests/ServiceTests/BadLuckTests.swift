import FoundationEssentials
import GRDB
import Glibc
import Serving
import Stores
import TestSupport
import Testing
import Worker

@testable import Service

/// The whole service when something goes wrong beside it: callers get a clear error, nothing that was accepted is lost, and
/// afterwards the service is there.
@Suite struct BadLuckTests {
    @Test("A key that is wrong or was revoked draws nothing more; what it was promised is drawn")
    func keys() async throws {
        try await LiveHouse.run { house in
            let (first, second) = (try await house.key(), try await house.key())
            house.engine.luck = .hangs
            let accepted = try await house.ask(first.text)
            #expect(accepted.status == 202)
            let request = try #require(accepted.field("id"))
            _ = try await house.store.revoke(first.id, at: house.clock.now)
            let wrong = String(first.text.dropLast()) + (first.text.hasSuffix("0") ? "1" : "0")
            for key in [first.text, wrong, "sk-something", ""] {
                for answer in [
                    try await house.ask(key), try await house.get("/v1/jobs/\(request)", key: key),
                ] {
                    #expect(answer.status == 401)
                    #expect(answer.isError && answer.error("type") == "authentication_error")
                    #expect(answer.error("code") == "invalid_api_key")
                }
            }
            house.engine.luck = .good
            try await eventually("the promised picture is drawn") {
                house.usage(of: first).picturesOpen == 0
            }
            #expect(house.usage(of: first).picturesToday == 1)
            let next = try await house.ask(second.text, later: false)
            #expect(next.status == 200)
        }
    }

    @Test("Where many wait, a device on which batches pay draws full ones, whatever the guess says")
    func batchesGrow() async throws {
        try await LiveHouse.run { house in
            let keys = [try await house.key(), try await house.key(), try await house.key()]
            // Long enough with single pictures to be taken for a device that draws no others.
            for _ in 0..<3 { #expect(try await house.ask(keys[0].text, later: false).status == 200) }
            house.engine.luck = .hangs
            var requests: [(String, String)] = []
            for number in 0..<60 {
                let key = keys[number % keys.count].text
                let answer = try await house.ask(key)
                requests.append((try #require(answer.field("id"), "\(answer.body)"), key))
            }
            house.engine.luck = .good
            for (request, key) in requests { try await house.waitFor(request, key: key) }
            #expect(house.engine.largestBatch == 8)
        }
    }

    @Test(
        "A clock that is set while pictures are drawn loses none, and the next are promised sensibly",
        arguments: [3 * 86_400.0, -3 * 86_400.0, 7200, -7200])
    func clockStep(seconds: Double) async throws {
        try await LiveHouse.run { house in
            let key = try await house.key()
            house.engine.luck = .hangs
            var requests: [String] = []
            for _ in 0..<4 { requests.append(try #require(try await house.ask(key.text).field("id"))) }
            try await eventually("a picture is drawn") { house.engine.stepCount > 0 }
            house.clock.set(by: seconds)
            house.engine.luck = .good
            for request in requests { try await house.waitFor(request, key: key.text) }
            for _ in 0..<3 {
                let answer = try await house.ask(key.text, later: false)
                #expect(answer.status == 200, "\(answer.body)")
            }
            // A queue of nothing is short, whatever the clock says.
            house.engine.luck = .hangs
            let promised = try await house.ask(key.text)
            #expect(promised.status == 202)
            let latest = promised.body.firstMatch(of: /"latest_seconds":([0-9.]+)/).flatMap { Double($0.1) }
            #expect(try #require(latest) < 600)
            house.engine.luck = .good
            try await house.waitFor(try #require(promised.field("id")), key: key.text)
            #expect(house.usage(of: key).picturesOpen == 0)
        }
    }

    @Test("While the disk is full, requests are refused with when to come back; then all goes on")
    func fullDisk() async {
        // The limit holds for the whole process.
        await #expect(processExitsWith: .success) {
            try await LiveHouse.run { house in
                let key = try await house.key()
                var accepted: [String] = []
                limitFileSizeForNow(to: 1 << 20)
                var refused: HTTPAnswer?
                let prompt = String(repeating: "p", count: 30_000)
                for _ in 0..<200 where refused == nil {
                    house.engine.luck = .hangs
                    let answer = try await house.ask(key.text, prompt: prompt)
                    if answer.status == 202 {
                        accepted.append(try #require(answer.field("id")))
                        house.engine.luck = .good
                        // Where a drawn picture is the first thing that finds no room, it and those behind it stay
                        // open; then the next request is what is refused.
                        for _ in 0..<300 where house.usage(of: key).picturesOpen >= 6 {
                            try await Task.sleep(for: .milliseconds(10))
                        }
                    } else {
                        refused = answer
                    }
                }
                let answer = try #require(refused)
                #expect(answer.status == 503 && answer.isError, "\(answer.status) \(answer.body)")
                #expect(answer.error("code") == "storage_unavailable")
                #expect(answer.header("retry-after") == "10")
                #expect(try await house.get("/healthz").status == 200)
                limitFileSizeForNow(to: nil)
                house.engine.luck = .good
                #expect(!accepted.isEmpty)
                for request in accepted { try await house.waitFor(request, key: key.text) }
                try await eventually("requests are taken again") {
                    try await house.ask(key.text, later: false).status == 200
                }
                #expect(house.usage(of: key).picturesToday == accepted.count + 1)
                try await house.store.checkIntegrity()
            }
        }
    }

    @Test("While another program holds the database, requests are refused, and what is known is told")
    func locked() async throws {
        try await LiveHouse.run { house in
            let key = try await house.key()
            let request = try #require(try await house.ask(key.text).field("id"))
            try await house.waitFor(request, key: key.text)
            let holder = try DatabaseHolder(folder: house.folder)
            try await holder.hold()
            let answer = try await house.ask(key.text)
            #expect(answer.status == 503 && answer.isError, "\(answer.status) \(answer.body)")
            #expect(answer.error("code") == "storage_unavailable")
            #expect(answer.header("retry-after") == "10")
            #expect(try await house.get("/v1/jobs/\(request)", key: key.text).status == 200)
            #expect(house.usage(of: key).picturesToday == 1)
            try await holder.letGo()
            try await eventually("requests are taken again") {
                try await house.ask(key.text, later: false).status == 200
            }
            #expect(house.usage(of: key).picturesToday == 2)
            #expect(house.usage(of: key).picturesOpen == 0)
        }
    }

    @Test(
        "A database that is damaged while the service runs is told as an error, and refused at the next start"
    )
    func damaged() async throws {
        try await LiveHouse.run { house in
            let key = try await house.key()
            for _ in 0..<3 {
                let answer = try await house.ask(
                    key.text, prompt: String(repeating: "p", count: 30_000), later: false)
                #expect(answer.status == 200)
            }
            try damage(house.folder + "/" + SQLiteStore.databaseName)
            try await eventually("the damage is met") {
                let answer = try await house.ask(key.text, prompt: String(repeating: "q", count: 30_000))
                guard answer.status >= 500 else { return false }
                #expect(answer.isError && answer.error("type") == "server_error", "\(answer.body)")
                return true
            }
            #expect(try await house.get("/healthz").status == 200)
            let error = #expect(throws: StoresError.self) { _ = try SQLiteStore(folder: house.folder) }
            #expect([.damaged, .foreignDatabase].contains(error?.code), "\(error?.message ?? "")")
        }
    }

    @Test(
        "A worker that hangs in mid-step loses its job to another, who draws it; it is delivered and counted once"
    )
    func hangs() async throws {
        try await LiveHouse.run { house in
            let key = try await house.key()
            house.engine.luck = .hangs
            let request = try #require(try await house.ask(key.text).field("id"))
            try await eventually("the first has begun") { house.engine.stepCount > 0 }
            let other = try house.worker("other", LuckyEngine())
            async let run: Void = other.run()
            try await house.waitFor(request, key: key.text)
            // The first wakes up, and is done with a picture that nobody waits for any more.
            house.engine.luck = .good
            let next = try await house.ask(key.text, later: false)
            #expect(next.status == 200)
            other.drain(within: 10)
            try await run
            #expect(house.usage(of: key).picturesToday == 2)
            #expect(house.usage(of: key).picturesOpen == 0)
            let results = try await house.store.pictures(
                of: .key(key.id), before: nil, limit: 10, at: house.clock.now)
            #expect(results.count == 2)
        }
    }

    @Test(
        "A plugin that fails in every step is told as a failure, costs nothing, and draws again once it can")
    func pluginFails() async throws {
        try await LiveHouse.run { house in
            let key = try await house.key()
            house.engine.luck = .fails
            let answer = try await house.ask(key.text, later: false)
            #expect(answer.status == 500 && answer.isError, "\(answer.status) \(answer.body)")
            #expect(answer.error("code") == "device_failed")
            #expect(answer.error("type") == "server_error")
            #expect(house.usage(of: key).picturesToday == 0)
            #expect(house.usage(of: key).picturesOpen == 0)
            house.engine.luck = .good
            #expect(try await house.ask(key.text, later: false).status == 200)
            #expect(house.usage(of: key).picturesToday == 1)
        }
    }
}

/// A program that holds a service's database.
private actor DatabaseHolder {
    private let queue: DatabaseQueue

    init(folder: String) throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(10)
        queue = try DatabaseQueue(
            path: folder + "/" + SQLiteStore.databaseName, configuration: configuration)
    }

    func hold() async throws {
        try await queue.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    }

    func letGo() async throws { try await queue.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") } }
}

/// Moves the log into the database's file, and writes over all of the file but its first page.
private func damage(_ path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    try queue.close()
    let file = try #require(fopen(path, "r+"))
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    fseek(file, 4096, SEEK_SET)
    let noise = (4096..<max(size, 4096)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    #expect(fwrite(noise, 1, noise.count, file) == noise.count)
}

/// Limits how large files may become, as a full disk does; nil takes the limit back.
private func limitFileSizeForNow(to byteCount: UInt?) {
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    limit.rlim_cur = byteCount ?? limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
}
