import FoundationEssentials
import Logging
import Provenance
import Service
import Stores
import Testing

@testable import ondol

/// A service does not begin with credentials that cannot be what its operator wants.
@Suite(.enabled(if: (try? CredentialDesk().library()) != nil, "needs the credential library: make setup"))
struct ServedCredentialsTests {
    private static let day = 86_400.0

    /// What a service says that is to sign with a certificate; nothing where it begins.
    private static func refusal(
        in folder: TemporaryFolder, changing change: (inout ServiceSettings.Provenance) -> Void
    ) throws -> String {
        var settings = ServiceSettings().provenance
        change(&settings)
        let store = try SQLiteStore(folder: folder.path + "/data")
        defer { try? store.close() }
        do {
            _ = try ServedCredentials(
                settings, folder: folder.path + "/data", known: KnownPictures(store: store),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            return ""
        } catch {
            return "\(error)"
        }
    }

    /// Makes certificate and key as of a moment; names their files.
    private static func made(_ name: String, daysAgo: Double, in folder: TemporaryFolder) throws -> (
        certificate: String, key: String
    ) {
        var chance = SystemRandomNumberGenerator()
        let path = folder.path + "/" + name
        _ = try IdentityFolder(path: path).trialDomain(
            at: Machine.now().secondsSinceEpoch - daysAgo * day, using: &chance)
        return (path + "/signer.pem", path + "/signer.key")
    }

    @Test(
        "A certificate that has ended, has not begun, is missing or not the key's stops the start in a sentence"
    )
    func certificates() throws {
        let folder = try TemporaryFolder()
        let good = try Self.made("good", daysAgo: 1, in: folder)
        let ended = try Self.made("ended", daysAgo: 3 * 365, in: folder)
        let early = try Self.made("early", daysAgo: -30, in: folder)
        func refusal(_ certificate: String, _ key: String) throws -> String {
            try Self.refusal(in: folder) { ($0.certificate, $0.privateKey) = (certificate, key) }
        }
        #expect(try refusal(good.certificate, good.key) == "")
        for (certificate, key) in [
            (ended.certificate, ended.key), (early.certificate, early.key), (good.certificate, ended.key),
            (folder.path + "/none.pem", good.key), (good.certificate, folder.path + "/none.key"),
            (good.key, good.key),
        ] {
            let said = try refusal(certificate, key)
            #expect(said.count > 30 && !said.contains("BEGIN"), "\(certificate) \(key): \(said)")
        }
        #expect(try refusal(ended.certificate, ended.key).contains("ended"))
    }

    @Test("A trust file that is missing, and an address of no authority, stop the start")
    func others() throws {
        let folder = try TemporaryFolder()
        #expect(try Self.refusal(in: folder) { _ in } == "")
        #expect(try Self.refusal(in: folder) { $0.trust = folder.path + "/none.pem" }.contains("none.pem"))
        #expect(try !Self.refusal(in: folder) { $0.timestampAuthority = "ftp://time.example" }.isEmpty)
    }
}
