internal import CVips

/// How a picture is written.
public enum PictureEncoding: Sendable, Hashable {
    /// PNG with texts, in the order given.
    case png(texts: [PNGText] = [])
    /// JPEG of a quality from 1 to 100.
    case jpeg(quality: Int = 90)
    /// WebP of a quality from 1 to 100.
    case webp(quality: Int = 85)

    /// The format.
    public var format: PictureFormat {
        switch self {
        case .png: .png
        case .jpeg: .jpeg
        case .webp: .webp
        }
    }
}

extension Picture {
    /// The most bytes of an XMP packet: what fits into one segment of a JPEG, beside the packet's name.
    public static let metadataLimit = 65_504

    /// The picture as a file's bytes. The same picture gives the same bytes with the same libraries.
    /// - Parameter metadata: an XMP packet to go with it, at most ``metadataLimit`` bytes; empty for none.
    /// - Throws: ``ImagesError`` with `invalidText` for a PNG text or a packet that cannot be stored, `invalidSize` for
    ///   a picture that the format cannot hold.
    public func encoded(as encoding: PictureEncoding, metadata: [UInt8] = []) throws -> [UInt8] {
        let largestSide = encoding.format.largestSide
        guard width <= largestSide, height <= largestSide else {
            throw ImagesError(
                .invalidSize,
                "a \(encoding.format.rawValue) picture has at most \(largestSide) pixels a side, not"
                    + " \(width)x\(height); choose png")
        }
        guard metadata.count <= Self.metadataLimit else {
            throw ImagesError(
                .invalidText,
                "the metadata has \(metadata.count) bytes and \(Self.metadataLimit) fit into every format; shorten it"
            )
        }
        var bytes = try withVips { plain in
            if metadata.isEmpty || encoding.format == .png { return try plain.file(as: encoding) }
            guard
                let described = plain.applying({ image, copy in
                    metadata.withUnsafeBytes {
                        ondol_vips_add_metadata(image, &copy, $0.baseAddress, $0.count)
                    }
                })
            else {
                throw ImagesError(.library, "libvips did not take the metadata\(Vips.takeReason())")
            }
            return try described.file(as: encoding)
        }
        if case .png(var texts) = encoding {
            // libvips would compress it, which readers of metadata do not expect.
            // Source: XMP Specification Part 3, 1.1.5, "PNG".
            if !metadata.isEmpty {
                guard let packet = String(validating: metadata, as: UTF8.self) else {
                    throw ImagesError(.invalidText, "the metadata is not UTF-8; write it as that")
                }
                texts.append(PNGText(keyword: "XML:com.adobe.xmp", text: packet))
            }
            if !texts.isEmpty { bytes = try PNGText.inserting(texts, into: bytes) }
        }
        return bytes
    }
}

extension VipsPicture {
    /// The image as a file's bytes.
    fileprivate borrowing func file(as encoding: PictureEncoding) throws -> [UInt8] {
        try withPointer { pointer in
            var memory: UnsafeMutableRawPointer?
            var count = 0
            let result =
                switch encoding {
                case .png: ondol_vips_save_png(pointer, &memory, &count)
                case .jpeg(let quality): ondol_vips_save_jpeg(pointer, &memory, &count, quality.asQuality)
                case .webp(let quality): ondol_vips_save_webp(pointer, &memory, &count, quality.asQuality)
                }
            guard result == 0, let memory else {
                throw ImagesError(
                    .library, "libvips could not encode \(encoding.format.rawValue)\(Vips.takeReason())")
            }
            defer { g_free(memory) }
            return [UInt8](UnsafeRawBufferPointer(start: memory, count: count))
        }
    }
}

extension Int {
    /// A quality brought into the range that encoders take.
    fileprivate var asQuality: Int32 { Int32(Swift.min(Swift.max(self, 1), 100)) }
}

extension PictureFormat {
    /// The most pixels a side that the format can say.
    fileprivate var largestSide: Int {
        switch self {
        case .jpeg: 65535
        case .png: Int(Int32.max)
        case .webp: 16383
        }
    }
}
