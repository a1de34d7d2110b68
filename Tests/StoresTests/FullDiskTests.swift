import FoundationEssentials
import Serving
import Stores
import TestSupport
import Testing

/// A limit on the size of files stands for a full disk; it holds for the whole process, so each has its own.
@Suite struct FullDiskTests {
    @Test("A picture that does not fit says so, leaves nothing, and hinders no smaller one")
    func picture() async {
        await #expect(processExitsWith: .success) {
            try await withStore { store, samples in
                let (large, small) = (samples.picture(), samples.picture())
                limitFileSize(to: 4 << 20)
                let bytes = [UInt8](repeating: 7, count: 5 << 20)
                let failure = await code {
                    _ = try await store.write(bytes, as: large, mediaType: "image/png", until: nil)
                }
                #expect(failure == .diskFull)
                let left = try FileManager.default.subpathsOfDirectory(atPath: store.folder + "/pictures")
                #expect(left == ["unfinished"])
                _ = try await store.write([1], as: small, mediaType: "image/png", until: nil)
            }
        }
    }

    @Test(
        "When the database cannot grow, what is told to be written is, the rest is refused, and nothing is lost"
    )
    func database() async {
        await #expect(processExitsWith: .success) {
            try await withDataFolder { folder in
                let store = try SQLiteStore(folder: folder)
                var samples = Samples(seed: 5)
                var accepted: [NewRequest] = []
                limitFileSize(to: 1 << 20)
                let payload = String(repeating: "p", count: 50_000)
                var failure: StoresError.Code?
                for _ in 0..<200 where failure == nil {
                    let request = try samples.request(payload: payload)
                    failure = await code { _ = try await store.accept(request, at: Samples.start) }
                    if failure == nil { accepted.append(request) }
                }
                #expect(failure == .diskFull)
                #expect(!accepted.isEmpty)
                for request in accepted {
                    #expect(try await store.request(request.id, for: .service)?.payload == request.payload)
                }
                try await store.checkIntegrity()
            }
        }
    }
}
