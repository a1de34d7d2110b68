import FoundationEssentials
import Images
import Painter
import Provenance
import Rights
import Testing

@testable import ondol

/// What a work's own credentials say of training, whoever signed them and whatever happened to the file since.
@Suite(.enabled(if: (try? CredentialDesk().library()) != nil, "needs the credential library: make setup"))
struct WorkSignalTests {
    private static func signed(_ wish: TrainingWish) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        var chance = SystemRandomNumberGenerator()
        let now = Machine.now()
        let domain = try IdentityFolder(path: folder.path + "/identity").trialDomain(
            at: now.secondsSinceEpoch, using: &chance)
        let signer = try CredentialSigner(
            library: try CredentialDesk().library(), identity: domain.identity, at: now.secondsSinceEpoch,
            uptimeSeconds: Machine.uptimeSeconds)
        var origin = PictureOrigin(
            provider: "A studio", programVersion: "1", model: .init(name: "none"), time: Timestamp(now))
        origin.training = wish
        let painting = try Scene(seed: 3).paint(size: 128)
        return try PictureSealing(signer: signer).seal(
            Picture(width: 128, height: 128, bytes: painting.pixels), as: .jpeg(quality: 90), origin: origin
        ).bytes
    }

    @Test(
        "A stranger's wish counts, also where the picture was changed; a file without credentials wishes nothing"
    )
    func wishes() throws {
        #expect(try WorksCommand.Add.signals(in: Self.signed(.notAllowed)) == [.credentialsForbidTraining])
        #expect(try WorksCommand.Add.signals(in: Self.signed(.noTraining)) == [.credentialsForbidTraining])
        #expect(try WorksCommand.Add.signals(in: Self.signed(.allowed)) == [])
        var changed = try Self.signed(.noTraining)
        changed[changed.count - 60] ^= 0x04
        #expect(try WorksCommand.Add.signals(in: changed) == [.credentialsForbidTraining])
        let painting = try Scene(seed: 3).paint(size: 128)
        let plain = try Picture(width: 128, height: 128, bytes: painting.pixels).encoded(as: .png())
        #expect(try WorksCommand.Add.signals(in: plain) == [])
    }

    @Test("Credentials that are cut off or overwritten let no work through")
    func damaged() throws {
        let whole = try Self.signed(.noTraining)
        // In the middle of the credential, which lies before the picture.
        let start = try #require(whole.firstRange(of: Array("jumb".utf8))).lowerBound
        for damage in ["cut", "noise"] {
            var bytes = whole
            if damage == "cut" { bytes.removeLast(bytes.count - start - 400) }
            if damage == "noise" { for index in start + 40..<start + 400 { bytes[index] ^= 0x5A } }
            do {
                let found = try WorksCommand.Add.signals(in: bytes)
                #expect(found == [.credentialsForbidTraining], "\(damage): a wish was lost")
            } catch {
                #expect("\(error)".contains("damaged"), "\(damage): \(error)")
            }
        }
    }
}
