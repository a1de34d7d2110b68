internal import CVips

/// libvips, started once and set up as this module wants it. All calls to it are in this folder's `Vips*.swift`
/// files.
///
/// libvips may be used from many threads at once, each with images of its own. Its error text is kept in one
/// place for all threads, so that the reason in a message may, when two pictures fail at the same moment, be the
/// other one's; the code never is.
enum Vips {
    /// Starts libvips on first use.
    /// - Throws: ``ImagesError`` with `library` where it cannot start.
    static func start() throws {
        guard hasStarted else {
            throw ImagesError(.library, "libvips could not start\(takeReason()); reinstall libvips42")
        }
    }

    private static let hasStarted = ondol_vips_start() == 0

    /// The first line of what libvips says went wrong, which it then forgets, as ` (reason)`; empty where it says
    /// nothing.
    static func takeReason() -> String {
        guard let text = vips_error_buffer_copy() else { return "" }
        defer { g_free(text) }
        let line = String(cString: text).split(whereSeparator: \.isNewline).first
        return line.map { " (\($0.prefix(reasonLimit)))" } ?? ""
    }

    /// Characters of a reason that are shown: it may quote the file.
    private static let reasonLimit = 160
}

/// An image of libvips, released with this value. Not to be shared between threads.
struct VipsPicture: ~Copyable {
    private let pointer: OpaquePointer

    /// Takes over the image that `make` stores; nil where it returns failure.
    init?(_ make: (inout OpaquePointer?) -> Int32) {
        var made: OpaquePointer?
        guard make(&made) == 0, let made else { return nil }
        pointer = made
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(pointer)) }

    /// A new image that an operation makes of this one, which is kept by the new one as long as it needs it; nil
    /// where the operation fails.
    borrowing func applying(
        _ operation: (OpaquePointer, inout OpaquePointer?) -> Int32
    ) -> VipsPicture? {
        let input = pointer
        return VipsPicture { operation(input, &$0) }
    }

    /// Calls a function of libvips that makes no image.
    borrowing func withPointer<Result>(_ body: (OpaquePointer) throws -> Result) rethrows
        -> Result
    {
        try body(pointer)
    }

    var width: Int { Int(vips_image_get_width(pointer)) }
    var height: Int { Int(vips_image_get_height(pointer)) }
    var bandCount: Int { Int(vips_image_get_bands(pointer)) }
    var hasAlpha: Bool { vips_image_hasalpha(pointer) != 0 }
    var hasProfile: Bool { vips_image_get_typeof(pointer, ondol_vips_profile_name) != 0 }
    var isSixteenBit: Bool { vips_image_get_format(pointer) == ondol_vips_format_uint16 }
    var isUpright: Bool { vips_image_get_orientation(pointer) <= 1 }
    /// Whether turning it upright lays it on its side.
    var isOnItsSide: Bool { vips_image_get_orientation(pointer) >= 5 }
    var isBytes: Bool { vips_image_get_format(pointer) == ondol_vips_format_uint8 }

    /// Computes every pixel; nil where that fails.
    borrowing func picture() -> Picture? {
        guard bandCount == Picture.channelCount, isBytes, let bytes = bytes(),
            bytes.count == width * height * Picture.channelCount
        else { return nil }
        return Picture(width: width, height: height, bytes: bytes)
    }

    /// Computes every pixel, in the picture's own units; nil where that fails.
    borrowing func bytes() -> [UInt8]? {
        var byteCount = 0
        guard let memory = vips_image_write_to_memory(pointer, &byteCount) else { return nil }
        defer { g_free(memory) }
        return [UInt8](UnsafeRawBufferPointer(start: memory, count: byteCount))
    }
}

extension Picture {
    /// Lends the picture to libvips, without a copy.
    func withVips<Result>(_ body: (borrowing VipsPicture) throws -> Result) throws -> Result {
        try Vips.start()
        return try bytes.withUnsafeBytes { bytes in
            // `body` ends, and with it every image made from these bytes, before the bytes do.
            let plain = VipsPicture { image in
                image = vips_image_new_from_memory(
                    bytes.baseAddress, bytes.count, Int32(width), Int32(height), Int32(Self.channelCount),
                    ondol_vips_format_uint8)
                return image == nil ? -1 : 0
            }
            guard let plain, let marked = plain.applying({ ondol_vips_mark_srgb($0, &$1) }) else {
                throw ImagesError(
                    .library, "libvips refused a picture of \(width)x\(height)\(Vips.takeReason())")
            }
            return try body(marked)
        }
    }
}
