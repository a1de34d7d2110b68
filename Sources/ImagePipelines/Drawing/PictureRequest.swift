import Images
import Samplers

/// What somebody wants drawn, not yet checked.
public struct PictureRequest: Sendable {
    /// A picture to begin with.
    public struct Photo: Sendable {
        /// The photo, of any size; its middle is cut to the drawing's proportions.
        public var picture: Picture
        /// How much of it is drawn anew, greater than 0, where it stays as it is, up to 1, where nothing stays.
        public var strength: Double
        /// Where it is drawn anew, of the photo's own size; all else stays, to the last pixel. Nil draws everywhere.
        public var mask: PictureMask?

        /// Pairs a photo with a strength.
        public init(_ picture: Picture, strength: Double, mask: PictureMask? = nil) {
            self.picture = picture
            self.strength = strength
            self.mask = mask
        }
    }

    /// What the picture shows.
    public var prompt: String
    /// What it shall not show; read only with guidance above 1.
    public var negativePrompt = ""
    /// What the noise is made from: the same seed and settings give the same picture.
    public var seed: UInt64
    /// Denoising steps, 1 to 1000.
    public var stepCount = 20
    /// How strongly the prompt draws the picture away from what the model would draw without it, 0 to 50. At 1
    /// and below the prompt alone is followed, at half the cost, as in the reference.
    public var guidanceScale = 7.5
    /// The share of the steps, from the first on, that are guided, 0 to 1. The later steps follow the prompt alone, at half
    /// the cost each.
    ///
    /// Source: guidance matters in the earlier steps, T. Kynkäänniemi et al., 2024, https://arxiv.org/abs/2404.07724.
    public var guidedShare = 1.0
    /// Every how many steps all of the model is computed, 1 to 5; the steps between take over the features of its inner
    /// levels. Of a batch, as often as its strictest picture wants.
    public var featureInterval = 1
    /// The solver; nil takes the model's own.
    public var solver: Solver?
    /// What the drawing begins with; nil begins with noise alone.
    public var photo: Photo?
    /// Styles of this pipeline, at most ``PictureStyle/limit``, each once.
    public var styles: [PictureStyle] = []

    /// A request with the usual settings.
    public init(prompt: String, seed: UInt64) {
        self.prompt = prompt
        self.seed = seed
    }
}
