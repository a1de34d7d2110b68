import Glibc
import Images
import TestSupport
import Testing

@testable import Provenance

/// Time stamps, and what becomes of pictures where their authority does not give them.
struct TimestampTests {
    @Test("An authority's time stands in the credential; who knows the authority trusts it")
    func honest() throws {
        try withTemporaryFolder { folder in
            let server = try TimestampServer(.honest(folder: folder))
            defer { server.stop() }
            let trial = try TrialSigning(authority: try TimestampAuthority(address: server.address))
            let bytes = try TrialSigning.picture().encoded(as: .png())
            let signed = try trial.signer.sign(bytes, from: try TrialSigning.origin())
            #expect(signed.time == .stamped)
            let facts = try #require(try trial.reader().verify(signed.bytes).credential)
            #expect(facts.stamp == .unknownAuthority)
            #expect(facts.stampedTime?.hasPrefix("20") == true)
            let knowing = try CredentialReader(
                library: trial.library, anchors: trial.contents.root + TimestampServer.root(in: folder))
            let verification = try knowing.verify(signed.bytes)
            #expect(verification.answer == .trusted)
            #expect(verification.credential?.stamp == .trusted)
            #expect(server.askedCount == 1)
        }
    }

    @Test("A silent authority costs its time limit once; the picture is signed without, and says so")
    func hanging() throws {
        let server = try TimestampServer(.hanging)
        defer { server.stop() }
        let trial = try TrialSigning(
            authority: try TimestampAuthority(address: server.address, limitSeconds: 0.4))
        let bytes = try TrialSigning.picture().encoded(as: .png())
        let origin = try TrialSigning.origin()
        let start = TrialSigning.uptimeSeconds()
        let first = try trial.signer.sign(bytes, from: origin)
        let middle = TrialSigning.uptimeSeconds()
        #expect(first.time == .failed(.noAnswer))
        #expect((0.4..<5).contains(middle - start))
        let second = try trial.signer.sign(bytes, from: origin)
        #expect(second.time == .failed(.resting))
        #expect(TrialSigning.uptimeSeconds() - middle < 0.3)
        #expect(server.askedCount == 1)
        for signed in [first, second] {
            let verification = try trial.reader().verify(signed.bytes)
            #expect(verification.answer == .trusted)
            #expect(verification.credential?.stamp == .failed)
            #expect(verification.credential?.stampedTime == nil)
        }
    }

    @Test("Nobody there, an error and nonsense are all the same: signed without, and said so")
    func failing() throws {
        let gone = try TimestampServer(.refusing)
        gone.stop()
        let servers = [try TimestampServer(.garbage), try TimestampServer(.refusing)]
        defer { for server in servers { server.stop() } }
        for address in servers.map(\.address) + [gone.address] {
            let trial = try TrialSigning(
                authority: try TimestampAuthority(address: address, limitSeconds: 3))
            let signed = try trial.signer.sign(
                try TrialSigning.picture().encoded(as: .jpeg()), from: try TrialSigning.origin())
            #expect(signed.time == .failed(.refused))
            #expect(try trial.reader().verify(signed.bytes).credential?.stamp == .failed)
        }
    }

    @Test("A failed authority rests longer and longer, and no more than a few signatures wait for it")
    func breaker() {
        var breaker = TimestampBreaker()
        var now = 100.0
        #expect(breaker.asks(at: now))
        var rests: [Double] = []
        for _ in 0..<9 {
            breaker.failed(at: now)
            #expect(!breaker.asks(at: now))
            rests.append(breaker.restUntil - now)
            now = breaker.restUntil
            #expect(breaker.asks(at: now))
        }
        #expect(rests == [30, 60, 120, 240, 480, 960, 1800, 1800, 1800])
        breaker.succeeded()
        breaker.failed(at: now)
        #expect(breaker.restUntil - now == 30)
        now = breaker.restUntil
        for _ in 0..<TimestampBreaker.hangingLimit { breaker.beganHanging() }
        #expect(!breaker.asks(at: now))
        breaker.endedHanging()
        #expect(breaker.asks(at: now))
    }

    @Test("Addresses and limits that are none are refused")
    func settings() {
        for address in ["", "ftp://x", "http://", "http://a b", "http://\u{1}"] {
            #expect(throws: ProvenanceError.self) { try TimestampAuthority(address: address) }
        }
        for seconds in [0, -1, 61, .nan] {
            #expect(throws: ProvenanceError.self) {
                try TimestampAuthority(address: "http://127.0.0.1", limitSeconds: seconds)
            }
        }
    }
}
