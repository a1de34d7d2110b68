import FoundationEssentials
import Logging
import Serving
import Synchronization
import Testing

@testable import Service

/// The log as lines of JSON.
@Suite struct JSONLogTests {
    /// Lines that were written.
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private static func logger(_ lines: Lines, at now: Moment = Moment(microseconds: 1_800_000_000_000_120))
        -> Logger
    {
        Logger(label: "ondol") { JSONLogHandler(label: $0, now: { now }) { lines.add($0) } }
    }

    private static func object(_ line: String?) throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(try #require(line).utf8))
    }

    @Test("An event is one line of JSON, whatever it says")
    func oneLine() throws {
        let lines = Lines()
        var logger = Self.logger(lines)
        logger[metadataKey: "request_id"] = "req_1"
        let evil = "a\"b\\c\nd\u{0}\u{2028}\r{\"level\":\"critical\"} 노을"
        logger.info(
            "\(evil)", metadata: ["route": "/v1/images", "status": .stringConvertible(200), "who": "\(evil)"])
        #expect(lines.all.count == 1)
        let line = try #require(lines.all.first)
        #expect(line.hasSuffix("}\n") && line.dropLast().allSatisfy { !$0.isNewline || $0 == "\u{2028}" })
        #expect(line.utf8.count { $0 < 0x20 } == 1)
        let object = try Self.object(line)
        #expect(object["message"] == evil && object["who"] == evil)
        #expect(object["level"] == "info" && object["logger"] == "ondol")
        #expect(
            object["request_id"] == "req_1" && object["route"] == "/v1/images" && object["status"] == "200")
        #expect(object["time"] == "2027-01-15T08:00:00.000120Z")
    }

    @Test("What goes with an event takes no name of the line's own, and the nearer says more")
    func names() throws {
        let lines = Lines()
        var logger = Self.logger(lines)
        logger[metadataKey: "worker"] = "local"
        logger[metadataKey: "level"] = "mine"
        logger.warning("hot", metadata: ["worker": "other", "time": "now"])
        let object = try Self.object(lines.all.first)
        #expect(object["worker"] == "other" && object["level"] == "warning")
        #expect(object["level_"] == "mine" && object["time_"] == "now")
    }

    @Test("Lists and tables stay what they are; what is below the level is not written")
    func shapes() throws {
        let lines = Lines()
        var logger = Self.logger(lines)
        logger.logLevel = .notice
        logger.info("quiet")
        logger.notice("loud", metadata: ["jobs": .array(["a", "b"]), "rows": .dictionary(["full": "2"])])
        #expect(lines.all.count == 1)
        #expect(lines.all[0].contains(#""jobs":["a","b"]"#) && lines.all[0].contains(#""rows":{"full":"2"}"#))
    }

    @Test(
        "Times are told to the microsecond, before 1970 too",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00.000000Z"), (999_999, "1970-01-01T00:00:00.999999Z"),
            (-1, "1969-12-31T23:59:59.999999Z"), (1_835_000_000_500_000, "2028-02-24T10:13:20.500000Z"),
        ])
    func times(microseconds: Int64, text: String) {
        #expect(JSONLogHandler.text(of: Moment(microseconds: microseconds)) == text)
    }
}
