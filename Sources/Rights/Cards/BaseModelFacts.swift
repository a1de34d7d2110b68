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
    /// How many pictures that were; nil where nobody knows.
    public let pictureCount: Int?
    /// Whether all of them were made by a program, so that nobody's work is in them.
    public let isTrainedOnSyntheticPicturesOnly: Bool
    /// Whether any of them were gathered from the web by a crawler; nil where nobody knows.
    public let isTrainedOnCrawledPictures: Bool?
    /// When its data was last collected or made; nil where nobody knows.
    public let dataUntil: CalendarDay?

    /// A base model's facts.
    public init(
        name: String, version: String, weights: ContentHash, licence: String, trainingHistory: LocalizedText,
        pictureCount: Int?, isTrainedOnSyntheticPicturesOnly: Bool,
        isTrainedOnCrawledPictures: Bool?, dataUntil: CalendarDay?
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

    /// What can be said of a model that came without a record of its training.
    public static func unknown(name: String, weights: ContentHash) -> BaseModelFacts {
        BaseModelFacts(
            name: name, version: "unknown", weights: weights, licence: "unknown",
            trainingHistory: LocalizedText(
                korean: "이 모델에는 무엇으로 배웠는지 적은 기록이 없습니다. 만든 곳에 물어보세요.",
                english: "This model came without a record of what it was trained on; ask its maker."),
            pictureCount: nil, isTrainedOnSyntheticPicturesOnly: false, isTrainedOnCrawledPictures: nil,
            dataUntil: nil)
    }
}
