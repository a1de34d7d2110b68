import FoundationEssentials
import Logging
import Serving

/// Writes a log as lines of JSON, one event each, for programs that collect logs.
///
/// A line has `time` (UTC, RFC 3339, microseconds), `level`, `logger`, `message`, and then what goes with the event, as
/// `request_id`; a name that is one of those four gets an underscore behind it. What is not text stays text, but for lists and
/// tables. Control characters and quotes are escaped, so that nobody's input begins a line of its own.
public struct JSONLogHandler: LogHandler {
    /// From which level on events are written.
    public var logLevel = Logger.Level.info
    /// What goes with every event.
    public var metadata = Logger.Metadata()
    /// What goes with events of the task that is under way.
    public var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let now: @Sendable () -> Moment
    private let write: @Sendable (String) -> Void

    /// Makes a handler.
    /// - Parameters:
    ///   - label: the logger's name.
    ///   - now: what time it is.
    ///   - write: takes a line with its end, whole; called from any thread.
    public init(
        label: String, now: @escaping @Sendable () -> Moment, write: @escaping @Sendable (String) -> Void
    ) {
        self.label = label
        self.now = now
        self.write = write
    }

    /// A part of what goes with every event.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes an event. The nearer says more: what goes with the event stands before the logger's own.
    public func log(event: LogEvent) {
        var fields = metadata
        for given in [metadataProvider?.get(), event.metadata].compactMap(\.self) {
            fields.merge(given) { _, nearer in nearer }
        }
        // Only the error's type: its text may hold what a caller sent.
        if let error = event.error { fields["error"] = .string("\(type(of: error))") }
        var line: [String: Field] = [:]
        for (name, value) in fields { line[Self.reserved.contains(name) ? name + "_" : name] = Field(value) }
        line["time"] = .text(Self.text(of: now()))
        line["level"] = .text(event.level.rawValue)
        line["logger"] = .text(label)
        line["message"] = .text("\(event.message)")
        let encoder = JSONEncoder()
        // The same event is the same line.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line), let text = String(validating: data, as: UTF8.self) else {
            return
        }
        write(text + "\n")
    }

    private static let reserved: Set<String> = ["time", "level", "logger", "message"]

    /// A moment as RFC 3339 has it.
    static func text(of moment: Moment) -> String {
        let seconds = (Double(moment.microseconds) / 1_000_000).rounded(.down)
        let micros = moment.microseconds - Int64(seconds) * 1_000_000
        let style = Date.ISO8601FormatStyle(timeZone: .gmt)
        let whole = Date(timeIntervalSince1970: seconds).formatted(style).dropLast()
        return whole + "." + String(String(1_000_000 + micros).dropFirst()) + "Z"
    }

    /// What a name in a line says.
    private enum Field: Encodable {
        case text(String)
        case list([Field])
        case table([String: Field])

        init(_ value: Logger.Metadata.Value) {
            switch value {
            case .string(let text): self = .text(text)
            case .stringConvertible(let value): self = .text("\(value)")
            case .array(let values): self = .list(values.map(Field.init))
            case .dictionary(let values): self = .table(values.mapValues(Field.init))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .list(let fields): try container.encode(fields)
            case .table(let fields): try container.encode(fields)
            }
        }
    }
}
