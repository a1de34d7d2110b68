import FoundationEssentials
import Images
import Rights
import Testing

@testable import ondol

/// `ondol train adapter` from a folder of works to a style that is drawn with, on the smallest model that draws.
@Suite(.enabled(if: BuiltProgram.plugin != nil, "run 'make setup' for a plugin"))
struct AdapterCommandTests {
    private static func run(
        _ arguments: [String], in folder: TemporaryFolder, status: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        let outcome = try BuiltProgram.run(
            arguments + ["--model", BuiltProgram.tinyModel], in: folder.path)
        #expect(outcome.status == status, "\(outcome.text)", sourceLocation: sourceLocation)
        return outcome.text
    }

    /// Writes works with captions, their documents and `works.json`.
    private static func write(
        _ works: [(name: String, file: [UInt8], caption: String)], to folder: TemporaryFolder
    )
        throws
    {
        var entries: [String] = []
        for work in works {
            try folder.write(work.file, to: "works/\(work.name).png")
            try folder.write(work.caption.utf8, to: "works/\(work.name).txt")
            entries.append(#"{"file": "\#(work.name).png", "sha256": "\#(ContentHash(of: work.file))"}"#)
        }
        for name in ["agreement", "licence"] { try folder.write(name.utf8, to: "works/\(name).md") }
        try folder.write(
            """
            {"style": "maru-ink", "title": {"ko": "마루 먹", "en": "Maru's ink"},
             "holder": {"id": "maru", "credit": "Maru Kim"},
             "agreement": {"id": "maru-2026", "document": "agreement.md", "from": "2026-01-01"},
             "licences": [{"document": "licence.md", "title": "licence", "uses": ["style-training"],
                           "commercial": true, "from": "2026-01-01"}],
             "works": [\(entries.joined(separator: ", "))]}
            """.utf8, to: "works/works.json")
    }

    /// Three plain works.
    private static func plainWorks() throws -> [(name: String, file: [UInt8], caption: String)] {
        try [UInt8(0), 120, 240].map { shade in
            let color = Picture.Color(red: shade, green: 60, blue: 255 - shade)
            let picture = Picture(width: 80, height: 64, filledWith: color)
            return ("w\(shade)", try picture.encoded(as: .png()), "a girl in a forest")
        }
    }

    @Test("works become a style: stopped, gone on with, checked, drawn with, prolonged")
    func life() throws {
        let folder = try TemporaryFolder()
        try Self.write(Self.plainWorks(), to: folder)
        let command = ["train", "adapter", "works", "--steps", "6", "--batch", "2", "--rank", "2"]

        // A minute of no length is over before the first step; before the pictures are read even.
        _ = try Self.run(command + ["--minutes", "0.0000001"], in: folder, status: 130)
        #expect(!folder.names.contains("Styles/maru-ink/adapter.safetensors"))

        let said = try Self.run(command, in: folder)
        for part in [
            "encoding 3 pictures at 64 pixels", "step 6/6", "saved step 6 in",
            "none of 3 pictures is a near copy. Draw with --style maru-ink",
        ] { #expect(said.contains(part), "\(part): \(said)") }
        let names = folder.names.filter { $0.hasPrefix("Styles/maru-ink/") }
        #expect(
            names == [
                "Styles/maru-ink/adapter.safetensors", "Styles/maru-ink/check.json",
                "Styles/maru-ink/samples", "Styles/maru-ink/samples/1.png", "Styles/maru-ink/samples/2.png",
                "Styles/maru-ink/samples/3.png", "Styles/maru-ink/style.json",
            ])
        let manifest = String(decoding: folder.read("Styles/maru-ink/style.json"), as: UTF8.self)
        let adapter = folder.read("Styles/maru-ink/adapter.safetensors")
        #expect(manifest.contains("\(ContentHash(of: adapter))") && manifest.contains("maru-2026"))
        #expect(manifest.contains(#""nearCopies" : 0"#))

        // The same run, with the rest left over.
        let more = try Self.run(command.map { $0 == "6" ? "8" : $0 }, in: folder)
        #expect(more.contains("step 8/8") && !more.contains("step 1/8"))
        #expect(folder.read("Styles/maru-ink/adapter.safetensors") != adapter)

        let drawing = ["generate", "a girl", "--seed", "3", "--steps", "2", "--no-finish", "--quiet"]
        _ = try Self.run(drawing + ["--style", "maru-ink:2", "--out", "with.png"], in: folder)
        _ = try Self.run(drawing + ["--out", "without.png"], in: folder)
        let (with, without) = (
            try Picture(decoding: folder.read("with.png"), name: "with"),
            try Picture(decoding: folder.read("without.png"), name: "without")
        )
        #expect(with.bytes != without.bytes)
    }

    @Test("another rank, or other works, do not go on with a run; a work that cannot be read is named")
    func refusals() throws {
        let folder = try TemporaryFolder()
        try Self.write(Self.plainWorks(), to: folder)
        let command = ["train", "adapter", "works", "--steps", "1", "--batch", "1"]
        _ = try Self.run(command + ["--rank", "2"], in: folder)
        let rank = try Self.run(command + ["--rank", "4"], in: folder, status: 1)
        #expect(rank.contains("holds a run with another objective (adapter of rank 2"))

        var works = try Self.plainWorks()
        works[1].caption = "a boy in a forest"
        try Self.write(works, to: folder)
        let other = try Self.run(command + ["--rank", "2"], in: folder, status: 1)
        #expect(other.contains("holds a run with another objective"))

        works[2].file = Array(works[2].file.prefix(60))
        try Self.write(works, to: folder)
        let damaged = try Self.run(command + ["--rank", "2"], in: folder, status: 1)
        #expect(damaged.contains("not every picture can be read") && damaged.contains("w240.png"))
    }

    @Test(
        "a style that draws its works again is not drawn with, and the pair is shown until a check finds none"
    )
    func nearCopies() throws {
        let folder = try TemporaryFolder()
        // What the model draws for a caption without any adapter; one that learns nothing draws it again.
        let caption = "a girl in a forest"
        _ = try Self.run(
            ["generate", caption, "--seed", "0", "--no-finish", "--quiet", "--out", "drawn.png"], in: folder)
        try Self.write([("copied", folder.read("drawn.png"), caption)], to: folder)
        let command = ["train", "adapter", "works", "--steps", "1", "--learning-rate", "1e-9"]
        let said = try Self.run(command, in: folder, status: 1)
        #expect(said.contains("near copy of copied.png, 0 of 256 bits apart"))
        #expect(
            said.contains("1 of 1 pictures are near copies of works, so that the style is not drawn with"))
        #expect(folder.names.contains("Styles/maru-ink/near-copy-1.png"))
        let refused = try Self.run(
            ["generate", "a girl", "--style", "maru-ink", "--quiet"], in: folder, status: 1)
        #expect(refused.contains("were near copies of its works"))

        // With another seed other pictures are drawn.
        let run = ["--run", "other", "--seed", "77"]
        _ = try Self.run(command + run, in: folder)
        #expect(!folder.names.contains("Styles/maru-ink/near-copy-1.png"))
        _ = try Self.run(
            ["generate", "a girl", "--style", "maru-ink", "--steps", "1", "--quiet"], in: folder)
    }
}
