import FoundationEssentials
import Glibc
import Serving
import Stores
import TestSupport
import Testing

@Suite struct PictureTests {
    static let now = Samples.start
    /// A moment after the files of this test were written, by the clock that stamps them.
    static let later = Moment(secondsSinceEpoch: 5_000_000_000)

    static func keep(
        _ bytes: [UInt8], in store: SQLiteStore, _ samples: inout Samples, caller: Int = 0, end: Moment? = nil
    ) async throws -> PictureRecord {
        let written = try await store.write(bytes, as: samples.picture(), mediaType: "image/png", until: end)
        return try await store.keep(
            written, as: .result, of: Samples.caller(caller), request: nil, at: now)
    }

    @Test("A picture is read as it was written, in pieces or at once", arguments: [1, 65536, 65537, 300_000])
    func roundTrip(byteCount: Int) async throws {
        try await withStore { store, samples in
            let bytes = samples.bytes(byteCount)
            let record = try await Self.keep(bytes, in: store, &samples)
            #expect(record.byteCount == byteCount)
            let found = try #require(try await store.picture(record.id, for: .service, at: Self.now))
            #expect(found == record)
            let opened = try await store.open(found)
            #expect(try await opened.collect() == bytes)
            var pieces: [[UInt8]] = []
            for try await piece in opened { pieces.append(piece) }
            #expect(pieces.flatMap { $0 } == bytes)
            #expect(pieces.allSatisfy { $0.count <= 65536 })
        }
    }

    @Test("A picture is for its owner, until its end, and is read to its end though it is deleted meanwhile")
    func owner() async throws {
        try await withStore { store, samples in
            let record = try await Self.keep(samples.bytes(200_000), in: store, &samples, end: Self.now + 10)
            let (owner, stranger) = (Viewer.caller(Samples.caller(0)), Viewer.caller(Samples.caller(1)))
            #expect(try await store.picture(record.id, for: owner, at: Self.now) == record)
            #expect(try await store.picture(record.id, for: stranger, at: Self.now) == nil)
            #expect(try await store.picture(record.id, for: owner, at: Self.now + 10) == nil)
            #expect(try await !store.delete(record.id, for: stranger))
            let opened = try await store.open(record)
            #expect(try await store.delete(record.id, for: owner))
            #expect(try await !store.delete(record.id, for: owner))
            #expect(try await opened.collect().count == 200_000)
            let gone = await code { _ = try await store.open(record) }
            #expect(gone == .pictureMissing)
        }
    }

    @Test("A file that was cut short is not given out")
    func damaged() async throws {
        try await withStore { store, samples in
            let record = try await Self.keep(samples.bytes(5000), in: store, &samples)
            let path = store.folder + "/pictures/" + record.id.text.suffix(2) + "/" + record.id.text
            truncate(path, 4999)
            let failure = await code { _ = try await store.open(record) }
            #expect(failure == .damaged)
        }
    }

    @Test("A caller's gallery has its results alone, newest first, page by page")
    func gallery() async throws {
        try await withStore { store, samples in
            var names: [PictureIdentifier] = []
            for index in 0..<7 { names.append(try await Self.keep([UInt8(index)], in: store, &samples).id) }
            _ = try await Self.keep([1], in: store, &samples, caller: 1)
            _ = try await Self.keep([1], in: store, &samples, end: Self.now)
            let upload = try await store.write([8], as: samples.picture(), mediaType: "image/png", until: nil)
            _ = try await store.keep(upload, as: .upload, of: Samples.caller(0), request: nil, at: Self.now)
            names.sort { $0.text > $1.text }
            let first = try await store.pictures(of: Samples.caller(0), before: nil, limit: 4, at: Self.now)
            let rest = try await store.pictures(
                of: Samples.caller(0), before: first.last?.id, limit: 4, at: Self.now)
            #expect((first + rest).map(\.id) == names)
        }
    }

    @Test("Files that no row knows are swept once they are old, those in work are not")
    func orphans() async throws {
        try await withStore { store, samples in
            let kept = try await Self.keep([1], in: store, &samples)
            let written = try await store.write(
                [2], as: samples.picture(), mediaType: "image/png", until: nil)
            let stray = PictureIdentifier(at: Self.now, using: &samples.generator)
            let shard = store.folder + "/pictures/" + stray.text.suffix(2)
            try FileManager.default.createDirectory(atPath: shard, withIntermediateDirectories: true)
            writeBytes([3], to: shard + "/" + stray.text)
            writeBytes([4], to: store.folder + "/pictures/unfinished/" + stray.text)
            #expect(try await store.sweepOrphans(at: Moment(microseconds: 0)) == 0)
            #expect(try await store.sweepOrphans(at: Self.later) == 2)
            #expect(!FileManager.default.fileExists(atPath: shard + "/" + stray.text))
            #expect(try await store.open(kept).collect() == [1])
            let record = try await store.keep(
                written, as: .partial, of: Samples.caller(0), request: nil, at: Self.now)
            #expect(try await store.open(record).collect() == [2])
        }
    }

    @Test("A picture whose file was lost before its job was done is not delivered")
    func lostFile() async throws {
        try await withStore { store, samples in
            _ = try await store.accept(try samples.request(), at: Self.now)
            let lease = try await store.take()[0].lease
            let picture = try await store.write(
                [1], as: samples.picture(), mediaType: "image/png", until: nil)
            await store.discard(picture)
            let failure = await code { _ = try await store.complete(lease, picture: picture, at: Self.now) }
            #expect(failure == .pictureMissing)
            #expect(try await store.job(lease.job, for: .service)?.state == .leased)
        }
    }

    @Test("Pictures leave room for the database")
    func reserve() async throws {
        try await withStore(StoreSettings(reserveBytes: 1 << 40)) { store, samples in
            let id = samples.picture()
            let failure = await code {
                _ = try await store.write([1, 2, 3], as: id, mediaType: "image/png", until: nil)
            }
            #expect(failure == .diskFull)
            #expect(!allBytes(in: store.folder + "/pictures").contains([1, 2, 3]))
        }
    }

    @Test("Empty pictures and long media types are refused")
    func refusals() async throws {
        try await withStore { store, samples in
            for (bytes, mediaType) in [
                ([], "image/png"), ([1], ""), ([1], String(repeating: "x", count: 101)),
            ]
                as [([UInt8], String)]
            {
                let id = samples.picture()
                let failure = await code {
                    _ = try await store.write(bytes, as: id, mediaType: mediaType, until: nil)
                }
                #expect(failure == .invalidArgument)
            }
        }
    }
}
