import Dispatch
import FoundationEssentials
import Glibc
import Rights
import RightsSamples
import Serving
import Stores
import TestSupport
import Testing

/// The process is killed at moments of chance while it accepts, leases and delivers; then everything is counted.
///
/// `ONDOL_KILL_ROUNDS` sets how often; 4 where it is not set.
@Suite struct KillTests {
    @Test("However often the service is killed, nothing accepted is lost and nothing is drawn twice")
    func killed() async throws {
        let rounds = ProcessInfo.processInfo.environment["ONDOL_KILL_ROUNDS"].flatMap(Int.init) ?? 4
        try await withDataFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            var chance = SeededGenerator(seed: 20_261_121)
            var killedCount = 0
            for round in 0..<rounds {
                // Counted in requests, not in time, so that a slow machine tests as much as a quick one.
                let requests = Int.random(in: 1...60, using: &chance)
                let delay = Int.random(in: 0...5000, using: &chance)
                let seed = UInt64(round + 1)
                let result = await #expect(processExitsWith: .signal(SIGKILL)) {
                    [
                        folder = folder as String, requests = requests as Int, delay = delay as Int,
                        seed = seed as UInt64
                    ] in
                    try await Hammer(folder: folder, seed: seed).run(
                        killAfter: requests, delayMicroseconds: delay)
                }
                killedCount += result == nil ? 0 : 1
            }
            #expect(killedCount == rounds)
            try await Journal(folder: folder).check()
        }
    }
}

/// Accepts, leases and delivers as fast as it can, and notes what it was told, until it is killed.
private struct Hammer {
    let folder: String
    let seed: UInt64

    /// - Parameters:
    ///   - requests: how many are accepted before the end is near.
    ///   - delayMicroseconds: how much later the end comes, wherever everybody is then.
    func run(killAfter requests: Int, delayMicroseconds: Int) async throws {
        let store = try SQLiteStore(folder: folder, settings: StoreSettings(attemptLimit: 100))
        let journal = Journal(folder: folder)
        _ = try await store.release(worker: "worker", at: Samples.start)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var samples = Samples(seed: seed &* 1000)
                for count in 1... {
                    let request = try samples.request(tags: [1, 2])
                    _ = try await store.accept(request, at: Samples.start) {
                        try $0.save([
                            AccountRecord(caller: request.caller, account: CallerAccount(), revision: 1)
                        ])
                    }
                    for job in request.jobs { journal.note("accepted \(job.id)") }
                    guard count == requests else { continue }
                    DispatchQueue.global().asyncAfter(deadline: .now() + .microseconds(delayMicroseconds)) {
                        kill(getpid(), SIGKILL)
                    }
                }
            }
            // More who draw than who ask, so that what is left in the end is drawn in no time.
            for lane in 1...3 {
                group.addTask {
                    var samples = Samples(seed: seed &* 1000 &+ UInt64(lane))
                    while true {
                        for leased in try await store.take(4) {
                            try await draw(leased, store, journal, &samples)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func draw(
        _ leased: LeasedJob, _ store: SQLiteStore, _ journal: Journal, _ samples: inout Samples
    ) async throws {
        let report = LeaseReport(lease: leased.lease, progress: JobProgress(step: 1, stepCount: 2))
        _ = try await store.renew([report], until: Samples.start + 60, at: Samples.start)
        let outcome = try await store.deliverAndPay(leased.lease, as: samples.picture())
        if case .stored(let job, _) = outcome { journal.note("stored \(job.id)") }
    }
}

/// What the killed processes were told, one line each, in a file beside the store.
private struct Journal {
    let folder: String
    private var path: String { folder + "/journal" }

    /// One write of one line: whole or not there.
    func note(_ line: String) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(descriptor) }
        let bytes = Array((line + "\n").utf8)
        _ = write(descriptor, bytes, bytes.count)
    }

    /// Draws what is left, and holds the store against the journal.
    func check() async throws {
        let lines = String(decoding: readBytes(path), as: UTF8.self).split(separator: "\n")
        let accepted = lines.filter { $0.hasPrefix("accepted ") }.map { $0.dropFirst("accepted ".count) }
        let stored = lines.filter { $0.hasPrefix("stored ") }.map { $0.dropFirst("stored ".count) }
        #expect(accepted.count >= 2)
        #expect(Set(stored).count == stored.count, "a job was stored twice")
        let store = try SQLiteStore(folder: folder, settings: StoreSettings(attemptLimit: 100))
        try await store.checkIntegrity()
        for name in stored {
            let id = try #require(JobIdentifier(String(name)))
            #expect(
                try await store.job(id, for: .service)?.state == .done, "\(name) was stored and is not done")
        }
        _ = try await store.release(worker: "worker", at: Samples.start)
        var samples = Samples(seed: 999_999)
        while case let leased = try await store.take(64), !leased.isEmpty {
            for job in leased { _ = try await store.deliverAndPay(job.lease, as: samples.picture()) }
        }
        var pictures: Set<PictureIdentifier> = []
        for name in accepted {
            let id = try #require(JobIdentifier(String(name)))
            let job = try #require(try await store.job(id, for: .service), "\(name) was accepted and is lost")
            let picture = try #require(job.picture)
            #expect(pictures.insert(picture).inserted)
            let record = try #require(try await store.picture(picture, for: .service, at: Samples.start))
            #expect(try await store.open(record).collect() == [1, 2, 3])
        }
        let kept = try await store.allResults(of: Samples.caller(0))
        // Some were accepted without anybody hearing of it; each of all these has one picture.
        #expect(kept >= accepted.count)
        #expect(try await store.desk().openJobs.isEmpty)
        var paid: Set<String> = []
        let verification = try await store.verifyLedger { record in
            guard case .delivery(let picture, _) = record.entry.subject else { return }
            #expect(paid.insert(picture.text).inserted)
        }
        #expect(verification.findings == [])
        // Each picture is paid for once, and nothing else is.
        #expect(paid.count == kept)
        #expect(pictures.allSatisfy { paid.contains($0.text) })
        try store.close()
    }
}

extension SQLiteStore {
    /// Completes a job with a picture and with what it owes.
    fileprivate func deliverAndPay(_ lease: Lease, as id: PictureIdentifier) async throws -> CompletionOutcome
    {
        let picture = try await write([1, 2, 3], as: id, mediaType: "image/png", until: nil)
        return try await complete(lease, picture: picture, event: nil, at: Samples.start) { transaction, _ in
            try transaction.append(try RightsSamples.delivery(id.text))
        }
    }

    fileprivate func allResults(of caller: CallerIdentifier) async throws -> Int {
        var count = 0
        var last: PictureIdentifier?
        while case let page = try await pictures(of: caller, before: last, limit: 200, at: Samples.start),
            let end = page.last
        {
            count += page.count
            last = end.id
        }
        return count
    }
}
