/// What the painter reports when it cannot make a picture.
public struct PainterError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// The size asked for is outside 64...1024 pixels.
        case unsupportedSize
        /// Pixel bytes and size do not belong together.
        case wrongByteCount
        /// Cairo could not make or finish a drawing surface, most often for want of memory.
        case drawingFailed
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, why, and what to do about it.
    public let message: String

    /// Describes a failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Code and message on one line.
    public var description: String { "\(code.rawValue): \(message)" }
}
