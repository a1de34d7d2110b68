/// What decides how long a step takes, and which pictures can share a batch: the model and the size.
public struct PictureShape: Sendable, Hashable, Codable {
    /// The model's name.
    public let model: String
    /// Width in pixels; more than 0.
    public let width: Int
    /// Height in pixels; more than 0.
    public let height: Int

    /// Makes a shape.
    public init(model: String, width: Int, height: Int) {
        self.model = model
        self.width = width
        self.height = height
    }

    /// How many pixels, in millions.
    public var megapixels: Double { Double(width) * Double(height) * 1e-6 }
}

/// What one picture is reckoned to cost.
public struct Price: Sendable, Hashable, Codable {
    /// Device-seconds of the reference device in a full batch: what is queued, shared and charged.
    public let workSeconds: Double
    /// Seconds from joining a full batch to the finished picture.
    public let drawSeconds: Double
    /// Seconds from joining to the finished picture with no other row beside it.
    public let aloneSeconds: Double

    /// Makes a price from its parts.
    public init(workSeconds: Double, drawSeconds: Double, aloneSeconds: Double) {
        self.workSeconds = workSeconds
        self.drawSeconds = drawSeconds
        self.aloneSeconds = aloneSeconds
    }
}
