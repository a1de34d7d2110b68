/// Why a picture could not be read, made or written: what happened, and what to do about it.
public struct ImagesError: Error, Sendable {
    /// The kinds of failure, for code that must tell them apart.
    public enum Code: String, Sendable, Hashable {
        /// The file is missing, is not a regular file, or may not be read.
        case cannotOpen
        /// The file could not be created or replaced.
        case cannotWrite
        /// There is no room for the file.
        case diskFull
        /// The file has more bytes than the limits allow.
        case fileTooLarge
        /// The picture has more pixels than the limits allow.
        case pictureTooLarge
        /// The bytes are neither JPEG, nor PNG, nor WebP.
        case unknownFormat
        /// The bytes begin as a picture but cannot be decoded to the end.
        case damaged
        /// A mask has no transparency to tell by, or is no PNG.
        case noTransparency
        /// A size asked for is not positive, or too large to make.
        case invalidSize
        /// A text cannot be stored in a picture as it is.
        case invalidText
        /// A tensor is not of the form that stands for pictures, or holds values that are no numbers.
        case invalidTensor
        /// The picture library failed to start or to encode.
        case library
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

extension ImagesError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
