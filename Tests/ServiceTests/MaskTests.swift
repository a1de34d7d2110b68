import FoundationEssentials
import Serving
import Stores
import Testing
import Worker

@testable import Server
@testable import Service

/// Masks of edits: looked at before anything is counted, and kept with their photos.
@Suite struct MaskTests {
    /// PNGs, made once with zlib: by pixels in a row, and whether they have an alpha channel.
    private static let narrow =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII="
    private static let wide =
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAC0lEQVR4nGNggAIAAAkAAftSuKkAAAAASUVORK5CYII="
    private static let opaque =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgZGIGAAAOAAfXb+R4AAAAAElFTkSuQmCC"

    private static func upload(_ base64: String) throws -> UploadedPicture {
        let data = try #require(Data(base64Encoded: base64))
        return try #require(UploadedPicture(bytes: [UInt8](data)))
    }

    private static func edit(_ photo: String, mask: String, fidelity: InputFidelity = .low) throws
        -> EditSource
    {
        EditSource(photos: [try upload(photo)], mask: try upload(mask), fidelity: fidelity)
    }

    @Test(
        "A mask is kept as its caller's upload, and named in the order",
        arguments: [InputFidelity.low, .high])
    func kept(fidelity: InputFidelity) async throws {
        try await TestHouse.run { house in
            let edit = try Self.edit(Self.opaque, mask: Self.narrow, fidelity: fidelity)
            _ = try await house.accept(try house.submission(edit: edit))
            let owner = try #require(CallerIdentifier(house.caller.id))
            let leased = try #require(try await house.lease().first)
            let photo = try #require(try DrawingOrder(payload: leased.payload).photo)
            let mask = try #require(photo.mask)
            let record = try await house.store.picture(mask, for: .caller(owner), at: house.clock.now)
            let bytes = try await house.store.open(try #require(record)).collect()
            #expect(bytes == edit.mask?.bytes)
            #expect(mask != photo.picture)
            #expect(photo.strength == (fidelity == .low ? 1 : 0.75))
        }
    }

    @Test(
        "A mask that does not fit is refused by its name, and nothing is counted",
        arguments: [
            (wide, narrow, "the image 2x1"), (opaque, opaque, "no alpha channel"),
            (narrow, String(narrow.prefix(24)), "cannot be decoded"),
        ])
    func refused(photo: String, mask: String, part: String) async throws {
        try await TestHouse.run { house in
            let submission = try house.submission(edit: try Self.edit(photo, mask: mask))
            guard case .forbidden(let refusal) = try await house.core.generation.submit(submission) else {
                Issue.record("it was taken")
                return
            }
            #expect(refusal.code == "invalid_image_format" && refusal.param == "mask")
            #expect(refusal.message.contains(part), "\(refusal.message)")
            let error = APIError(refusal)
            #expect(error.status == .badRequest)
            #expect(house.usage() == LimitUsage())
            #expect(try await house.lease().isEmpty)
        }
    }
}
