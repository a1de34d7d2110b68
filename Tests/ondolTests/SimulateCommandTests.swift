import Simulation
import Testing

@testable import ondol

/// `ondol simulate` and `ondol capacity` as whole commands.
struct SimulateCommandTests {
    /// A short flood that is simulated in no time.
    private static let arguments = [
        "simulate", "wave", "--minutes", "3", "--devices", "2", "--seed", "7", "--compare", "fifo",
    ]

    @Test("The same seed writes the same bytes, and says the same")
    func sameBytes() throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b"] {
            let outcome = try BuiltProgram.run(
                Self.arguments + ["--language", "ko", "--json", "\(name).json", "--html", "\(name).html"],
                in: folder.path)
            #expect(outcome.status == 0, "\(outcome.text)")
            #expect(outcome.text.contains("한눈에 보기"))
        }
        #expect(folder.read("a.json") == folder.read("b.json"))
        #expect(folder.read("a.html") == folder.read("b.html"))
        #expect(folder.read("a.json").count > 10_000)
        let json = String(decoding: folder.read("a.json"), as: UTF8.self)
        for key in ["inTimeShare", "heldShare", "goodput", "jain", "allRequests", "firstComeFirstServed"] {
            #expect(json.contains("\"\(key)\""), "\(key)")
        }
        #expect(!json.contains("wallSeconds"))
    }

    @Test("Quiet says nothing, and the time it took is told where it is asked for")
    func quiet() throws {
        let folder = try TemporaryFolder()
        let outcome = try BuiltProgram.run(
            Self.arguments + ["--quiet", "--json", "a.json", "--timed"], in: folder.path)
        #expect(outcome.status == 0)
        #expect(outcome.text.isEmpty, "\(outcome.text)")
        #expect(String(decoding: folder.read("a.json"), as: UTF8.self).contains("\"requestsPerWallSecond\""))
    }

    @Test("A recording and a fleet from files")
    func recorded() throws {
        let folder = try TemporaryFolder()
        try folder.write("time,user,size\n0,a,512\n1,b,\n2,a,256x128\n".utf8, to: "trace.csv")
        try folder.write("[[devices]]\nprofile = \"cpu-like\"\ncount = 2\n".utf8, to: "fleet.toml")
        let arguments = [
            "simulate", "--recorded", "trace.csv", "--fleet", "fleet.toml", "--language", "en",
        ]
        let outcome = try BuiltProgram.run(arguments, in: folder.path)
        #expect(outcome.status == 0, "\(outcome.text)")
        #expect(outcome.text.contains("2 devices"))
        try folder.write("time,user\n0,a\nsoon,b\n".utf8, to: "trace.csv")
        let refused = try BuiltProgram.run(arguments, in: folder.path)
        #expect(refused.status == 1)
        #expect(refused.text.contains("ondol: trace.csv: line 3 of the recording: time must be"))
    }

    @Test("How many devices, with the evidence")
    func capacity() throws {
        let folder = try TemporaryFolder()
        let arguments = [
            "capacity", "steady", "--requests-per-second", "4", "--minutes", "5", "--language", "en",
        ]
        let outcome = try BuiltProgram.run(arguments + ["--json", "a.json"], in: folder.path)
        #expect(outcome.status == 0, "\(outcome.text)")
        #expect(outcome.text.contains("←"))
        #expect(String(decoding: folder.read("a.json"), as: UTF8.self).contains("\"devices\""))
        let short = try BuiltProgram.run(
            ["capacity", "steady", "--requests-per-second", "40", "--minutes", "2", "--most", "1"],
            in: folder.path)
        #expect(short.status == 1)
        #expect(short.text.contains("1 devices do not keep the promise"))
    }

    @Test("What a line of progress says")
    func progress() {
        let line = SimulationMeter.line(
            .init(seconds: 30, durationSeconds: 60, requests: 7, waiting: 3), "Ondol")
        #expect(line == "Ondol  ████████████░░░░░░░░░░░░  50 %  7 requests  3 waiting")
        let end = SimulationMeter.line(
            .init(seconds: 61, durationSeconds: 60, requests: 7, waiting: 3), "Ondol")
        #expect(end.contains("emptying the line"))
    }
}
