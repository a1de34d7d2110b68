/// Why tensors could not be read, written or converted: what happened, to which file, and what to do about it.
public struct TensorsError: Error, Sendable {
    /// The kinds of failure, for code that must tell them apart.
    public enum Code: String, Sendable, Hashable {
        /// The file is missing, is not a regular file, or may not be read.
        case cannotOpen
        /// The system failed while reading, or the file shrank after it was opened.
        case cannotRead
        /// The file could not be created or replaced.
        case cannotWrite
        /// There is no room for the file.
        case diskFull
        /// The file is of another kind: a pickle, an archive, a pointer to a file that was not downloaded.
        case notSafetensors
        /// The file ends before what its header promises.
        case truncated
        /// The header is longer than any honest one.
        case headerTooLarge
        /// The header is not the JSON that the format asks for.
        case malformedHeader
        /// Two tensors, or two entries of the metadata, have one name.
        case duplicateName
        /// The element type is none that we know.
        case unknownElementType
        /// The shape is negative, has too many dimensions or overflows.
        case invalidShape
        /// The byte ranges overlap, leave holes, leave the file or do not fit the shapes.
        case invalidLayout
        /// A stored element is none of its type's values.
        case invalidElement
        /// The file holds no tensor of that name.
        case tensorNotFound
        /// The name is kept by the format for itself.
        case reservedName
        /// There is no conversion between the two element types.
        case unsupportedConversion
    }

    /// The kind of failure.
    public let code: Code
    /// One sentence: what happened, to what, and what to do.
    public let message: String
    /// The failure underneath, where there is one.
    public let cause: (any Error)?

    /// Makes an error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}

extension TensorsError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
