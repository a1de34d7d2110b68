import Bars
import Foundation
import Images
import Painter
import Provenance
import Rights

/// Signed pictures of every route and format, as measurements need them.
struct CredentialSamples {
    private let signer: CredentialSigner
    private let root: String
    private let painted: [Picture]

    /// The formats that pictures are delivered in.
    static let encodings: [PictureEncoding] = [.png(), .jpeg(), .webp()]
    /// The side of the pictures in pixels.
    static let side = 512

    /// Opens the library, and makes a trial domain and pictures.
    init() throws {
        let root = "\(BenchFolders.project)/.ondol"
        let library = try CredentialLibrary.open(
            at: CredentialLibrary.path(environment: ProcessInfo.processInfo.environment, state: root))
        let folder = try Self.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var chance = SystemRandomNumberGenerator()
        let now = Date().timeIntervalSince1970
        let domain = try IdentityFolder(path: folder).trialDomain(at: now, using: &chance)
        self.root = domain.root
        signer = try CredentialSigner(
            library: library, identity: domain.identity, at: now,
            uptimeSeconds: { ProcessInfo.processInfo.systemUptime })
        painted = try (1...4 as ClosedRange<UInt64>).map { seed in
            let painting = try Scene(seed: seed).paint(size: Self.side)
            return Picture(width: Self.side, height: Self.side, bytes: painting.pixels)
        }
    }

    private static func temporaryFolder() throws -> String {
        let folder = "\(BenchFolders.state)/credentials-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    private func origin(_ beginning: PictureOrigin.Beginning = .noise) throws -> PictureOrigin {
        var origin = PictureOrigin(
            provider: "Ondol", programVersion: "bench",
            model: .init(name: "hanji", identifier: "sha256:0"),
            time: try Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)))
        origin.beginning = beginning
        origin.style = .init(name: "달빛", holder: "김화가", agreement: "A-1")
        origin.prompt = "노을 속 혼자 앉아 있는 조용한 소년, 부드러운 톤"
        origin.seed = 42
        origin.usage = UsageGrant(isCommercial: true, termsAddress: "https://example.org/terms")
        origin.training = .noTraining
        return origin
    }

    private func sealed(
        _ picture: Picture, _ encoding: PictureEncoding, _ beginning: PictureOrigin.Beginning = .noise,
        label: LabelPreset? = nil
    ) throws -> [UInt8] {
        try PictureSealing(signer: signer).seal(
            picture, as: encoding, origin: try origin(beginning), label: label
        ).bytes
    }

    // MARK: rows

    /// The share of pictures that the independent reader finds as expected.
    func readBack(python: String) throws -> Double {
        let folder = try Self.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var expected: [String] = []
        func keep(_ bytes: [UInt8], _ name: String, _ answer: String, _ source: String = "-") throws {
            try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
            expected.append("\(name) \(answer) \(source)")
        }
        let composite = "compositeWithTrainedAlgorithmicMedia"
        for encoding in Self.encodings {
            let ending = encoding.format.rawValue
            let signed = try sealed(painted[0], encoding)
            try keep(signed, "sentence.\(ending)", "trusted", "trainedAlgorithmicMedia")
            for label in LabelPreset.allCases {
                try keep(
                    try sealed(painted[1], encoding, label: label), "label-\(label.rawValue).\(ending)",
                    "trusted", "trainedAlgorithmicMedia")
            }
            for photo in Self.encodings {
                let plain = try painted[2].encoded(as: photo)
                let own = try sealed(painted[3], photo)
                let name = photo.format.rawValue
                try keep(
                    try sealed(painted[0], encoding, .photo(bytes: plain)), "photo-\(name).\(ending)",
                    "trusted", composite)
                try keep(
                    try sealed(painted[0], encoding, .photo(bytes: own)), "signed-photo-\(name).\(ending)",
                    "trusted", composite)
            }
            try keep(try PictureDamage.pictureChanged(signed), "changed.\(ending)", "picture-changed")
            try keep(PictureDamage.credentialChanged(signed), "forged.\(ending)", "credential-changed")
            try keep(Array(signed.prefix(signed.count * 9 / 10)), "cut.\(ending)", "cut-off")
            try keep(
                try Picture(decoding: signed).encoded(as: encoding), "stripped.\(ending)", "nothing-found")
        }
        try Data(root.utf8).write(to: URL(filePath: "\(folder)/root.pem"))
        try Data(expected.joined(separator: "\n").utf8).write(to: URL(filePath: "\(folder)/expected.txt"))
        return try Self.reader(python, folder: folder)
    }

    private static func reader(_ python: String, folder: String) throws -> Double {
        let state = "\(BenchFolders.project)/.ondol"
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let script = "\(BenchFolders.project)/Tools/provenance/read_back.py"
        process.arguments = [python, script, folder]
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["PYTHONPATH": "\(state)/credential-reader"]) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let lines = text.split(separator: "\n")
        for line in lines.dropLast() { FileHandle.standardError.write(Data((line + "\n").utf8)) }
        let numbers = lines.last?.components(separatedBy: " of ").compactMap { Double($0) } ?? []
        guard numbers.count == 2, numbers[1] > 0 else {
            throw BenchError("the independent reader did not answer; run it by hand: \(script) \(folder)")
        }
        return numbers[0] / numbers[1]
    }

    /// What signing and metadata add to encoding a picture: the median of the differences, in milliseconds, of the slowest
    /// format.
    func signingMilliseconds() throws -> Double {
        try Self.encodings.map { encoding in
            var differences: [Double] = []
            for turn in 0..<60 {
                let picture = painted[turn % painted.count]
                let plain = try Self.milliseconds { _ = try picture.encoded(as: encoding) }
                let signed = try Self.milliseconds { _ = try sealed(picture, encoding) }
                // The first turns fill caches.
                if turn >= 10 { differences.append(signed - plain) }
            }
            return differences.sorted()[differences.count / 2]
        }.max() ?? .infinity
    }

    private static func milliseconds(_ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try body()
        return (ContinuousClock.now - start) / .milliseconds(1)
    }
}
