import Foundation

/// One line of a table: a number and what it must reach.
public struct Row: Sendable {
    /// What a number must be to be good enough.
    public enum Bar: Sendable {
        /// No more than this.
        case atMost(Double)
        /// No less than this.
        case atLeast(Double)
        /// Neither less nor more than these.
        case within(ClosedRange<Double>)
        /// Anything: the number stands there for contrast.
        case none

        /// Whether the number reaches it.
        public func isReached(by value: Double) -> Bool {
            switch self {
            case .atMost(let limit): value <= limit
            case .atLeast(let limit): value >= limit
            case .within(let range): range.contains(value)
            case .none: true
            }
        }

        /// As it is printed.
        public var text: String {
            switch self {
            case .atMost(let limit): "<=\(limit)"
            case .atLeast(let limit): ">=\(limit)"
            case .within(let range): "\(range.lowerBound)..\(range.upperBound)"
            case .none: "-"
            }
        }
    }

    /// What is measured.
    public let name: String
    /// What it must reach.
    public let bar: Bar

    /// Pairs a name with a bar.
    public init(_ name: String, _ bar: Bar) {
        self.name = name
        self.bar = bar
    }

    /// Prints `name value bar ok|short` to standard output, and says whether it is short.
    /// - Parameter value: what was measured; nil, which is short, where nothing could be.
    public func report(_ value: Double?) -> Bool {
        guard let value, !value.isNaN else {
            say("\(name) missing \(bar.text) short")
            return true
        }
        let isReached = bar.isReached(by: value)
        say("\(name) \(String(format: "%.4g", value)) \(bar.text) \(isReached ? "ok" : "short")")
        return !isReached
    }
}
