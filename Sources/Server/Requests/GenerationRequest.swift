import Serving

/// How a finished picture is encoded.
public enum OutputFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// Lossless.
    case png
    /// Lossy, without transparency.
    case jpeg
    /// Lossy, with transparency.
    case webp

    /// The format's media type.
    public var mediaType: String { "image/\(rawValue)" }
}

/// What lies behind what is drawn.
public enum Background: String, Sendable, Hashable, Codable, CaseIterable {
    /// Whatever suits the picture.
    case auto
    /// Something.
    case opaque
    /// Nothing.
    case transparent
}

/// How strictly a request is looked at.
public enum Moderation: String, Sendable, Hashable, Codable, CaseIterable {
    /// As the operator set it.
    case auto
    /// Less strictly, where the operator allows that.
    case low
}

/// How close an edit stays to its photos.
public enum InputFidelity: String, Sendable, Hashable, Codable, CaseIterable {
    /// Freely.
    case low
    /// Closely.
    case high
}

/// How the pictures get to the caller.
public enum Delivery: String, Sendable, Hashable, Codable, CaseIterable {
    /// Inside the answer.
    case base64 = "b64_json"
    /// By a signed link that expires.
    case link = "url"
}

/// A file that a caller sent: bounded in bytes and of a known kind by its first bytes, not decoded yet.
public struct UploadedPicture: Sendable, Hashable {
    /// What its first bytes say it is.
    public let format: OutputFormat
    /// The file.
    public let bytes: [UInt8]

    /// Takes a file; nil where its first bytes are not those of PNG, JPEG or WebP.
    ///
    /// Source: PNG, third edition, 5.2; ISO/IEC 10918-1, B.2.1; RFC 9649, 2.3.
    public init?(bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            format = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            format = .jpeg
        } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
            format = .webp
        } else {
            return nil
        }
        self.bytes = bytes
    }
}

/// What an edit starts from.
public struct EditSource: Sendable, Hashable {
    /// The photos, at least one.
    public let photos: [UploadedPicture]
    /// What to draw anew, in the size of the first photo: where its alpha is 0. A PNG.
    public let mask: UploadedPicture?
    /// How close to the photos to stay.
    public let fidelity: InputFidelity
}

/// A request for pictures that has been checked: every field is in range, and its model draws its size.
public struct GenerationRequest: Sendable, Hashable {
    /// The longest prompt, in Unicode scalars.
    ///
    /// Source: OpenAI's API description, `CreateImageRequest.prompt`.
    public static let maximumPromptLength = 32_000
    /// The most pictures in one request.
    public static let maximumCount = 10
    /// The most previews of one picture.
    public static let maximumPartialImages = 3
    /// The longest name of a style.
    public static let maximumStyleLength = 64
    /// The most answers to what the policy asked back.
    public static let maximumConfirmations = 32
    /// The longest name of an end user.
    public static let maximumUserLength = 512

    /// What to draw. It never appears in a log or an error.
    public var prompt: String
    /// The model that draws, by its own name.
    public var model: String
    /// How many pictures, from 1 to 10.
    public var count = 1
    /// The size to draw in.
    public var size: PictureSize
    /// The effort asked for.
    public var quality = Quality.auto
    /// How to encode.
    public var format = OutputFormat.png
    /// How good the encoding is, from 0 to 100, for JPEG and WebP.
    public var compression = 100
    /// What lies behind.
    public var background = Background.auto
    /// How strictly to look.
    public var moderation = Moderation.auto
    /// The caller's name for the end user; nil where it gave none.
    public var user: String?
    /// How the pictures get to the caller.
    public var delivery = Delivery.base64
    /// Whether the answer is a stream of events.
    public var streams = false
    /// How many previews of each picture a stream has, from 0 to 3.
    public var partialImages = 0
    /// The number that noise comes from; nil where the service chooses.
    public var seed: UInt64?
    /// Artists' styles; none for the model alone.
    public var styles: [StyleWish] = []
    /// Names and rules that the policy asked about, and that the person said yes to.
    public var confirmations: Set<String> = []
    /// How much of a photo to draw anew, above 0 and up to 1; nil where ``EditSource/fidelity`` decides, and without a photo.
    public var strength: Double?
    /// What the pictures are to say about themselves.
    public var credential = CredentialRequest()
    /// What to start from; nil where the picture is drawn from words alone.
    public var edit: EditSource?

    /// The only style's name, or the first of several; setting it asks for that one as it was trained.
    public var style: String? {
        get { styles.first?.id }
        set { styles = newValue.map { [StyleWish($0)] } ?? [] }
    }

    /// Model and size, as prices see them.
    public var shape: PictureShape { PictureShape(model: model, width: size.width, height: size.height) }
}
