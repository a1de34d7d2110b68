import Images
import Server

extension StoredGeneration {
    /// Why an edit's mask cannot be used; nil where it can, and where there is none.
    ///
    /// Reads the two files' headers and no pixel, so that it can be asked before anything is counted.
    static func refusal(of edit: EditSource) -> PolicyRefusal? {
        guard let upload = edit.mask, let photo = edit.photos.first else { return nil }
        func refused(_ reason: String) -> PolicyRefusal {
            PolicyRefusal(code: "invalid_image_format", param: "mask", message: reason)
        }
        let mask: PictureHeader
        do {
            mask = try PictureHeader(of: upload.bytes, name: "the mask")
        } catch {
            return refused("Invalid mask: \(error).")
        }
        guard mask.hasAlpha else {
            return refused(
                "Invalid mask: it has no alpha channel. Send a PNG that is transparent where the image is to be edited."
            )
        }
        // A photo that cannot be read is found out about, and told of, by whoever decodes it.
        guard let size = try? PictureHeader(of: photo.bytes) else { return nil }
        guard mask.width == size.width, mask.height == size.height else {
            return refused(
                "Invalid mask: it is \(mask.width)x\(mask.height) and the image \(size.width)x\(size.height). Send a mask of the image's size."
            )
        }
        return nil
    }
}
