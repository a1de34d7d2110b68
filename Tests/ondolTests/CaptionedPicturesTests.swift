import Images
import Testing

@testable import ondol

/// A folder of pictures with captions is read whole, or refused in a sentence that names what is missing.
struct CaptionedPicturesTests {
    private static func picture(_ shade: UInt8, width: Int = 8, height: Int = 8) -> Picture {
        Picture(width: width, height: height, bytes: [UInt8](repeating: shade, count: 3 * width * height))
    }

    /// A folder with a picture of each name; JPEG, PNG or WebP go by what it ends in.
    private static func folder(_ names: [String], _ texts: [String: String] = [:]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in names {
            let file = "\(folder.path)/\(name)"
            try picture(90).write(to: file, as: name.hasSuffix(".png") ? .png(texts: []) : .jpeg())
        }
        for (name, text) in texts { try folder.write(text.utf8, to: name) }
        return folder
    }

    @Test("captions come from text files, byte order mark and white space left out")
    func textFiles() throws {
        let folder = try Self.folder(
            ["b.png", "a.b.jpg"], ["b.txt": "\u{FEFF} 고양이, 수채화 \r\n", "a.b.txt": "a cat", "c.txt": "x"])
        let pictures = try CaptionedPictures(folder: folder.path)
        #expect(pictures.entries.map(\.name) == ["a.b.jpg", "b.png"])
        #expect(pictures.entries.map(\.caption) == ["a cat", "고양이, 수채화"])
    }

    @Test("captions come from metadata.jsonl first")
    func metadata() throws {
        let lines = """
            {"file_name": "a.png", "text": "listed"}

            {"file_name": "b.png", "text": "b", "other": 1}
            """
        let folder = try Self.folder(
            ["a.png", "b.png", "c.png"],
            ["metadata.jsonl": lines, "a.txt": "beside", "c.txt": "c"])
        let pictures = try CaptionedPictures(folder: folder.path)
        #expect(pictures.entries.map(\.caption) == ["listed", "b", "c"])
    }

    @Test(
        "what is missing or wrong is named",
        arguments: [
            ([:], "have no caption: a.png"), (["a.txt": " \n"], "have no caption: a.png"),
            (["metadata.jsonl": "{}"], "metadata.jsonl, line 1, is not"),
            (["metadata.jsonl": #"{"file_name": "../a.png", "text": "x"}"#], "outside the folder"),
            (["metadata.jsonl": #"{"file_name": "/a.png", "text": "x"}"#], "outside the folder"),
            (["metadata.jsonl": #"{"file_name": "z.png", "text": "x"}"#], "not there: z.png"),
            (["a.txt": String(repeating: "a", count: 70_000)], "holds a caption of 70000 bytes"),
        ] as [([String: String], String)])
    func refusals(texts: [String: String], part: String) throws {
        let folder = try Self.folder(["a.png"], texts)
        let error = #expect(throws: CommandError.self) { try CaptionedPictures(folder: folder.path) }
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }

    @Test("a caption that is no UTF-8, an empty folder and no folder are refused")
    func otherRefusals() throws {
        let folder = try Self.folder(["a.png"])
        try folder.write([0xFF, 0xFE, 0x41], to: "a.txt")
        let empty = try TemporaryFolder()
        for (path, part) in [
            (folder.path, "is not UTF-8"), (empty.path, "holds no pictures"),
            (folder.path + "/none", "there is no folder"), (folder.path + "/a.png", "there is no folder"),
        ] {
            let error = #expect(throws: CommandError.self) { try CaptionedPictures(folder: path) }
            #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
        }
    }

    @Test("pictures are handed on square, and their digest changes with pixels and captions")
    func digest() throws {
        func digest(_ shade: UInt8, caption: String) throws -> String {
            let folder = try TemporaryFolder()
            try Self.picture(shade, width: 12, height: 6).write(
                to: folder.path + "/a.png", as: .png(texts: []))
            try folder.write(caption.utf8, to: "a.txt")
            return try CaptionedPictures(folder: folder.path).forEach(size: 4) { picture in
                #expect(picture == Self.picture(shade, width: 4, height: 4))
            }
        }
        let digests = [
            try digest(9, caption: "a"), try digest(9, caption: "a"), try digest(10, caption: "a"),
            try digest(9, caption: "b"),
        ]
        #expect(digests[0] == digests[1])
        #expect(Set(digests).count == 3)
    }

    @Test("every picture that cannot be read is named")
    func unreadable() throws {
        let folder = try Self.folder(
            ["a.png"], ["a.txt": "a", "b.png": "no", "b.txt": "b", "c.png": "", "c.txt": "c"])
        let pictures = try CaptionedPictures(folder: folder.path)
        let error = #expect(throws: CommandError.self) { try pictures.forEach(size: 8) { _ in } }
        #expect(error?.description.contains("b.png") == true && error?.description.contains("c.png") == true)
    }
}
