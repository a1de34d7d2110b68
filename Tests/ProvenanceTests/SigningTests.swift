import Images
import Rights
import TestSupport
import Testing

@testable import Provenance

/// Pictures that are signed and read again.
struct SigningTests {
    @Test(
        "What is signed is trusted by those who trust the domain, and says all that it was told",
        arguments: PictureEncoding.each)
    func roundTrip(encoding: PictureEncoding) throws {
        let trial = try TrialSigning()
        let signed = try trial.signed(encoding)
        let verification = try trial.reader().verify(signed)
        #expect(verification.answer == .trusted)
        #expect(verification.findings.isEmpty)
        let facts = try #require(verification.credential)
        #expect(facts.signer == "Ondol trial domain")
        #expect(facts.signerName == "Ondol trial signer")
        #expect(facts.program == "Ondol 0.1.0")
        #expect(facts.making == .generated)
        #expect(facts.digitalSourceType?.hasSuffix("/trainedAlgorithmicMedia") == true)
        #expect(facts.model == "hanji")
        #expect(facts.modelIdentifier == "sha256:abc")
        #expect(facts.style == "달빛")
        #expect(facts.styleHolder == "김화가")
        #expect(facts.agreement == "A-2026-1")
        #expect(facts.prompt == "노을 속 \"소년\" & <고양이>")
        #expect(facts.seed == "18446744073709551615")
        #expect(facts.isCommercialUseGranted == true)
        #expect(facts.termsAddress == "https://example.org/terms")
        #expect(facts.training["cawg.ai_generative_training"] == false)
        #expect(facts.training["cawg.data_mining"] == true)
        #expect(facts.madeTime == "2026-11-28T02:00:00Z")
        #expect(facts.stamp == .none)
        #expect(facts.title == "picture-1")
        #expect(facts.parent == nil)
    }

    @Test("Strangers see a valid credential of somebody they do not know")
    func stranger() throws {
        let trial = try TrialSigning()
        let verification = try trial.stranger().verify(try trial.signed())
        #expect(verification.answer == .unknownSigner)
        #expect(verification.findings.isEmpty)
        #expect(verification.credential?.model == "hanji")
    }

    @Test("Another domain of the same names is not trusted")
    func forgedDomain() throws {
        let trial = try TrialSigning()
        let forger = try TrialSigning(seed: 2)
        let verification = try trial.reader().verify(try forger.signed())
        #expect(verification.answer == .unknownSigner)
        #expect(verification.credential?.signer == "Ondol trial domain")
    }

    @Test("Prompt, seed, style and wishes are told only where they are to be")
    func silence() throws {
        let trial = try TrialSigning()
        var origin = try TrialSigning.origin()
        origin.prompt = nil
        origin.promptWriter = nil
        origin.seed = nil
        origin.style = nil
        origin.usage = nil
        origin.training = nil
        let signed = try trial.signed(origin: origin)
        let facts = try #require(try trial.reader().verify(signed).credential)
        #expect(facts.prompt == nil && facts.seed == nil && facts.style == nil && facts.agreement == nil)
        #expect(facts.isCommercialUseGranted == nil && facts.training.isEmpty)
        #expect(facts.model == "hanji")
        let text = String(decoding: signed, as: UTF8.self)
        for secret in ["노을", "이작가", "18446744073709551615", "김화가"] { #expect(!text.contains(secret)) }
    }

    @Test("A photo is the parent, opened and edited; its own credential is kept")
    func photo() throws {
        let trial = try TrialSigning()
        let camera = try TrialSigning(seed: 3)
        var origin = try TrialSigning.origin()
        origin.beginning = .photo(bytes: try camera.signed(.jpeg(), picture: TrialSigning.picture(seed: 9)))
        let verification = try trial.reader().verify(try trial.signed(.webp(), origin: origin))
        #expect(verification.answer == .trusted)
        let facts = try #require(verification.credential)
        #expect(facts.making == .edited)
        #expect(facts.digitalSourceType?.hasSuffix("/compositeWithTrainedAlgorithmicMedia") == true)
        let parent = try #require(facts.parent)
        #expect(parent.hasCredential && parent.isIntact)
        #expect(parent.signer == "Ondol trial domain")
    }

    @Test(
        "A photo without a credential, one whose credential no longer holds, and one that is gone are told apart"
    )
    func photosInTrouble() throws {
        let trial = try TrialSigning()
        let plain = try TrialSigning.picture(seed: 4).encoded(as: .jpeg())
        let altered = Damage.pictureChanged(try trial.signed(.jpeg()))
        var origin = try TrialSigning.origin()
        func verified(_ beginning: PictureOrigin.Beginning) throws -> Verification {
            origin.beginning = beginning
            return try trial.reader().verify(try trial.signed(origin: origin))
        }
        let fromPlain = try verified(.photo(bytes: plain))
        #expect(fromPlain.answer == .trusted)
        #expect(fromPlain.credential?.parent?.hasCredential == false)
        let fromAltered = try verified(.photo(bytes: altered))
        #expect(fromAltered.answer == .trusted)
        #expect(fromAltered.credential?.parent?.isIntact == false)
        #expect(fromAltered.findings == [.photoAltered])
        let fromNothing = try verified(.lostPhoto)
        #expect(fromNothing.answer == .trusted)
        #expect(fromNothing.credential?.making == .edited)
        #expect(fromNothing.credential?.parent != nil)
    }

    @Test("A photo whose credential is larger than any should be is named by its hash alone")
    func giantParent() throws {
        let trial = try TrialSigning()
        var giant = try TrialSigning.origin()
        giant.prompt = String(repeating: "가나다라마바사", count: 180_000)
        let photo = try trial.signer.sign(
            try TrialSigning.picture().encoded(as: .jpeg()), from: giant)
        #expect(photo.bytes.count > 3_700_000)
        var origin = try TrialSigning.origin()
        origin.beginning = .photo(bytes: photo.bytes)
        origin.prompt = String(repeating: "abcdefghij", count: 100_000)
        let signed = try trial.signed(origin: origin)
        #expect(signed.count < 1_200_000)
        let verification = try trial.reader().verify(signed)
        #expect(verification.answer == .trusted)
        #expect(verification.credential?.parent?.hasCredential == false)
    }

    @Test("Many threads sign and read at once")
    func concurrency() async throws {
        let trial = try TrialSigning()
        let reader = try trial.reader()
        try await withThrowingTaskGroup(of: Verification.Answer.self) { group in
            for seed in 0..<24 {
                group.addTask {
                    let encoding = PictureEncoding.each[seed % 3]
                    let picture = TrialSigning.picture(seed: UInt64(seed))
                    return try reader.verify(try trial.signed(encoding, picture: picture)).answer
                }
            }
            for try await answer in group { #expect(answer == .trusted) }
        }
    }

    @Test("What is no picture is not signed")
    func notAPicture() throws {
        let trial = try TrialSigning()
        let origin = try TrialSigning.origin()
        for bytes in [[], Array("hello".utf8), [0xFF, 0xD8, 0xFF, 0xE0]] as [[UInt8]] {
            let error = #expect(throws: ProvenanceError.self) { try trial.signer.sign(bytes, from: origin) }
            #expect(error?.message.contains("노을") == false)
        }
    }
}
