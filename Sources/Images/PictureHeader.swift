internal import CVips

/// What a picture file says of itself before it is decoded.
public struct PictureHeader: Sendable, Hashable {
    /// Its format.
    public let format: PictureFormat
    /// Pixels in a row, once the picture is turned upright.
    public let width: Int
    /// Rows, once the picture is turned upright.
    public let height: Int
    /// Whether it has transparency.
    public let hasAlpha: Bool

    /// Reads the header of a JPEG, PNG or WebP from anywhere. Decodes no pixel.
    /// - Parameter name: what messages call the picture.
    /// - Throws: ``ImagesError`` with `unknownFormat`, `fileTooLarge`, `pictureTooLarge` or `damaged`.
    public init(of bytes: [UInt8], limits: PictureLimits = .standard, name: String = "the picture") throws {
        self = try VipsPicture.opening(bytes, limits: limits, name: name) { loaded, damaged in
            guard let format = PictureFormat(magicOf: bytes) else { throw damaged() }
            let (width, height) = (loaded.width, loaded.height)
            return loaded.isOnItsSide
                ? PictureHeader(format: format, width: height, height: width, hasAlpha: loaded.hasAlpha)
                : PictureHeader(format: format, width: width, height: height, hasAlpha: loaded.hasAlpha)
        }
    }

    private init(format: PictureFormat, width: Int, height: Int, hasAlpha: Bool) {
        self.format = format
        self.width = width
        self.height = height
        self.hasAlpha = hasAlpha
    }
}
