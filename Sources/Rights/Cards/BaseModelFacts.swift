/// Where a base model comes from: shown beside every style, because a style stands on it.
public struct BaseModelFacts: Sendable, Hashable, Codable {
    /// Its name.
    public let name: String
    /// Its version.
    public let version: String
    /// The hash of its weights.
    public let weights: ContentHash
    /// Its licence: an SPDX identifier or an address.
    public let licence: String
    /// What it was trained on, in both languages, as its own record says.
    public let trainingHistory: LocalizedText
    /// How many pictures that were.
    public let pictureCount: Int
    /// Whether all of them were made by a program, so that nobody's work is in them.
    public let isTrainedOnSyntheticPicturesOnly: Bool
    /// Whether any of them were gathered from the web by a crawler.
    public let isTrainedOnCrawledPictures: Bool
    /// When its data was last collected or made.
    public let dataUntil: CalendarDay

    /// A base model's facts.
    public init(
        name: String, version: String, weights: ContentHash, licence: String, trainingHistory: LocalizedText,
        pictureCount: Int, isTrainedOnSyntheticPicturesOnly: Bool,
        isTrainedOnCrawledPictures: Bool, dataUntil: CalendarDay
    ) {
        self.name = name
        self.version = version
        self.weights = weights
        self.licence = licence
        self.trainingHistory = trainingHistory
        self.pictureCount = pictureCount
        self.isTrainedOnSyntheticPicturesOnly = isTrainedOnSyntheticPicturesOnly
        self.isTrainedOnCrawledPictures = isTrainedOnCrawledPictures
        self.dataUntil = dataUntil
    }
}
