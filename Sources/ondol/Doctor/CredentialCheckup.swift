import FoundationEssentials
import Provenance

/// Looks at what signs and labels pictures. Drawing goes on without either.
struct CredentialCheckup {
    /// The file of the credential library.
    let library: String
    /// The file of the labels' letters.
    let font: String

    /// Adds what was found.
    func look(_ checkup: inout Checkup) {
        do {
            let opened = try CredentialLibrary.open(at: library)
            checkup.add(.ok, "signing", "\(library): \(opened.version)")
        } catch {
            checkup.add(
                .note, "signing",
                error.code == .libraryMissing
                    ? "pictures are unsigned and cannot be verified: there is no \(library)"
                    : "pictures are unsigned and cannot be verified: \(error.message)",
                remedy: "run `make setup` to install the credential library, or name its file by "
                    + CredentialLibrary.environmentVariable)
        }
        guard !FileManager.default.isReadableFile(atPath: font) else { return }
        checkup.add(
            .note, "labels", "visible labels cannot be drawn: there is no \(font)",
            remedy: "run `make setup` to install Debian's package fonts-noto-cjk")
    }
}
