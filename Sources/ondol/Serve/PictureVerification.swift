import Dispatch
import Images
import Logging
import Provenance
import Rights
import Server
import Service

/// Verifies pictures for whoever asks, on threads of its own.
final class PictureVerification: VerificationService {
    private let reader: CredentialReader
    private let known: KnownPictures
    private let logger: Logger
    /// Two at a time: verifying a large picture takes a processor for a second, and nobody pays for it.
    private let gate = AskingGate(limit: 2, waiting: 30)
    private let queue = DispatchQueue(label: "ondol.verify", attributes: .concurrent)

    /// - Parameter known: the pictures that are known by what they look like.
    init(reader: CredentialReader, known: KnownPictures, logger: Logger) {
        self.reader = reader
        self.known = known
        self.logger = logger
    }

    func verify(_ bytes: [UInt8], for caller: Caller?) async throws(VerificationRefusal) -> VerifiedPicture {
        guard await gate.enter() else { throw .busy }
        let result: Result<(Verification, [PerceptualHash]), ProvenanceError> =
            await withCheckedContinuation { continuation in
                queue.async { [reader] in
                    do throws(ProvenanceError) {
                        let verification = try reader.verify(bytes)
                        let looks = Self.looks(of: bytes, after: verification, limits: reader.limits)
                        continuation.resume(returning: .success((verification, looks)))
                    } catch {
                        continuation.resume(returning: .failure(error))
                    }
                }
            }
        var picture: VerifiedPicture.KnownPicture?
        if case .success((_, let looks)) = result, !looks.isEmpty {
            picture = await knownPicture(looks, caller)
        }
        await gate.leave()
        switch result {
        case .success((let verification, _)): return VerifiedPicture(verification, known: picture)
        case .failure(let error): throw .unreadable(error.message)
        }
    }

    /// What a picture looks like from all sides, where its credential leaves open whether it was made here, and there is enough
    /// in it to be told by.
    private static func looks(
        of bytes: [UInt8], after verification: Verification, limits: PictureLimits
    ) -> [PerceptualHash] {
        guard verification.answer != .trusted, let picture = try? Picture(decoding: bytes, limits: limits),
            PerceptualHash.measured(picture).quality >= PerceptualHash.qualityLimit
        else { return [] }
        return PerceptualHash.turns(of: picture)
    }

    /// Where the store cannot be read, the credential's answer is given all the same.
    private func knownPicture(
        _ looks: [PerceptualHash], _ caller: Caller?
    ) async -> VerifiedPicture.KnownPicture? {
        do {
            guard let match = try await known.nearest(to: looks) else { return nil }
            let isOwn = caller?.id == match.record.caller.text
            return .init(
                made: match.record.made, distance: match.distance,
                own: isOwn ? PictureIdentifier(match.record.picture.text) : nil)
        } catch {
            logger.warning(
                "known pictures could not be looked through",
                metadata: ["error": .string("\(type(of: error))")])
            return nil
        }
    }
}

/// Lets a few in at a time; a few more wait, and the rest are turned away.
actor AskingGate {
    private let limit: Int
    private let waiting: Int
    private var inside = 0
    private var line: [CheckedContinuation<Void, Never>] = []

    init(limit: Int, waiting: Int) {
        self.limit = limit
        self.waiting = waiting
    }

    /// Whether somebody may come in, perhaps after a while.
    func enter() async -> Bool {
        if inside < limit {
            inside += 1
            return true
        }
        guard line.count < waiting else { return false }
        await withCheckedContinuation { line.append($0) }
        return true
    }

    /// Somebody goes; whoever waits longest takes the place.
    func leave() {
        if line.isEmpty { inside -= 1 } else { line.removeFirst().resume() }
    }
}

extension VerifiedPicture {
    /// A verification in the server's words.
    fileprivate init(_ verification: Verification, known: KnownPicture?) {
        let words = VerificationWords(verification)
        self.init(
            answer: verification.answer.rawValue, findings: verification.findings.map(\.rawValue),
            headline: Words(words.headline), meaning: Words(words.meaning),
            sentences: words.findings.map(Words.init),
            facts: words.facts.map { Fact(name: Words($0.name), text: Words($0.text)) }, known: known)
    }
}

extension VerifiedPicture.Words {
    fileprivate init(_ text: LocalizedText) { self.init(korean: text.korean, english: text.english) }
}
