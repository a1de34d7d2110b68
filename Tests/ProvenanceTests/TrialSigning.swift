import Glibc
import Images
import Rights
import TestSupport

@testable import Provenance

/// A library, a trial domain and pictures to sign, as tests need them.
struct TrialSigning {
    let library: CredentialLibrary
    let contents: IdentityFolder.Contents
    let signer: CredentialSigner

    /// 2026-11-28, as the tests' clock has it; certificates are good around the machine's own time.
    static var now: Double { Double(time(nil)) }

    /// The library that setting up installs, or the one of the environment.
    static func library() throws -> CredentialLibrary {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let named = getenv(CredentialLibrary.environmentVariable).map { String(cString: $0) }
        return try CredentialLibrary.open(
            at: CredentialLibrary.path(
                environment: named.map { [CredentialLibrary.environmentVariable: $0] } ?? [:],
                state: "\(root)/.ondol"))
    }

    init(seed: UInt64 = 1, authority: TimestampAuthority? = nil) throws {
        library = try Self.library()
        var chance = SeededGenerator(seed: seed)
        contents = try withTemporaryFolder {
            try IdentityFolder(path: $0).trialDomain(at: Self.now, using: &chance)
        }
        signer = try CredentialSigner(
            library: library, identity: contents.identity, authority: authority, at: Self.now,
            uptimeSeconds: Self.uptimeSeconds)
    }

    static let uptimeSeconds: @Sendable () -> Double = {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// A reader that trusts the trial domain.
    func reader() throws -> CredentialReader {
        try CredentialReader(library: library, anchors: contents.root)
    }

    /// A reader that trusts nobody.
    func stranger() throws -> CredentialReader { try CredentialReader(library: library, anchors: "") }

    /// An origin that says as much as there is to say.
    static func origin() throws -> PictureOrigin {
        var origin = PictureOrigin(
            provider: "Example", programVersion: "0.1.0",
            model: .init(name: "hanji", version: "1", identifier: "sha256:abc"),
            time: try Timestamp(milliseconds: 1_795_831_200_000))
        origin.style = .init(name: "달빛", holder: "김화가", agreement: "A-2026-1", identifier: "sha256:def")
        origin.prompt = "노을 속 \"소년\" & <고양이>"
        origin.promptWriter = "이작가"
        origin.seed = 18_446_744_073_709_551_615
        origin.usage = UsageGrant(isCommercial: true, termsAddress: "https://example.org/terms")
        origin.training = .noTraining
        origin.identifier = "picture-1"
        return origin
    }

    /// A picture with something in it, different for each seed.
    static func picture(width: Int = 96, height: Int = 64, seed: UInt64 = 7) -> Picture {
        var chance = SeededGenerator(seed: seed)
        let tone = Double(chance.next() % 200)
        var bytes: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let wave = (sin(Double(x) / 9 + tone) + cos(Double(y) / 7)) * 50 + 110
                bytes += [UInt8(wave), UInt8((wave + tone) / 2), UInt8(255 - wave)]
            }
        }
        return Picture(width: width, height: height, bytes: bytes)
    }

    /// A signed picture of each format.
    func signed(
        _ encoding: PictureEncoding = .png(), origin: PictureOrigin? = nil, picture: Picture = picture()
    ) throws -> [UInt8] {
        let origin = try origin ?? Self.origin()
        let bytes = try picture.encoded(as: encoding, metadata: PictureMetadata(origin).packet)
        return try signer.sign(bytes, from: origin).bytes
    }
}

extension PictureEncoding {
    /// One of each format.
    static let each: [PictureEncoding] = [.png(), .jpeg(), .webp()]
}
