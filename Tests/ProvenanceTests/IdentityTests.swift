import Glibc
import TestSupport
import Testing

@testable import Provenance

/// Keys and certificates: made, kept, replaced, refused.
struct IdentityTests {
    private let now = TrialSigning.now

    @Test("The first start makes a trial domain that only its owner reads; the next start finds it")
    func firstStart() throws {
        try withTemporaryFolder { folder in
            var chance = SeededGenerator(seed: 11)
            let first = try IdentityFolder(path: folder).trialDomain(at: now, using: &chance)
            #expect(fileNames(in: folder) == ["root.key", "root.pem", "signer.key", "signer.pem"])
            for (name, mode) in [
                ("root.key", 0o600), ("signer.key", 0o600), ("root.pem", 0o644), ("signer.pem", 0o644),
            ] {
                var status = stat()
                #expect(stat("\(folder)/\(name)", &status) == 0)
                #expect(Int(status.st_mode) & 0o777 & ~0o022 == mode, "\(name)")
            }
            let second = try IdentityFolder(path: folder).trialDomain(at: now + 86_400, using: &chance)
            #expect(second.identity.chain == first.identity.chain)
            #expect(second.root == first.root)
            // A year later the certificate is another, the root the same.
            let later = try IdentityFolder(path: folder).trialDomain(at: now + 340 * 86_400, using: &chance)
            #expect(later.root == first.root)
            #expect(later.identity.chain != first.identity.chain)
            #expect(later.identity.notAfterSeconds > first.identity.notAfterSeconds)
        }
    }

    @Test("Two domains have nothing in common")
    func distinct() throws {
        let domains = try (1...2 as ClosedRange<UInt64>).map { seed in
            var chance = SeededGenerator(seed: seed)
            return try withTemporaryFolder {
                try IdentityFolder(path: $0).trialDomain(at: now, using: &chance)
            }
        }
        #expect(domains[0].root != domains[1].root)
        #expect(domains[0].identity.issuer != domains[1].identity.issuer)
        #expect("\(domains[0].identity)".contains("PRIVATE") == false)
        var dumped = ""
        dump(domains[0].identity, to: &dumped)
        #expect(!dumped.contains("PRIVATE KEY"))
    }

    @Test(
        "A folder in disorder is refused in a sentence",
        arguments: ["root.pem", "root.key", "signer.pem", "signer.key"])
    func disorder(name: String) throws {
        try withTemporaryFolder { folder in
            var chance = SeededGenerator(seed: 12)
            _ = try IdentityFolder(path: folder).trialDomain(at: now, using: &chance)
            writeBytes(Array("garbage".utf8), to: "\(folder)/\(name)")
            let error = #expect(throws: ProvenanceError.self) {
                try IdentityFolder(path: folder).trialDomain(at: now, using: &chance)
            }
            #expect(error?.code == .file)
            #expect(error?.message.contains(folder) == true)
        }
    }

    @Test("A key that others may read is refused")
    func openKey() throws {
        try withTemporaryFolder { folder in
            var chance = SeededGenerator(seed: 13)
            _ = try IdentityFolder(path: folder).trialDomain(at: now, using: &chance)
            chmod("\(folder)/signer.key", 0o644)
            let error = #expect(throws: ProvenanceError.self) {
                try IdentityFolder(path: folder).trialDomain(at: now, using: &chance)
            }
            #expect(error?.message.contains("chmod 600") == true)
        }
    }

    @Test("A crash between key and certificate is mended; a lost root ends in a sentence")
    func crashes() throws {
        try withTemporaryFolder { folder in
            var chance = SeededGenerator(seed: 14)
            let first = try IdentityFolder(path: folder).trialDomain(at: now, using: &chance)
            var other = SeededGenerator(seed: 15)
            let strange = try TrialDomain(at: now, using: &other).newSigner(at: now, using: &other)
            writeBytes(Array(strange.key.utf8), to: "\(folder)/signer.key")
            let mended = try IdentityFolder(path: folder).trialDomain(at: now, using: &chance)
            #expect(mended.root == first.root)
            #expect(mended.identity.chain != first.identity.chain)
            let error = #expect(throws: ProvenanceError.self) {
                try IdentityFolder(path: folder).trialDomain(at: now + 3700 * 86_400, using: &chance)
            }
            #expect(error?.code == .identityExpired)
        }
    }

    @Test("An operator's own certificates are checked")
    func ownCertificates() throws {
        var chance = SeededGenerator(seed: 16)
        let domain = try TrialDomain(at: now, using: &chance)
        let signer = try domain.newSigner(at: now, using: &chance)
        let other = try domain.newSigner(at: now, using: &chance)
        let stranger = try TrialDomain(at: now, using: &chance)
        let identity = try SigningIdentity(chain: signer.chain + domain.root, key: signer.key)
        // The root is not sent along.
        #expect(identity.chain == signer.chain)
        #expect(identity.algorithm == "es256")
        let cases: [(chain: String, key: String, ProvenanceError.Code, String)] = [
            (signer.chain, other.key, .identityMismatch, "does not belong"),
            ("", signer.key, .invalidIdentity, "certificate"),
            ("nonsense", signer.key, .invalidIdentity, "certificate"),
            (signer.chain, "", .invalidIdentity, "no key in PEM"),
            (
                signer.chain, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                .invalidIdentity, "PKCS #8"
            ),
            (signer.chain + stranger.root, signer.key, .invalidIdentity, "no chain"),
            (domain.root, domain.rootKey, .invalidIdentity, "authority's own"),
            (String(repeating: "x", count: 300_000), signer.key, .invalidIdentity, "larger"),
        ]
        for (chain, key, code, text) in cases {
            let error = #expect(throws: ProvenanceError.self) { try SigningIdentity(chain: chain, key: key) }
            #expect(error?.code == code, "\(text)")
            #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
        }
    }

    @Test("A certificate whose time is over, or has not come, signs nothing")
    func time() throws {
        let library = try TrialSigning.library()
        var chance = SeededGenerator(seed: 17)
        let year = 365 * 86_400.0
        for shift in [-3 * year, 2 * year] {
            let domain = try TrialDomain(at: now + shift, using: &chance)
            let signer = try domain.newSigner(at: now + shift, using: &chance)
            let identity = try SigningIdentity(chain: signer.chain, key: signer.key)
            let error = #expect(throws: ProvenanceError.self) {
                try CredentialSigner(
                    library: library, identity: identity, at: now, uptimeSeconds: TrialSigning.uptimeSeconds)
            }
            #expect(error?.code == .identityExpired)
        }
    }

    @Test("A picture whose certificate has ended since is no longer vouched for, and not called altered")
    func endedSince() throws {
        let library = try TrialSigning.library()
        var chance = SeededGenerator(seed: 18)
        let domain = try TrialDomain(at: now, using: &chance)
        // Nothing but the machine's clock tells the library what time it is.
        let signer = try domain.newSigner(at: TrialSigning.now, lasting: 4, using: &chance)
        let identity = try SigningIdentity(chain: signer.chain, key: signer.key)
        let ending = try CredentialSigner(
            library: library, identity: identity, at: TrialSigning.now,
            uptimeSeconds: TrialSigning.uptimeSeconds)
        let signed = try ending.sign(
            try TrialSigning.picture().encoded(as: .png()), from: try TrialSigning.origin())
        while TrialSigning.now <= identity.notAfterSeconds + 1 { usleep(200_000) }
        let verification = try CredentialReader(library: library, anchors: domain.root).verify(signed.bytes)
        #expect(verification.answer == .unknownSigner)
        #expect(verification.findings == [.certificateExpired])
    }

    @Test("A missing library is named with what to do")
    func missingLibrary() {
        let error = #expect(throws: ProvenanceError.self) {
            try CredentialLibrary.open(at: "/no/such/libc2pa_c.so")
        }
        #expect(error?.code == .libraryMissing)
        #expect(error?.message.contains("make setup") == true)
        #expect(
            CredentialLibrary.path(environment: [:], state: "/x/.ondol")
                == "/x/.ondol/credentials/libc2pa_c.so")
        #expect(CredentialLibrary.path(environment: ["ONDOL_C2PA_LIBRARY": "/l.so"], state: "/x") == "/l.so")
    }

    @Test("Another library is not taken for it")
    func otherLibrary() throws {
        try withTemporaryFolder { folder in
            writeBytes(Array("no library".utf8), to: "\(folder)/libc2pa_c.so")
            let error = #expect(throws: ProvenanceError.self) {
                try CredentialLibrary.open(at: "\(folder)/libc2pa_c.so")
            }
            #expect(error?.code == .libraryUnusable)
        }
        let error = #expect(throws: ProvenanceError.self) {
            try CredentialLibrary.open(at: "/lib/x86_64-linux-gnu/libm.so.6")
        }
        #expect(error?.code == .libraryUnusable)
    }
}
