import FoundationEssentials
import Serving
import Stores
import TestSupport
import Testing
import Worker

@testable import Server
@testable import Service

/// Keys, pictures, the secret and the figures.
struct KeptTests {
    @Test("A key's plan and scopes are those of the settings and the store; a revoked key is nobody's")
    func keys() async throws {
        var settings = ServiceSettings()
        settings.plans["gold"] = Plan(name: "gold", weight: 4)
        try await TestHouse.run(settings: settings) { house in
            var chance = house.clock.environment.chance
            let secret = KeySecret(at: house.clock.now, using: &chance)
            let record = KeyRecord(
                id: secret.id, label: "app", plan: "gold", scopes: [.draw], created: house.clock.now)
            try await house.store.add(secret, record, salt: Array(repeating: 1, count: 16))
            let bearer = try #require(BearerKey(secret.text))
            let caller = try #require(try await house.core.keys.caller(of: bearer))
            #expect(caller.plan.weight == 4)
            #expect(caller.scopes == [.draw, .read])
            _ = try await house.store.revoke(secret.id, at: house.clock.now)
            #expect(try await house.core.keys.caller(of: bearer) == nil)
            #expect(try await house.core.keys.caller(of: try #require(BearerKey("sk-nonsense"))) == nil)
        }
    }

    @Test("Uploads are not delivered as pictures")
    func uploads() async throws {
        try await TestHouse.run { house in
            let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1]
            let photo = try #require(UploadedPicture(bytes: png))
            let edit = EditSource(photos: [photo], mask: nil, fidelity: .low)
            _ = try await house.accept(try house.submission(edit: edit))
            let owner = try #require(CallerIdentifier(house.caller.id))
            let leased = try #require(try await house.lease().first)
            let order = try DrawingOrder(payload: leased.payload)
            let name = try #require(order.photo?.picture)
            #expect(try await house.store.picture(name, for: .caller(owner), at: house.clock.now) != nil)
            #expect(try await house.core.pictures.picture(.init(name)) == nil)
        }
    }

    @Test("The secret is made once, and each use has a key of its own")
    func secret() throws {
        try withTemporaryFolder { folder in
            let bits: () -> UInt64 = { 0x0123_4567_89AB_CDEF }
            let first = try ServiceSecret(folder: folder, randomBits: bits)
            let second = try ServiceSecret(folder: folder, randomBits: { 0 })
            #expect(first.key(for: "links") == second.key(for: "links"))
            #expect(first.key(for: "links") != first.key(for: "visitors"))
            #expect(first.key(for: "links").count == 32)
            let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/secret")
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            try Data([1, 2, 3]).write(to: URL(filePath: folder + "/secret"))
            let error = #expect(throws: ServiceError.self) {
                try ServiceSecret(folder: folder, randomBits: bits)
            }
            #expect(error?.code == .damaged)
        }
    }

    @Test("The figures are in the form that Prometheus reads, one help and one type each")
    func metrics() async throws {
        try await TestHouse.run { house in
            _ = try await house.accept(try house.submission(count: 2))
            let lines = house.core.metrics(busySeconds: [("cpu 0", 12.5)]).split(separator: "\n")
            #expect(lines.contains("ondol_pictures_waiting 2"))
            #expect(lines.contains("ondol_pictures_accepted_total{tier=\"full\"} 2"))
            #expect(lines.contains("ondol_requests_refused_total{reason=\"queueFull\"} 0"))
            let names = lines.filter { $0.hasPrefix("# TYPE") }.map { $0.split(separator: " ")[2] }
            #expect(Set(names).count == names.count)
            for line in lines where !line.hasPrefix("#") {
                let name = line.prefix { $0 != "{" && $0 != " " }
                #expect(names.contains(name), "\(line)")
                #expect(line.split(separator: " ").last.flatMap { Double($0) } != nil, "\(line)")
            }
        }
    }

    @Test("Accounts not used for long are let go of and found again in the store")
    func trimming() throws {
        var book = AccountBook(limit: 10)
        let now = Moment(secondsSinceEpoch: 0)
        for number in 0..<20 {
            let caller = try #require(CallerIdentifier("visitor:\(number)"))
            book.adopt(nil, of: caller, end: nil, at: now + Double(number))
        }
        book.trim()
        #expect(!book.knows(try #require(CallerIdentifier("visitor:0"))))
        #expect(book.knows(try #require(CallerIdentifier("visitor:19"))))
        let late = try #require(CallerIdentifier("visitor:19"))
        book.set(CallerAccount(), of: late, at: now)
        #expect(book.unsaved.map(\.caller) == [late])
        book.saved(book.unsaved)
        #expect(book.unsaved.isEmpty)
    }
}
