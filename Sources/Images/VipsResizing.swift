internal import CVips

extension Picture {
    /// The whole picture at another size, stretched where the proportions differ.
    ///
    /// Shrinks with a Lanczos kernel of three lobes, after averaging where the picture becomes less than half as
    /// large; enlarges bicubically.
    /// - Throws: ``ImagesError`` with `invalidSize` where a size is not positive or has more than 40 megapixels.
    public func resized(width newWidth: Int, height newHeight: Int) throws -> Picture {
        try Self.checkSize(width: newWidth, height: newHeight)
        if newWidth == width && newHeight == height { return self }
        return try withVips { image in
            let horizontal = Double(newWidth) / Double(width)
            let vertical = Double(newHeight) / Double(height)
            guard let resized = image.applying({ ondol_vips_resize($0, &$1, horizontal, vertical) }),
                let picture = resized.picture(), picture.width == newWidth, picture.height == newHeight
            else {
                throw ImagesError(
                    .library,
                    "libvips could not resize \(width)x\(height) to \(newWidth)x\(newHeight)\(Vips.takeReason())"
                )
            }
            return picture
        }
    }

    private static func checkSize(width: Int, height: Int) throws {
        let limit = PictureLimits.standard.pixelCount
        let (pixelCount, overflow) = width.multipliedReportingOverflow(by: height)
        guard width > 0, height > 0, !overflow, pixelCount <= limit else {
            throw ImagesError(
                .invalidSize,
                "cannot make a picture of \(width)x\(height): sizes are positive and at most \(limit) pixels")
        }
    }
}
