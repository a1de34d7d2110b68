import Testing

@testable import ondol

/// Where pictures go.
struct PictureOutputTests {
    @Test func withoutAFileNothingIsOverwritten() throws {
        let output = try PictureOutput(out: nil, count: 1)
        #expect(output.path(at: 0, seed: 7) { _ in false } == "ondol-7.png")
        let taken: Set = ["ondol-7.png", "ondol-7-2.png"]
        #expect(output.path(at: 0, seed: 7, where: taken.contains) == "ondol-7-3.png")
    }

    @Test(arguments: [
        ("a.png", 1, "a.png"), ("a.png", 3, "a-3.png"), ("a", 3, "a-3"), ("./b.c.webp", 3, "./b.c-3.webp"),
        ("/tmp/a.jpg", 3, "/tmp/a-3.jpg"), ("/tmp/../tmp/a", 3, "/tmp/../tmp/a-3"),
    ])
    func aFileThatWasNamedIsTakenAndNumbered(out: String, count: Int, path: String) throws {
        #expect(try PictureOutput(out: out, count: count).path(at: 2, seed: 1) { _ in true } == path)
    }

    @Test(arguments: [
        ("/no/such/folder/a.png", "there is no folder /no/such/folder/"), ("/tmp", "/tmp/picture.png"),
        ("/tmp/", "/tmp/picture.png"), ("a.gif", ".png, .jpg or .webp"),
    ])
    func whatCannotBeWrittenIsRefusedBeforeDrawing(out: String, part: String) {
        do throws(CommandError) {
            _ = try PictureOutput(out: out, count: 1)
            Issue.record("\(out) was taken")
        } catch {
            #expect(error.description.contains(part), "\(error)")
        }
    }
}
