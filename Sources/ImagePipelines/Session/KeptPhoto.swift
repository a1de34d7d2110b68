import Images
import Tensors

/// A row's photo, of which what lies outside of its mask is kept.
struct KeptPhoto {
    /// The photo at the drawing's size.
    let picture: Picture
    /// The mask at the drawing's size.
    let mask: PictureMask
    /// The photo's scaled latent, `[1, height, width, channels] f32`.
    let latent: HostTensor
    /// The row's first noise, `[1, height, width, channels] f32`.
    let noise: HostTensor
    /// `[1, height, width] f32`: 1 for each place of the latent of which nothing is drawn anew, 0 elsewhere.
    let kept: HostTensor

    /// - Throws: `PipelineError` with `invalidPhoto` where the photo or its mask cannot be brought to the size.
    init(
        _ photo: PictureRequest.Photo, mask: PictureMask, size: PictureSize, latent: HostTensor,
        noise: HostTensor
    ) throws {
        do {
            picture = try photo.picture.fitted(width: size.width, height: size.height)
            self.mask = try mask.fitted(width: size.width, height: size.height)
        } catch {
            throw PipelineError.from(error, as: .invalidPhoto)
        }
        guard !self.mask.isEmpty else {
            throw PipelineError(
                .invalidPhoto,
                "at \(size) nothing is left of what the mask marks; mark more, or mark it in the middle, which is cut out"
            )
        }
        self.latent = latent
        self.noise = noise
        kept = HostTensor(
            self.mask.cells(side: size.height / size.latentHeight).map { $0 ? Float(0) : 1 },
            shape: [1, size.latentHeight, size.latentWidth])
    }

    /// What is drawn, with the photo's own pixels outside of the mask.
    func laid(under drawn: Picture) -> Picture { mask.blending(drawn, over: picture) }
}
