/// A style's training works as a dataset description that other programs read. Works are listed by hash, not published.
///
/// Source: MLCommons Croissant format specification 1.1 and its vocabulary for responsible AI 1.0,
/// https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html.
public struct CroissantDataset: Sendable, Hashable, Encodable {
    /// Who is credited.
    struct Creator: Sendable, Hashable, Encodable {
        let type = "sc:Person"
        let name: String

        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case name
        }
    }

    /// One work's file.
    struct FileObject: Sendable, Hashable, Encodable {
        let type = "cr:FileObject"
        let identifier: String
        /// By `@none`: nobody has said in which language a title is.
        let name: [String: String]
        let description: LocalizedText
        let contentUrl: String
        let encodingFormat = "image/*"
        let sha256: String

        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case identifier = "@id"
            case name, description, contentUrl, encodingFormat, sha256
        }
    }

    let context = CroissantContext()
    let type = "sc:Dataset"
    let conformsTo = ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]
    let name: LocalizedText
    let description: LocalizedText
    let citeAs: String
    let license: String
    let url: String
    let version: String
    let datePublished: CalendarDay
    let creator: Creator
    let distribution: [FileObject]
    let dataCollection: String
    let dataCollectionType = "Manual Human Curation"
    let dataUseCases: String
    let personalSensitiveInformation: String

    enum CodingKeys: String, CodingKey {
        case context = "@context"
        case type = "@type"
        case conformsTo
        case name, description, citeAs, license, url, version, datePublished, creator, distribution
        case dataCollection = "rai:dataCollection"
        case dataCollectionType = "rai:dataCollectionType"
        case dataUseCases = "rai:dataUseCases"
        case personalSensitiveInformation = "rai:personalSensitiveInformation"
    }

    /// Describes the works of a style's last training, or of its draft.
    /// - Parameters:
    ///   - url: the page of the style's card.
    ///   - day: the description's day, where the style was never published.
    /// - Throws: ``RightsError`` with code `unknownReference` where the registry has no such style.
    public init(of identifier: Identifier<Style>, in registry: Registry, url: String, on day: CalendarDay)
        throws
    {
        guard let style = registry.styles[identifier], let holder = registry.holders[style.holder] else {
            throw RightsError(
                .unknownReference, "there is no style \(identifier); look at the list of styles")
        }
        let works = style.trainings.last?.works ?? style.works
        let version = "\(max(1, style.trainings.count)).0.0"
        name = style.title
        description = LocalizedText(
            korean: "‘\(style.title.korean)’ 화풍이 배운 작품 \(works.count)점. 한 점마다 작가의 허락이 기록되어 있습니다.",
            english:
                "The \(works.count) works that the style “\(style.title.english)” is trained on, each with recorded consent."
        )
        citeAs =
            "\(holder.creditName): \(style.title.english) (\(works.count) works), version \(version). \(url)"
        license = "\(url)#terms"
        self.url = url
        self.version = version
        let published = registry.history(of: identifier).last {
            if case .stylePublished = $0.event { true } else { false }
        }
        datePublished = published?.time.day() ?? day
        creator = Creator(name: holder.creditName)
        distribution = works.sorted().compactMap { registry.works[$0] }.map { work in
            FileObject(
                identifier: work.identifier.text, name: ["@none": work.title],
                description: .init(
                    korean: "공개하지 않습니다. 허락 문서가 기록되어 있습니다.",
                    english: "Not published; its licence document is on record."),
                contentUrl: "urn:sha256:\(work.fileHash)", sha256: work.fileHash.hexadecimal)
        }
        dataCollection = "Chosen by the rights holder; each work's licence was checked before training."
        dataUseCases = "Training an adapter of the same style under agreement \(style.agreement)."
        personalSensitiveInformation = "Not assessed automatically; the rights holder chose every work."
    }
}
