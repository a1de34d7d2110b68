internal import CVips

extension Picture {
    /// Decodes a JPEG, PNG or WebP from anywhere.
    ///
    /// The size is checked from the header before any pixel is decoded. The picture is turned upright as its
    /// EXIF orientation says, brought to sRGB by its colour profile, and laid on white where it is transparent;
    /// of an animation the first picture is taken.
    /// - Parameter name: what messages call the picture: its path, or how it came.
    /// - Throws: ``ImagesError`` with `unknownFormat`, `fileTooLarge`, `pictureTooLarge` or `damaged`.
    public init(decoding bytes: [UInt8], limits: PictureLimits = .standard, name: String = "the picture")
        throws
    {
        self = try VipsPicture.opening(bytes, limits: limits, name: name) { loaded, damaged in
            guard let flat = loaded.flattened(), let plain = flat.inSRGB(),
                let upright = plain.turnedUpright(), let picture = upright.picture()
            else { throw damaged() }
            return picture
        }
    }
}

extension VipsPicture {
    /// Opens a file for as long as a closure takes: the header is read, and its size checked, before any pixel is decoded.
    /// - Parameter body: is given the picture, and what makes the error where it turns out to be damaged.
    static func opening<Result>(
        _ bytes: [UInt8], limits: PictureLimits, name: String,
        _ body: (consuming VipsPicture, _ damaged: () -> ImagesError) throws -> Result
    ) throws -> Result {
        guard bytes.count <= limits.byteCount else {
            throw ImagesError.fileTooLarge(name: name, byteCount: bytes.count, limits: limits)
        }
        // Looked at here and not by libvips, so that nothing else ever reaches one of its many loaders.
        guard let format = PictureFormat(magicOf: bytes) else {
            throw ImagesError(
                .unknownFormat,
                bytes.isEmpty
                    ? "\(name) is empty; send a JPEG, PNG or WebP"
                    : "\(name) is neither a JPEG, nor a PNG, nor a WebP; convert it to one of these")
        }
        func damaged() -> ImagesError {
            ImagesError(
                .damaged,
                "\(name) begins as a \(format.displayName) but cannot be decoded\(Vips.takeReason());"
                    + " it may be cut off: send it again")
        }
        try Vips.start()
        return try bytes.withUnsafeBytes { bytes in
            let loaded = VipsPicture { image in
                switch format {
                case .jpeg: ondol_vips_load_jpeg(bytes.baseAddress, bytes.count, &image)
                case .png: ondol_vips_load_png(bytes.baseAddress, bytes.count, &image)
                case .webp: ondol_vips_load_webp(bytes.baseAddress, bytes.count, &image)
                }
            }
            guard let loaded else { throw damaged() }
            let (width, height) = (loaded.width, loaded.height)
            let (pixelCount, overflow) = width.multipliedReportingOverflow(by: height)
            guard !overflow, pixelCount <= limits.pixelCount else {
                throw ImagesError(
                    .pictureTooLarge,
                    "\(name) has \(width)x\(height) pixels, over the limit of \(limits.pixelCount);"
                        + " send a smaller one")
            }
            return try body(loaded, damaged)
        }
    }

    /// Turns the picture as its EXIF orientation says; nil where it cannot be decoded.
    consuming func turnedUpright() -> VipsPicture? {
        if isUpright { return self }
        // The file is read from top to bottom; turning needs all of it at hand.
        guard let whole = copiedToMemory() else { return nil }
        return whole.applying { ondol_vips_autorotate($0, &$1) }
    }

    /// Lays transparency on white, in the units the file came in.
    fileprivate consuming func flattened() -> VipsPicture? {
        guard hasAlpha else { return self }
        let white = isSixteenBit ? 65535.0 : 255.0
        return applying { ondol_vips_flatten($0, &$1, white) }
    }

    /// Brings any colour space to eight bits of sRGB.
    fileprivate consuming func inSRGB() -> VipsPicture? {
        if hasProfile {
            // A picture whose profile is broken is still a picture.
            if let converted = applying({ ondol_vips_to_srgb_by_profile($0, &$1) }), converted.isPlainRGB {
                return converted
            }
            vips_error_clear()
        }
        guard let converted = applying({ ondol_vips_to_srgb($0, &$1) }) else { return nil }
        if converted.isBytes { return converted }
        return converted.applying { ondol_vips_to_uint8($0, &$1) }
    }

    private var isPlainRGB: Bool { bandCount == Picture.channelCount && isBytes }

    /// The pixels computed now.
    fileprivate borrowing func copiedToMemory() -> VipsPicture? {
        applying { image, copy in
            copy = vips_image_copy_memory(image)
            return copy == nil ? -1 : 0
        }
    }
}

extension PictureFormat {
    fileprivate var displayName: String {
        switch self {
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .webp: "WebP"
        }
    }
}

extension ImagesError {
    /// The refusal of a file that is too long.
    static func fileTooLarge(name: String, byteCount: Int, limits: PictureLimits) -> ImagesError {
        ImagesError(
            .fileTooLarge,
            "\(name) has \(byteCount) bytes, over the limit of \(limits.byteCount); send a smaller one")
    }
}
