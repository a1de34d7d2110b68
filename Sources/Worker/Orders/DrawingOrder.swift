import Images
import Serving
import Stores

/// What is to be drawn for one request: the payload that the store keeps with it.
///
/// Effort is not part of it unless the caller spelled it out: each job's terms name its tier. It describes itself without
/// the prompt, so that it cannot get into a log.
public struct DrawingOrder: Sendable, Hashable {
    /// How the finished pictures are encoded.
    public struct Output: Sendable, Hashable {
        /// The format.
        public var format: PictureFormat
        /// How good a lossy encoding is, 1 to 100; PNG does not read it.
        public var quality: Int

        /// Makes an output.
        public init(_ format: PictureFormat = .png, quality: Int = 90) {
            self.format = format
            self.quality = quality
        }
    }

    /// A picture to begin with.
    public struct Photo: Sendable, Hashable {
        /// The stored upload.
        public var picture: PictureIdentifier
        /// How much of it is drawn anew: greater than 0, where it stays as it is, up to 1, where nothing stays.
        public var strength: Double
        /// The stored mask that says where; nil draws everywhere.
        public var mask: PictureIdentifier?

        /// Pairs a photo with a strength.
        public init(_ picture: PictureIdentifier, strength: Double, mask: PictureIdentifier? = nil) {
            self.picture = picture
            self.strength = strength
            self.mask = mask
        }
    }

    /// The longest prompt, in Unicode scalars: what OpenAI's API takes.
    public static let promptLimit = 32_000
    /// The most pictures in one order.
    public static let pictureLimit = 64
    /// The most previews of one picture.
    public static let previewLimit = 3

    /// What the pictures show. Never logged.
    public var prompt: String
    /// What they shall not show; read only with guidance.
    public var negativePrompt = ""
    /// Model and size.
    public var shape: PictureShape
    /// The seed of each picture, by the position of its job.
    public var seeds: [UInt64]
    /// The drawing that the caller spelled out; nil where the tier says it.
    public var ownRecipe: TierRecipe?
    /// The quality that was asked for, so that a picture drawn with less can be told from one that was to be so.
    public var askedQuality = Quality.auto
    /// How strongly the prompt is followed, 0 to 50; nil takes the worker's usual.
    public var guidanceScale: Double?
    /// How the pictures are encoded.
    public var output = Output()
    /// What the drawing begins with; nil begins with noise alone.
    public var photo: Photo?
    /// The styles it is drawn with, at most ``StyleUse/limit``, each once; none for the model alone.
    public var styles: [StyleUse] = []
    /// How many previews of each picture are wanted, 0 to ``previewLimit``.
    public var previewCount = 0
    /// What the finished pictures say about themselves; nil takes what the operator has set.
    public var credentials: CredentialWishes?
    /// Until when finished pictures are kept, in seconds after they are stored; nil for as long as the worker's settings say.
    public var keptSeconds: Double?

    /// Makes an order with the usual settings.
    public init(prompt: String, shape: PictureShape, seeds: [UInt64]) {
        self.prompt = prompt
        self.shape = shape
        self.seeds = seeds
    }

    /// Seeds that follow on one another, for as many pictures as are wanted.
    public static func seeds(from first: UInt64, count: Int) -> [UInt64] {
        (0..<max(0, count)).map { first &+ UInt64($0) }
    }

    /// How a job of this order is drawn.
    public func recipe(tier: Tier, of recipes: TierRecipes) -> TierRecipe { ownRecipe ?? recipes[tier] }

    /// Refuses what no worker may draw.
    /// - Throws: ``WorkerError`` with code `invalidOrder`.
    public func validate() throws(WorkerError) {
        func require(_ isMet: Bool, _ field: String, _ rule: String) throws(WorkerError) {
            guard isMet else { throw WorkerError(.invalidOrder, "\(field) must be \(rule); mend the order") }
        }
        for (name, text) in [("prompt", prompt), ("negativePrompt", negativePrompt)] {
            try require(
                text.unicodeScalars.count <= Self.promptLimit, name,
                "at most \(Self.promptLimit) characters long")
        }
        try require((1...200).contains(shape.model.utf8.count), "model", "a name of 1 to 200 bytes")
        try require(
            (1...16_384).contains(shape.width) && (1...16_384).contains(shape.height), "size",
            "1 to 16384 pixels a side")
        try require(
            (1...Self.pictureLimit).contains(seeds.count), "seeds", "1 to \(Self.pictureLimit) numbers")
        try require((0...50).contains(guidanceScale ?? 0), "guidanceScale", "between 0 and 50")
        try require((1...100).contains(output.quality), "quality", "between 1 and 100")
        if let photo {
            try require(
                photo.strength > 0 && photo.strength <= 1, "strength", "greater than 0 and at most 1")
        }
        try require(styles.count <= StyleUse.limit, "styles", "at most \(StyleUse.limit)")
        try require(
            Set(styles.map(\.style)).count == styles.count
                && styles.allSatisfy {
                    (1...64).contains($0.style.utf8.count) && StyleUse.strengths.contains($0.strengthMilli)
                }, "styles",
            "names of 1 to 64 bytes, each once, with \(StyleUse.strengths.lowerBound) to \(StyleUse.strengths.upperBound) thousandths"
        )
        try require(
            (0...Self.previewLimit).contains(previewCount), "previewCount",
            "between 0 and \(Self.previewLimit)")
        try require((0...1e10).contains(keptSeconds ?? 0), "keptSeconds", "0 or more")
        do {
            try ownRecipe?.validate()
        } catch {
            throw WorkerError(.invalidOrder, error.message, cause: error)
        }
    }
}

extension DrawingOrder: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says what is drawn without the words.
    public var description: String {
        "DrawingOrder \(shape.model) \(shape.width)x\(shape.height), \(seeds.count) pictures, prompt hidden"
    }
    /// The same.
    public var debugDescription: String { description }
    /// Nothing: dumping an order must not show its prompt.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
