import ArgumentParser
import FoundationEssentials
import Images
import Provenance
import Simulation

/// Says whether pictures are as they were signed, and what their credentials say.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Says whether a picture is as it was signed, by whom, and how it was made.",
        discussion: """
            Nothing is fetched, and the picture is not sent anywhere. Ends with 0 where the signer is trusted, 3 where the \
            picture is as it was signed but its signer is not known here, 4 where it was altered, 5 where there is no \
            credential, 1 where it could not be verified, 2 for a wrong command line.
            """)

    @Argument(help: ArgumentHelp("A PNG, JPEG or WebP picture.", valueName: "file"))
    var file: String

    @Flag(help: "Print one JSON object instead of sentences.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Certificates to trust beside this installation's own, in PEM: those of the C2PA trust list, or another's root.",
            valueName: "file"))
    var trust: String?

    @Option(
        help: ArgumentHelp(
            "A folder of known pictures: the one that looks most like the picture is named.",
            valueName: "folder"))
    var known: String?

    @Option(help: "The language of the sentences: ko or en; by default as the environment's.")
    var language: ReportLanguage?

    func run() throws {
        let bytes = try Picture.fileBytes(at: file)
        let desk = CredentialDesk()
        let reader = try CredentialReader(library: try desk.library(), anchors: try desk.anchors(file: trust))
        var verification = try reader.verify(bytes)
        if let known {
            verification.nearest = try KnownFolder(folder: known).nearest(to: try Picture(decoding: bytes))
        }
        let report = VerificationReport(
            verification, language: language ?? .ofEnvironment(ProcessInfo.processInfo.environment))
        for line in json ? [try report.json()] : report.lines { print(line) }
        let status = Self.status(of: verification.answer)
        if status != 0 { throw ExitCode(status) }
    }

    /// What the command ends with.
    static func status(of answer: Verification.Answer) -> Int32 {
        switch answer {
        case .trusted: 0
        case .unknownSigner: 3
        case .altered: 4
        case .nothingFound: 5
        }
    }
}

/// Pictures in a folder, by what they look like.
struct KnownFolder {
    private var index = PerceptualHashIndex()

    /// Hashes the pictures of a folder; what is no picture is passed over.
    /// - Throws: ``CommandError`` where the folder cannot be read.
    init(folder: String) throws {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw CommandError("\(folder) is no folder that can be read; name one with pictures in it")
        }
        for name in names.sorted() where PictureFormat(fileName: name) != nil {
            guard let picture = try? Picture(contentsOf: "\(folder)/\(name)") else { continue }
            index.add(PerceptualHash.measured(picture).hash, name: name)
        }
    }

    /// The nearest one, where one is near, also of the turned and the mirrored.
    func nearest(to picture: Picture) -> NearestPicture? {
        PerceptualHash.turns(of: picture).compactMap { index.nearest(to: $0) }.min {
            $0.distance < $1.distance
        }
    }
}
