internal import CVips

extension PictureMask {
    /// Decodes a PNG: a pixel is drawn anew where it is wholly transparent.
    ///
    /// Turned upright as photos are, and bound by the same limits.
    ///
    /// Source: OpenAI's API description, `CreateImageEditRequest.mask`: "fully transparent areas (e.g. where alpha is zero)
    /// indicate where image should be edited".
    /// - Parameter name: what messages call the mask.
    /// - Throws: ``ImagesError`` with `noTransparency` where it is no PNG or has no alpha channel, `unknownFormat`,
    ///   `fileTooLarge`, `pictureTooLarge` or `damaged`.
    public init(decoding bytes: [UInt8], limits: PictureLimits = .standard, name: String = "the mask") throws
    {
        let format = PictureFormat(magicOf: bytes)
        guard format == nil || format == .png else { throw Self.opaque(name) }
        self = try VipsPicture.opening(bytes, limits: limits, name: name) { loaded, damaged in
            guard loaded.hasAlpha else { throw Self.opaque(name) }
            guard let alpha = loaded.applying({ ondol_vips_last_band($0, &$1) }),
                let upright = alpha.turnedUpright(), let bytes = upright.bytes(),
                let mask = PictureMask(alpha: bytes, width: upright.width, height: upright.height)
            else { throw damaged() }
            return mask
        }
    }

    /// Decodes a PNG file.
    /// - Throws: ``ImagesError`` with `cannotOpen`, and all that ``init(decoding:limits:name:)`` throws.
    public init(contentsOf path: String, limits: PictureLimits = .standard) throws {
        try self.init(decoding: Picture.fileBytes(at: path, limits: limits), limits: limits, name: path)
    }

    /// - Parameter alpha: one number for each pixel, of one byte or of two.
    private init?(alpha: [UInt8], width: Int, height: Int) {
        let count = width * height
        guard count > 0, alpha.count % count == 0 else { return nil }
        let size = alpha.count / count
        self.init(
            width: width, height: height,
            isDrawn: (0..<count).map { pixel in
                (0..<size).allSatisfy { alpha[pixel * size + $0] == 0 }
            })
    }

    private static func opaque(_ name: String) -> ImagesError {
        ImagesError(
            .noTransparency,
            "\(name) has no transparency; send a PNG with an alpha channel, transparent where the photo is to be drawn anew"
        )
    }
}
