import AttributeClassifier
import Bars
import Foundation
import Images
import Painter
import Rights

/// An adapter trained on forty works in a style that the built-in model has never seen, from recorded consent to drawn pictures:
/// every step is a command of the program, as an operator gives it.
struct AdapterStyle {
    /// What the drawn pictures are like.
    struct Figures: Sendable {
        /// The share of pictures drawn with the style that the classifier takes for it.
        let recognised: Double
        /// The share whose subject is right, less that of the same sentences without the style.
        let subjectChange: Double
    }

    /// Works the adapter learns from.
    static let workCount = 40
    /// Their scenes, which neither the built-in model nor the classifier has learned from.
    private static let firstWork: UInt64 = 30_000_000
    /// Scenes whose sentences are drawn; nobody has learned from them either.
    private static let firstScene: UInt64 = 10_200_000
    /// Pictures of a sentence, drawn together.
    private static let picturesASentence = 4
    private static let name = "cyanotype"

    let program: OndolProgram
    /// Sentences that are drawn, half Korean and half English, each with the style and without.
    let sentences: Int
    /// Steps of training.
    let steps: Int
    private let folder: String
    private var works: String { "\(folder)/works" }
    private var drawn: String { "\(folder)/drawn" }

    /// - Parameter ondol: the program's file.
    init(ondol: String, sentences: Int, steps: Int) {
        folder = "\(BenchFolders.state)/adapter-style"
        program = OndolProgram(
            path: ondol, log: "\(folder)/log.txt",
            environment: ["ONDOL_HOME": BenchFolders.project, "ONDOL_STYLES": "\(folder)/styles"])
        self.sentences = sentences
        self.steps = steps
    }

    /// Does all of it anew, in some minutes.
    /// - Throws: ``BenchError`` where a command fails, or lets through what it must refuse.
    func measure() throws -> Figures {
        try? FileManager.default.removeItem(atPath: folder)
        for path in [works, drawn] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        let clock = ContinuousClock()
        let start = clock.now
        try paintWorks()
        try recordConsent()
        let trained = clock.now
        try train()
        note("\(steps) steps and the check for near copies in \(Int((clock.now - trained) / .seconds(1))) s")
        try publish()
        try draw()
        let figures = try judge()
        note("works, consent, training, drawing and judging in \(Int((clock.now - start) / .seconds(1))) s")
        return figures
    }

    // MARK: works and consent

    private static func language(_ number: Int) -> CaptionLanguage { number % 2 == 0 ? .korean : .english }

    /// Forty prints with their captions, an agreement, a licence and the manifest.
    private func paintWorks() throws {
        var entries: [[String: Any]] = []
        for number in 0..<Self.workCount {
            let scene = Scene(seed: Self.firstWork + UInt64(number))
            let print = try Cyanotype.print(scene, size: 128)
            let file = try Picture(width: print.width, height: print.height, bytes: print.pixels)
                .encoded(as: .png())
            let stem = "print-\(number + 1)"
            try Picture.write(file, to: "\(works)/\(stem).png")
            try write(Cyanotype.caption(scene, language: Self.language(number)), "\(works)/\(stem).txt")
            entries.append([
                "file": "\(stem).png", "title": "Print \(number + 1)",
                "sha256": ContentHash(of: file).hexadecimal,
            ])
        }
        try write("The painter lets Ondol draw in this style; measured, not signed.", "\(works)/agreement.md")
        try write("These forty prints may be trained on.", "\(works)/licence.md")
        let manifest: [String: Any] = [
            "style": Self.name, "title": ["ko": "청사진", "en": "Cyanotype"],
            "holder": ["id": "painter", "credit": "Ondol's painter"],
            "agreement": ["id": "painter-2026", "document": "agreement.md", "from": "2026-01-01"],
            "licences": [
                [
                    "document": "licence.md", "title": "licence of the forty prints",
                    "uses": ["style-training"], "commercial": true, "from": "2026-01-01",
                ]
            ],
            "works": entries,
        ]
        try JSONSerialization.data(withJSONObject: manifest, options: .sortedKeys).write(
            to: URL(fileURLWithPath: "\(works)/works.json"))
    }

    private func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    private func rights(_ arguments: String...) throws { try rights(arguments) }

    private func rights(_ arguments: [String]) throws {
        try program.run(["rights"] + arguments + ["--data", "\(folder)/data"])
    }

    /// Registers holder, works, agreement and style, and asks the gate: with the licences it opens, without it must not.
    private func recordConsent() throws {
        let names = (1...Self.workCount).map { "print-\($0)" }
        try rights("holders", "add", "painter", "--name", "Ondol's painter")
        for name in names {
            try rights(
                "works", "add", name, "--holder", "painter", "--title", name, "--file",
                "\(works)/\(name).png")
        }
        try rights(
            "agreements", "add", "painter-2026", "--holder", "painter", "--document",
            "\(works)/agreement.md", "--share", "70", "--from", "2026-01-01")
        try rights("agreements", "grant", "painter-2026", "--training", "1")
        try rights("agreements", "grant", "painter-2026", "--drawing", "--commercial")
        try rights(
            "styles", "draft", Self.name, "--holder", "painter", "--agreement", "painter-2026", "--korean",
            "청사진", "--english", "Cyanotype")
        try rights(["styles", "works", Self.name] + names)
        guard (try? rights("styles", "complete", Self.name)) == nil else {
            throw BenchError("the training gate opened without a single licence")
        }
        try rights(
            ["works", "licence"] + names + [
                "--document", "\(works)/licence.md", "--title", "licence of the forty prints", "--use",
                "style-training", "--commercial", "--from", "2026-01-01",
            ])
        try rights("styles", "complete", Self.name)
    }

    // MARK: the adapter

    private func train() throws {
        try program.run([
            "train", "adapter", works, "--run", "\(folder)/run", "--steps", "\(steps)", "--batch", "8",
            "--rank", "16", "--learning-rate", "0.001", "--seed", "1",
        ])
    }

    private func publish() throws {
        let style = "\(folder)/styles/\(Self.name)"
        let check = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: "\(style)/check.json")))
        guard let copies = ((check as? [String: Any])?["nearCopies"] as? [Any])?.count else {
            throw BenchError("\(style)/check.json does not say how many near copies there are")
        }
        try rights(
            "styles", "trained", Self.name, "--adapter", "\(style)/adapter.safetensors", "--base-model",
            "hanji", "--base-weights",
            "\(BenchFolders.project)/Models/hanji/unet/diffusion_pytorch_model.safetensors", "--line", "1")
        try rights(
            "styles", "checked", Self.name, "--report", "\(style)/check.json", "--near-copies", "\(copies)")
        try rights("styles", "publish", Self.name)
    }

    // MARK: pictures

    private func scene(_ number: Int) -> Scene { Scene(seed: Self.firstScene + UInt64(number)) }

    /// Draws each sentence with the style, and the scene's own sentence without.
    private func draw() throws {
        for number in 0..<sentences {
            let (scene, language) = (scene(number), Self.language(number))
            let common = [
                "--seed", "\(1000 * number)", "--count", "\(Self.picturesASentence)", "--no-finish",
                "--quiet",
            ]
            try program.run(
                ["generate", Cyanotype.caption(scene, language: language), "--style", Self.name] + common
                    + ["--out", "\(drawn)/style-\(number).png"])
            try program.run(
                ["generate", scene.fullCaption(language: language)] + common
                    + ["--out", "\(drawn)/base-\(number).png"])
        }
    }

    private func judge() throws -> Figures {
        let device = try Device(cache: BenchFolders.cache)
        let classifier = try Classifier(
            path: ClassifierCommand.weights(.scenesAndCyanotype), world: .scenesAndCyanotype,
            compiler: device.compiler)
        func found(_ kind: String) throws -> (attributes: [[PictureAttribute: Int]], pictures: [Picture]) {
            let pictures = try (0..<sentences).flatMap { number in
                try (1...Self.picturesASentence).map {
                    try Picture(contentsOf: "\(drawn)/\(kind)-\(number)-\($0).png")
                }
            }
            let side = ClassifierNetwork.pictureSize
            let pixels = try pictures.map {
                try $0.resized(width: side, height: side).tensor().elements(as: Float.self)
            }
            return (try classifier.attributes(of: pixels), pictures)
        }
        func subjectShare(_ attributes: [[PictureAttribute: Int]]) -> Double {
            let right = attributes.enumerated().filter { index, attributes in
                attributes[.subject]
                    == PictureAttribute.subject.value(of: scene(index / Self.picturesASentence))
            }
            return Double(right.count) / Double(attributes.count)
        }
        let (styled, plain) = (try found("style"), try found("base"))
        for (kind, pictures) in [("style", styled.pictures), ("base", plain.pictures)] {
            try Picture.grid(of: Array(pictures.prefix(64)), columns: 8, spacing: 2)
                .write(to: "\(folder)/\(kind).png", as: .png(texts: []))
        }
        let recognised = styled.attributes.filter { $0[.medium] == ClassifierWorld.cyanotype }.count
        let (with, without) = (subjectShare(styled.attributes), subjectShare(plain.attributes))
        note(
            String(
                format:
                    "of %d pictures %d are cyanotypes; the subject is right in %.3f, without the style in %.3f",
                styled.pictures.count, recognised, with, without))
        return Figures(
            recognised: Double(recognised) / Double(styled.pictures.count), subjectChange: with - without)
    }
}
