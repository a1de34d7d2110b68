import FoundationEssentials
import Images
import Testing

@testable import ondol

/// What cannot be done is said in one sentence, with exit status 2 where another command line would do and 1 where the
/// files or the machine must change, and leaves nothing half done.
struct BadInputTests {
    /// A command line and what must come of it.
    struct Refusal: CustomTestStringConvertible {
        let arguments: [String]
        let status: Int32
        let part: String
        var testDescription: String { arguments.map { String($0.prefix(24)) }.joined(separator: " ") }

        init(_ arguments: [String], _ status: Int32, _ part: String) {
            self.arguments = arguments
            self.status = status
            self.part = part
        }

        /// A picture asked of the tiny model.
        static func drawing(_ arguments: [String], _ status: Int32, _ part: String) -> Refusal {
            Refusal(["generate", "a", "--model", BuiltProgram.tinyModel] + arguments, status, part)
        }

        /// An adapter asked for, in a folder without pictures.
        static func adapter(_ arguments: [String], _ status: Int32, _ part: String) -> Refusal {
            Refusal(["train", "adapter", "."] + arguments, status, part)
        }
    }

    private static func check(_ refusal: Refusal, in folder: TemporaryFolder) throws {
        let before = folder.names
        let outcome = try BuiltProgram.run(refusal.arguments, in: folder.path)
        #expect(outcome.status == refusal.status, "\(outcome.text)")
        #expect(outcome.text.contains(refusal.part), "\(outcome.text)")
        let lines = outcome.text.split(separator: "\n")
        #expect(lines.count == 1 && lines[0].hasPrefix("ondol: "), "\(outcome.text)")
        // Nothing half done; what is known of the plugin may be kept.
        #expect(folder.names.filter { !$0.hasPrefix(".ondol") } == before)
    }

    @Test(
        "a command line that cannot be meant",
        arguments: [
            .drawing(["--steps", "0"], 2, "--steps must be 1 to 1000"),
            .drawing(["--steps", "1000000"], 2, "--steps must be 1 to 1000"),
            .drawing(["--count", "0"], 2, "--count must be 1 to 1000"),
            .drawing(["--seed", "x"], 2, "--seed"),
            .drawing(["--sampler", "magic"], 2, "--sampler"),
            .drawing(["--size", "wide"], 2, "a size is one number of pixels or two"),
            .drawing(["--strength", "0.5"], 2, "--strength needs a picture"),
            .drawing(["--mask", "m.png"], 2, "--mask needs the picture"),
            .adapter(["--rank", "0"], 2, "--rank must be 1 to 128"),
            .adapter(["--rank", "129"], 2, "--rank must be 1 to 128"),
            .adapter(["--size", "31"], 2, "--size must be 32 to 2048"),
            .adapter(["--size", "4096"], 2, "--size must be 32 to 2048"),
            .adapter(["--batch", "0"], 2, "--batch must be 1 to 256"),
            .adapter(["--steps", "0"], 2, "--steps must be"),
            .adapter(["--learning-rate", "nan"], 2, "--learning-rate must be"),
            .adapter(["--minutes", "-1"], 2, "--minutes"),
            Refusal(["train", "autoencoder", "--steps", "0"], 2, "--steps must be"),
            Refusal(["train", "autoencoder", "--crop", "33"], 2, "--crop must be a multiple of 32"),
            Refusal(
                ["train", "autoencoder", "--checkpoint-seconds", "0"], 2, "--checkpoint-seconds must be"),
            Refusal(
                ["train", "autoencoder", "--recipe", "hanji-1"], 2, "--recipe must be hanji or hanji-256"),
            Refusal(["train", "model", "--batch", "0"], 2, "--batch must be"),
            Refusal(["train", "model", "--pictures", "1"], 2, "--pictures must be"),
            Refusal(["paint", "--size", "1"], 2, "--size must be"),
            Refusal(["paint", "--count", "1024", "--size", "1024"], 2, "40 megapixels"),
            Refusal(["simulate", "tide"], 2, "tide"),
            Refusal(["simulate", "--devices", "0"], 2, "--devices must be 1 to 100000"),
            Refusal(["simulate", "--load", "nan"], 2, "--load must be"),
            Refusal(["simulate", "--minutes", "1"], 2, "--minutes must be 4 or more in a flood"),
            Refusal(["simulate", "--people", "9"], 2, "--people is about newcomers"),
            Refusal(["simulate", "--seed", "x"], 2, "--seed"),
            Refusal(["simulate", "--language", "fr"], 2, "--language"),
            Refusal(["simulate", "--compare", "lifo"], 2, "--compare"),
            Refusal(["simulate", "--fleet", "a", "--devices", "2"], 2, "leave out --devices"),
            Refusal(
                ["simulate", "--recorded", "a", "--callers", "2"], 2, "--callers is about invented demand"),
            Refusal(["simulate", "--html", "a", "--json", "a"], 2, "two results cannot go into one file"),
            Refusal(["simulate", "--timed"], 2, "--timed needs --json"),
            Refusal(["capacity", "steady"], 2, "how much is asked for?"),
            Refusal(
                ["capacity", "steady", "--requests-per-second", "1", "--share", "1"], 2, "--share must be"),
            Refusal(["sing"], 2, "sing"),
        ] as [Refusal])
    func usage(_ refusal: Refusal) throws { try Self.check(refusal, in: TemporaryFolder()) }

    @Test(
        "a place that cannot be written, before any work is done",
        arguments: [
            .drawing(["--out", "/dev/full"], 1, "/dev/full is not a regular file"),
            .drawing(["--out", "nowhere/a.png"], 1, "there is no folder nowhere/"),
            Refusal(["paint", "--out", "/dev/full"], 1, "/dev/full is not a regular file"),
            Refusal(["simulate", "--html", "nowhere/a.html"], 1, "there is no folder nowhere/"),
            Refusal(["simulate", "--json", "/dev/full"], 1, "/dev/full is not a regular file"),
            Refusal(["simulate", "--recorded", "none.csv"], 1, "there is no recording file none.csv"),
            Refusal(["simulate", "--fleet", "."], 1, "the fleet file . is not a regular file"),
            Refusal(["paint", "--out", "."], 1, "name a file in it, as ./painted.png"),
            .adapter(["--out", "/dev/null"], 1, "/dev/null is a file; a style is written into a folder"),
        ] as [Refusal])
    func places(_ refusal: Refusal) throws { try Self.check(refusal, in: TemporaryFolder()) }

    @Test(
        "a model or a plugin that is not there",
        arguments: [
            Refusal(["generate", "a", "--model", "nothing"], 1, "there is no model nothing"),
            Refusal(["generate", "a", "--model", "no/such"], 1, "there is no no/such"),
            Refusal(["generate", "a", "--model", "."], 1, "model_index.json"),
            .drawing(["--plugin", "none.so"], 1, "none.so"),
            .drawing(["--plugin", BuiltProgram.tinyModel + "/model_index.json"], 1, "is not a PJRT plugin"),
            Refusal(["train", "model", "--run", "none", "--plugin", "none.so"], 1, "none.so"),
            Refusal(["train", "export", "--run", "none"], 1, "run 'ondol train model' first"),
            Refusal(["train", "card", "--run", "none"], 1, "holds no trained part"),
            Refusal(
                ["train", "autoencoder", "--decoder-only", "--run", "none"], 1, "ondol train autoencoder"),
        ] as [Refusal])
    func absences(_ refusal: Refusal) throws { try Self.check(refusal, in: TemporaryFolder()) }

    @Test(
        "a plugin that is too old, or of another family",
        .enabled(if: BuiltProgram.compiler != nil, "needs a C compiler"),
        arguments: [(0, 40, "older than"), (1, 0, "PJRT 1.0")])
    func oldPlugin(major: Int, minor: Int, part: String) throws {
        let folder = try TemporaryFolder()
        let source = """
            #include <stddef.h>
            static struct { size_t size; void *next; struct { size_t size; void *next; int major, minor; } version;
                void *functions[200]; } table = { sizeof table, NULL, { 24, NULL, \(major), \(minor) }, { NULL } };
            static void *done(void *arguments) { return NULL; }
            void *GetPjrtApi(void) {
                for (int index = 0; index < 200; index++) table.functions[index] = (void *)done;
                return &table;
            }
            """
        try folder.write(source.utf8, to: "old.c")
        let compiler = try #require(BuiltProgram.compiler)
        let compiled = try BuiltProgram.start(
            [compiler, "-shared", "-fPIC", "-nostdlib", "-o", "old.so", "old.c"], in: folder.path)
        try #require(compiled.status == 0, "\(compiled.text)")
        try Self.check(.drawing(["--plugin", "old.so"], 1, part), in: folder)
    }

    @Test("a photo that is a bomb, half a file, or no picture")
    func photos() throws {
        let folder = try TemporaryFolder()
        let sheet = Picture(
            width: 64, height: 64, bytes: (0..<12288).map { UInt8(truncatingIfNeeded: $0 &* 37) })
        try sheet.write(to: folder.path + "/whole.png", as: .png(texts: []))
        let whole = folder.read("whole.png")
        try folder.write(whole.prefix(whole.count / 2), to: "half.png")
        try folder.write(Self.enlarged(whole, to: 30_000), to: "bomb.png")
        try folder.write("no picture".utf8, to: "text.png")
        for (photo, part) in [
            ("half.png", "it may be cut off"), ("bomb.png", "over the limit of 40000000"),
            ("text.png", "neither a JPEG"), ("none.png", "cannot read none.png"),
        ] {
            try Self.check(.drawing(["--photo", photo], 1, part), in: folder)
        }
        for (mask, part) in [
            ("whole.png", "has no transparency"), ("text.png", "neither a JPEG"),
            ("none.png", "cannot read none.png"),
        ] {
            try Self.check(.drawing(["--photo", "whole.png", "--mask", mask], 1, part), in: folder)
        }
    }

    /// A PNG whose header claims other sides, its checksum right.
    static func enlarged(_ png: [UInt8], to side: UInt32) -> [UInt8] {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: side >> (24 - 8 * $0)) }
        var png = png
        png.replaceSubrange(16..<24, with: bytes + bytes)
        // Source: PNG specification, third edition, annex D.
        var sum = UInt32.max
        for byte in png[12..<29] {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = (sum >> 1) ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        let checksum = (0..<4).map { UInt8(truncatingIfNeeded: ~sum >> (24 - 8 * $0)) }
        png.replaceSubrange(29..<33, with: checksum)
        return png
    }

    @Test("weights that are a pickle, or cut off", .enabled(if: BuiltProgram.plugin != nil))
    func weights() throws {
        let folder = try TemporaryFolder()
        let name = "diffusion_pytorch_model"
        for model in ["pickle", "cut"] {
            try FileManager.default.copyItem(
                atPath: BuiltProgram.tinyModel, toPath: "\(folder.path)/\(model)")
        }
        let weights = folder.read("cut/unet/\(name).safetensors")
        try #require(weights.count > 1000)
        try folder.write(weights.prefix(weights.count - 1), to: "cut/unet/\(name).safetensors")
        try FileManager.default.removeItem(atPath: "\(folder.path)/pickle/unet/\(name).safetensors")
        try folder.write([0x80, 0x02], to: "pickle/unet/\(name).bin")
        for (model, part) in [("pickle", "pickle"), ("cut", "\(name).safetensors")] {
            try Self.check(Refusal(["generate", "a", "--model", "./\(model)"], 1, part), in: folder)
        }
    }

    @Test("a size or a text that the model cannot take", .enabled(if: BuiltProgram.plugin != nil))
    func modelLimits() throws {
        let folder = try TemporaryFolder()
        // Linux takes no argument of more than 128 KiB, so that a megabyte comes in several.
        let words = [String](repeating: String(repeating: "a", count: 100_000), count: 10)
        let model = ["--model", BuiltProgram.tinyModel]
        for refusal in [
            Refusal(["generate"] + words + model, 2, "at most 65536 are read"),
            .drawing(["--size", "65"], 2, "the nearest "),
            .drawing(["--size", "99999999"], 2, "the nearest "),
            .drawing(["--size", "0x0"], 2, "the nearest "),
        ] as [Refusal] {
            try Self.check(refusal, in: folder)
        }
    }

    @Test("a full disk and a damaged cache", .enabled(if: BuiltProgram.plugin != nil))
    func diskAndCache() throws {
        let folder = try TemporaryFolder()
        let command = ["generate", "a", "--model", BuiltProgram.tinyModel, "--steps", "1", "--seed", "1"]
        let first = try BuiltProgram.run(command + ["--quiet"], in: folder.path)
        try #require(first.status == 0, "\(first.text)")
        let picture = folder.read("ondol-1.png")
        #expect(!picture.isEmpty)

        let before = folder.names
        for command in [command, ["paint", "--size", "64"]] {
            let full = try BuiltProgram.run(command, in: folder.path, fullDisk: true)
            #expect(full.status == 1)
            #expect(
                full.text.split(separator: "\n").last?.contains("free some space") == true, "\(full.text)")
            #expect(folder.names == before)
        }

        let programs = before.filter { $0.hasSuffix(".executable") }
        let smallest = try #require(programs.min { folder.read($0).count < folder.read($1).count })
        try folder.write([UInt8](repeating: 7, count: 4096), to: smallest)
        let again = try BuiltProgram.run(command + ["--out", "again.png"], in: folder.path)
        #expect(again.status == 0)
        #expect(again.text.contains("compiled again: it is damaged"), "\(again.text)")
        // The files differ by the time that they were made.
        #expect(
            try Picture(decoding: folder.read("again.png")) == Picture(decoding: picture))
        #expect(folder.read(smallest).count > 4096)
    }
}

extension BuiltProgram {
    /// A C compiler, where there is one.
    static let compiler = ["clang", "cc"].first { name in
        (try? start([name, "--version"], in: "/"))?.status == 0
    }
}
