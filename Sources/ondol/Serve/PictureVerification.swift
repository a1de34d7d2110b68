import Dispatch
import Provenance
import Rights
import Server

/// Verifies pictures for whoever asks, on threads of its own.
final class PictureVerification: VerificationService {
    private let reader: CredentialReader
    /// Two at a time: verifying a large picture takes a processor for a second, and nobody pays for it.
    private let gate = AskingGate(limit: 2, waiting: 30)
    private let queue = DispatchQueue(label: "ondol.verify", attributes: .concurrent)

    init(reader: CredentialReader) { self.reader = reader }

    func verify(_ bytes: [UInt8]) async throws(VerificationRefusal) -> VerifiedPicture {
        guard await gate.enter() else { throw .busy }
        let result: Result<Verification, ProvenanceError> = await withCheckedContinuation { continuation in
            queue.async { [reader] in
                do throws(ProvenanceError) {
                    continuation.resume(returning: .success(try reader.verify(bytes)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        await gate.leave()
        switch result {
        case .success(let verification): return VerifiedPicture(verification)
        case .failure(let error): throw .unreadable(error.message)
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
    fileprivate init(_ verification: Verification) {
        let words = VerificationWords(verification)
        self.init(
            answer: verification.answer.rawValue, findings: verification.findings.map(\.rawValue),
            headline: Words(words.headline), meaning: Words(words.meaning),
            sentences: words.findings.map(Words.init),
            facts: words.facts.map { Fact(name: Words($0.name), text: Words($0.text)) })
    }
}

extension VerifiedPicture.Words {
    fileprivate init(_ text: LocalizedText) { self.init(korean: text.korean, english: text.english) }
}
