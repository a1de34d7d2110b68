import Images
import TestSupport
import Testing

@testable import Provenance

/// The four answers, and what is wrong.
struct VerificationTests {
    private static let trial = Result { try TrialSigning() }

    @Test(
        "A changed picture, a changed credential, a cut file and a stripped one are told apart",
        arguments: PictureEncoding.each)
    func damages(encoding: PictureEncoding) throws {
        let trial = try Self.trial.get()
        let reader = try trial.reader()
        let signed = try trial.signed(encoding)
        let changed = try reader.verify(Damage.pictureChanged(signed))
        #expect(changed.answer == .altered)
        // Where the changed byte breaks the compression, the picture cannot be read at all.
        #expect(changed.findings == [.pictureChanged] || changed.findings == [.fileDamaged])
        let forged = try reader.verify(Damage.credentialChanged(signed))
        #expect(forged.answer == .altered)
        #expect(forged.findings == [.credentialChanged])
        let cut = try reader.verify(Damage.truncated(signed))
        #expect(cut.answer == .altered)
        #expect(cut.findings == [.fileDamaged])
        let stripped = try reader.verify(try Damage.stripped(signed))
        #expect(stripped == Verification(answer: .nothingFound))
    }

    @Test("A pixel that is painted over is found where the file stays whole")
    func paintedOver() throws {
        let trial = try Self.trial.get()
        let picture = TrialSigning.picture()
        let signed = try trial.signed(.png(), picture: picture)
        // The same credential in the file of another picture.
        var bytes = picture.bytes
        bytes[0] ^= 0x80
        let other = try Picture(width: picture.width, height: picture.height, bytes: bytes).encoded(
            as: .png())
        let credential = try #require(PNGPieces(signed).first { $0.type == "caBX" })
        let moved = Array(other[..<33]) + Array(signed[credential.range]) + Array(other[33...])
        let verification = try trial.reader().verify(moved)
        #expect(verification.answer == .altered)
        #expect(verification.findings == [.pictureChanged])
        #expect(verification.credential?.model == "hanji")
    }

    @Test("Metadata that is added afterwards breaks the seal")
    func metadataAfterwards() throws {
        let trial = try Self.trial.get()
        let signed = try trial.signed(.png())
        let comment: [UInt8] = Array("tEXtComment".utf8) + [0] + Array("later".utf8)
        let chunk = PNGPieces.chunk(comment)
        let changed = Array(signed.dropLast(12)) + chunk + Array(signed.suffix(12))
        #expect(try trial.reader().verify(changed).findings == [.pictureChanged])
    }

    @Test("What is no picture, and what is too large, is refused in a sentence")
    func refusals() throws {
        let trial = try Self.trial.get()
        let reader = try trial.reader()
        let cases: [([UInt8], ProvenanceError.Code)] = [
            ([], .unreadable), (Array("GIF89a-------".utf8), .unreadable),
            (Array(repeating: 0, count: 4096), .unreadable),
        ]
        for (bytes, code) in cases {
            let error = #expect(throws: ProvenanceError.self) { try reader.verify(bytes) }
            #expect(error?.code == code)
        }
        let small = try CredentialReader(
            library: trial.library, anchors: "", limits: PictureLimits(pixelCount: 1_000_000, byteCount: 100))
        let error = #expect(throws: ProvenanceError.self) { try small.verify(try trial.signed()) }
        #expect(error?.code == .tooLarge)
    }

    @Test("Garbage behind a picture's first bytes is answered", arguments: ["png", "jpeg", "webp"])
    func garbage(format: String) throws {
        let reader = try Self.trial.get().reader()
        let magic: [UInt8] =
            switch format {
            case "png": [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            case "jpeg": [0xFF, 0xD8, 0xFF, 0xEB]
            default: Array("RIFF".utf8) + [0xFF, 0xFF, 0xFF, 0x7F] + Array("WEBP".utf8)
            }
        for seed in 0..<40 as Range<UInt64> {
            var chance = SeededGenerator(seed: seed)
            let noise = (0..<2000).map { _ in UInt8.random(in: 0...255, using: &chance) }
            let verification = try reader.verify(magic + noise)
            #expect(verification.answer == .altered, "\(format) \(seed)")
            #expect(verification.findings == [.fileDamaged], "\(format) \(seed)")
        }
    }

    @Test(
        "Whatever is changed in a signed picture, there is an answer; 'trusted' only where picture and words are the same",
        arguments: PictureEncoding.each)
    func fuzz(encoding: PictureEncoding) throws {
        let trial = try Self.trial.get()
        let reader = try trial.reader()
        let signed = try trial.signed(encoding)
        let original = try reader.verify(signed)
        let picture = try Picture(decoding: signed)
        var answers: [Verification.Answer: Int] = [:]
        for seed in 0..<400 as Range<UInt64> {
            var chance = SeededGenerator(seed: seed)
            let bytes = Damage.random(signed, using: &chance)
            guard bytes != signed else { continue }
            do {
                let verification = try reader.verify(bytes)
                answers[verification.answer, default: 0] += 1
                // What frames a credential in its file, as a checksum of a chunk, is not sealed; what it says and what
                // the picture shows is.
                if verification.answer == .trusted || verification.answer == .unknownSigner {
                    let isSame = verification == original && (try? Picture(decoding: bytes)) == picture
                    #expect(isSame, "VerificationTests.fuzz \(encoding) seed \(seed)")
                }
                _ = VerificationWords(verification)
            } catch {
                #expect(error.code == .unreadable, "VerificationTests.fuzz \(encoding) seed \(seed)")
            }
        }
        #expect(answers[.altered, default: 0] > 300)
    }

    @Test("A credential of absurd sizes is answered")
    func absurdLengths() throws {
        let trial = try Self.trial.get()
        let signed = try trial.signed(.png())
        let original = try trial.reader().verify(signed)
        let credential = try #require(PNGPieces(signed).first { $0.type == "caBX" })
        // The first box says that it is four gigabytes long; then that it is nothing; then a bomb of empty boxes.
        for length: [UInt8] in [[0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0, 0, 0, 1]] {
            var data = Array(signed[credential.range].dropFirst(8).dropLast(4))
            data.replaceSubrange(0..<4, with: length)
            let chunk = PNGPieces.chunk(Array("caBX".utf8) + data)
            let forged =
                Array(signed[..<credential.range.lowerBound]) + chunk
                + Array(signed[credential.range.upperBound...])
            // The length of the outermost box is framing, and not sealed.
            let verification = try trial.reader().verify(forged)
            #expect(verification.answer == .altered || verification == original, "\(length)")
        }
        let box: [UInt8] = [0, 0, 0, 8] + Array("jumb".utf8)
        let bomb = PNGPieces.chunk(Array("caBX".utf8) + (0..<200_000).flatMap { _ in box })
        let forged = Array(signed[..<33]) + bomb + Array(signed[credential.range.upperBound...])
        #expect(try trial.reader().verify(forged).answer == .altered)
        // Boxes in boxes in boxes.
        let nested = (0..<20_000).flatMap { depth -> [UInt8] in
            let count = UInt32((20_000 - depth) * 8)
            return withUnsafeBytes(of: count.bigEndian) { Array($0) } + Array("jumb".utf8)
        }
        let deep =
            Array(signed[..<33]) + PNGPieces.chunk(Array("caBX".utf8) + nested)
            + Array(signed[credential.range.upperBound...])
        #expect(try trial.reader().verify(deep).answer == .altered)
    }

    @Test("Every answer and every finding has words in both languages")
    func words() {
        for answer in Verification.Answer.allCases {
            let words = VerificationWords(
                Verification(answer: answer, findings: Set(Verification.Finding.allCases)))
            #expect(!words.headline.korean.isEmpty && !words.headline.english.isEmpty)
            #expect(words.headline.korean != words.headline.english)
            #expect(words.findings.count == Verification.Finding.allCases.count)
            for sentence in words.findings + [words.meaning] {
                #expect(sentence.english.hasSuffix("."))
                #expect(sentence.korean.hasSuffix("."))
            }
            #expect(Set(words.findings).count == words.findings.count)
        }
    }

    @Test("Words from a file cannot pretend to be something else")
    func foreignWords() {
        let text = "a\u{1B}[31mb\u{202E}c\u{200B}d\ne\u{2028}f" + String(repeating: "x", count: 500)
        let cleaned = ForeignText.cleaned(text)
        #expect(cleaned.hasPrefix("a [31mbcd e f"))
        #expect(cleaned.unicodeScalars.count == 301)
        #expect(cleaned.hasSuffix("…"))
    }
}
