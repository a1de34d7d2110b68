/// The public summary of training content that Article 53(1)(d) of Regulation (EU) 2024/1689 asks of general-purpose models,
/// filled in for a style's adapter and the model beneath it.
///
/// Source: European Commission, "Template for the Public Summary of Training Content for general-purpose AI models", July
/// 2025. Field names follow its sections.
public struct TrainingSummary: Sendable, Hashable, Codable {
    /// Section 1: who and what.
    public struct GeneralInformation: Sendable, Hashable, Codable {
        /// 1.1: the provider's name.
        public let providerName: String
        /// 1.1: how to reach the provider.
        public let providerContact: String
        /// 1.2: the model's name and version.
        public let versionedModelName: String
        /// 1.2: the model it was made from.
        public let modelDependencies: [String]
        /// 1.2: when it was put on the market.
        public let dateOfPlacement: CalendarDay?
        /// 1.3: kinds of training data.
        public let modalities: [String]
        /// 1.3: how much of it: fewer than a million pictures, up to a billion, or more; nil where nobody knows.
        public let imageSize: String?
        /// 1.3: the latest day of data acquisition, as far as it is known.
        public let latestDataAcquisition: CalendarDay?
        /// 1.3: what kinds of content.
        public let linguisticAndOtherCharacteristics: String
    }

    /// Section 2: where the data comes from.
    public struct DataSources: Sendable, Hashable, Codable {
        /// 2.1: publicly available datasets.
        public let publicDatasets: [String]
        /// 2.2.1: works licensed from rights holders: how many works and holders.
        public let licensedWorkCount: Int
        /// 2.2.1: how many holders.
        public let licensedHolderCount: Int
        /// 2.2.2: private datasets from third parties without such licences.
        public let otherPrivateDatasets: [String]
        /// 2.3: whether anything was crawled or scraped; nil where nobody knows.
        public let usesCrawledData: Bool?
        /// 2.4: whether users' data was used.
        public let usesUserData: Bool
        /// 2.5: whether data was made by a program or model.
        public let usesSyntheticData: Bool
        /// 2.5: what made it.
        public let syntheticDataSource: String?
        /// 2.6: other sources.
        public let otherSources: [String]
    }

    /// Section 3: how the data was handled.
    public struct DataProcessing: Sendable, Hashable, Codable {
        /// 3.1: how reservations of rights are respected.
        public let reservationsOfRights: String
        /// 3.2: how illegal content is kept out.
        public let removalOfIllegalContent: String
        /// 3.3: other measures.
        public let otherMeasures: String
    }

    /// Section 1.
    public let generalInformation: GeneralInformation
    /// Section 2.
    public let dataSources: DataSources
    /// Section 3.
    public let dataProcessing: DataProcessing

    /// Fills the summary in for a style.
    /// - Throws: ``RightsError``: `unknownReference` where there is no such style, `invalidTransition` where it was never
    ///   trained: there is nothing to sum up.
    public init(
        of identifier: Identifier<Style>, in registry: Registry, baseModel: BaseModelFacts,
        providerName: String,
        providerContact: String
    ) throws {
        guard let style = registry.styles[identifier] else {
            throw RightsError(
                .unknownReference, "there is no style \(identifier); look at the list of styles")
        }
        guard let training = style.trainings.last else {
            throw RightsError(
                .invalidTransition, "style \(identifier) was never trained; train it before summing it up")
        }
        let history = registry.history(of: identifier)
        func lastDay(_ isWanted: (RegistryEvent) -> Bool) -> CalendarDay? {
            history.last { isWanted($0.event) }?.time.day()
        }
        let chosen = lastDay { if case .styleWorksChosen = $0 { true } else { false } }
        generalInformation = GeneralInformation(
            providerName: providerName, providerContact: providerContact,
            versionedModelName: "\(identifier) \(style.trainings.count)",
            modelDependencies: ["\(baseModel.name) \(baseModel.version)"],
            dateOfPlacement: lastDay { if case .stylePublished = $0 { true } else { false } },
            modalities: ["image", "text"],
            imageSize: baseModel.pictureCount.map { Self.size(training.works.count + $0) },
            latestDataAcquisition: [chosen, baseModel.dataUntil].compactMap { $0 }.max(),
            linguisticAndOtherCharacteristics: "Pictures with captions in Korean and English. Base model: "
                + baseModel.trainingHistory.english)
        dataSources = DataSources(
            publicDatasets: [], licensedWorkCount: training.works.count,
            licensedHolderCount: Set(training.works.compactMap { registry.works[$0]?.holder }).count,
            otherPrivateDatasets: [], usesCrawledData: baseModel.isTrainedOnCrawledPictures,
            usesUserData: false,
            usesSyntheticData: baseModel.isTrainedOnSyntheticPicturesOnly,
            syntheticDataSource: baseModel.isTrainedOnSyntheticPicturesOnly
                ? baseModel.trainingHistory.english : nil,
            otherSources: baseModel.isTrainedOnSyntheticPicturesOnly
                ? [] : [baseModel.trainingHistory.english])
        dataProcessing = DataProcessing(
            reservationsOfRights:
                "An adapter trains only on works whose licence names training; credentials that forbid it, "
                + "TDMRep and RSL signals in a file stop the work.",
            removalOfIllegalContent:
                "Every work is chosen by its rights holder and recorded by name and hash.",
            otherMeasures:
                "Pictures drawn with the adapter are compared with its training works before publication.")
    }

    private static func size(_ count: Int) -> String {
        switch count {
        case ..<1_000_000: "less than 1 million images"
        case ..<1_000_000_000: "1 million to 1 billion images"
        default: "more than 1 billion images"
        }
    }
}
