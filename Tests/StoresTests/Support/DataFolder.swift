import FoundationEssentials
import Serving
import Stores
import Testing

/// A data folder of a test's own, removed with all that is in it.
func withDataFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/ondol-stores-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// A store in a folder of its own, with requests to put into it.
func withStore<Result>(
    _ settings: StoreSettings = StoreSettings(), seed: UInt64 = 1,
    _ body: (SQLiteStore, inout Samples) async throws -> Result
) async throws -> Result {
    try await withDataFolder { folder in
        let store = try SQLiteStore(folder: folder, settings: settings)
        var samples = Samples(seed: seed)
        let result = try await body(store, &samples)
        try store.close()
        return result
    }
}

extension SQLiteStore {
    /// Leases the smallest places for a minute.
    func take(_ count: Int = 1, worker: String = "worker", at now: Moment = Samples.start) async throws
        -> [LeasedJob]
    {
        try await lease(for: worker, models: ["hanji"], count: count, until: now + 60, at: now)
    }

    /// Writes a picture and completes a job with it.
    func deliver(_ lease: Lease, as id: PictureIdentifier, at now: Moment = Samples.start) async throws
        -> CompletionOutcome
    {
        let picture = try await write([1, 2, 3], as: id, mediaType: "image/png", until: nil)
        return try await complete(lease, picture: picture, at: now)
    }
}

/// All bytes of all files below a folder.
func allBytes(in folder: String) -> [[UInt8]] {
    guard let paths = FileManager.default.subpaths(atPath: folder) else { return [] }
    return paths.compactMap { FileManager.default.contents(atPath: folder + "/" + $0).map(Array.init) }
}

/// The code that a call fails with; nil where it does not fail.
func code(of body: () async throws -> Void) async -> StoresError.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? StoresError)?.code
    }
}
