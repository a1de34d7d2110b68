import Glibc
import TestSupport
import Testing

@testable import Images

@Suite struct PictureFileTests {
    @Test func fileComesBack() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/그림.png"
            let texts = [PNGText(keyword: "prompt", text: "봄")]
            try samplePicture().write(to: path, as: .png(texts: texts))
            let read = try Picture(contentsOf: path)
            #expect(read == samplePicture())
            let readTexts = try PNGText.texts(in: Picture.fileBytes(at: path))
            #expect(readTexts == texts)
            #expect(fileNames(in: folder) == ["그림.png"])
        }
    }

    @Test func placesThatAreNoFilesAreRefused() throws {
        try withTemporaryFolder { folder in
            mkfifo("\(folder)/pipe", 0o600)
            for path in [folder, "\(folder)/pipe", "\(folder)/missing.png", "/dev/zero"] {
                let error = #expect(throws: ImagesError.self) { try Picture(contentsOf: path) }
                #expect(error?.code == .cannotOpen, "\(path)")
            }
            for path in [folder, "\(folder)/missing/a.png", "/dev/full"] {
                let error = #expect(throws: ImagesError.self) {
                    try samplePicture().write(to: path, as: .png())
                }
                #expect(error?.code == .cannotWrite, "\(path)")
            }
        }
    }

    @Test func fileOverTheLimitIsNotRead() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/large.jpg"
            let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
            // Takes no room: a file of nothing but a hole.
            #expect(ftruncate(descriptor, 50_000_001) == 0)
            close(descriptor)
            let error = #expect(throws: ImagesError.self) { try Picture(contentsOf: path) }
            #expect(error?.code == .fileTooLarge)
        }
    }

    @Test(arguments: [
        ("a.png", PictureFormat.png), ("a.JPG", .jpeg), ("b/c.jpeg", .jpeg), ("a.b.webp", .webp),
        ("a.gif", nil), ("", nil),
    ])
    func fileNameNamesTheFormat(name: String, format: PictureFormat?) {
        #expect(PictureFormat(fileName: name) == format)
    }

    /// In a process of its own, because the limit holds for all its threads.
    @Test func fullDiskLeavesNothingBehind() async {
        await #expect(processExitsWith: .success) {
            try withTemporaryFolder { folder in
                limitFileSize(to: 64)
                do {
                    try samplePicture().write(to: "\(folder)/a.png", as: .png())
                    exit(1)
                } catch let error as ImagesError {
                    guard error.code == .diskFull, fileNames(in: folder).isEmpty else { exit(2) }
                }
            }
        }
    }

    @Test func manyThreadsMayDecodeAtOnce() async throws {
        let pictures = (1...12).map { samplePicture(width: 20 + $0, height: 30) }
        let files = try pictures.map { try $0.encoded(as: .png()) }
        let half = Array(files[0].prefix(100))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for round in 0..<96 {
                group.addTask {
                    if round % 8 == 7 { return (try? Picture(decoding: half)) == nil }
                    let index = round % pictures.count
                    let decoded = try Picture(decoding: files[index])
                    let resized = try decoded.resized(width: 7, height: 9)
                    return decoded == pictures[index] && resized.width == 7
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
