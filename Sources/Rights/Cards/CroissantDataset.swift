/// A style's training works as a dataset description that other programs read. Works are listed by hash, not published.
///
/// Source: MLCommons Croissant format specification 1.0, https://docs.mlcommons.org/croissant/docs/croissant-spec.html.
public struct CroissantDataset: Sendable, Hashable, Encodable {
    /// The JSON-LD context that the specification prescribes.
    struct Context: Sendable, Hashable, Encodable {
        let language = "en"
        let vocabulary = "https://schema.org/"
        let croissant = "http://mlcommons.org/croissant/"
        let responsible = "http://mlcommons.org/croissant/RAI/"
        let dublinCore = "http://purl.org/dc/terms/"
        let schema = "https://schema.org/"
        let conformsTo = "dct:conformsTo"

        enum CodingKeys: String, CodingKey {
            case language = "@language"
            case vocabulary = "@vocab"
            case croissant = "cr"
            case responsible = "rai"
            case dublinCore = "dct"
            case schema = "sc"
            case conformsTo
        }
    }

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
        let name: String
        let description: String
        let contentUrl: String
        let encodingFormat = "image/*"
        let sha256: String

        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case identifier = "@id"
            case name, description, contentUrl, encodingFormat, sha256
        }
    }

    let context = Context()
    let type = "sc:Dataset"
    let conformsTo = "http://mlcommons.org/croissant/1.0"
    let name: String
    let description: String
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
        case conformsTo = "dct:conformsTo"
        case name, description, license, url, version, datePublished, creator, distribution
        case dataCollection = "rai:dataCollection"
        case dataCollectionType = "rai:dataCollectionType"
        case dataUseCases = "rai:dataUseCases"
        case personalSensitiveInformation = "rai:personalSensitiveInformation"
    }

    /// Describes the works of a style's last training, or of its draft.
    /// - Parameters:
    ///   - url: the page of the style's card.
    ///   - day: the description's day.
    /// - Throws: ``RightsError`` with code `unknownReference` where the registry has no such style.
    public init(of identifier: Identifier<Style>, in registry: Registry, url: String, on day: CalendarDay)
        throws
    {
        guard let style = registry.styles[identifier], let holder = registry.holders[style.holder] else {
            throw RightsError(
                .unknownReference, "there is no style \(identifier); look at the list of styles")
        }
        let works = style.trainings.last?.works ?? style.works
        name = identifier.text
        description =
            "The \(works.count) works that the style “\(style.title.english)” is trained on, each with recorded consent."
        license = "\(url)#terms"
        self.url = url
        version = "\(max(1, style.trainings.count)).0.0"
        datePublished = day
        creator = Creator(name: holder.creditName)
        distribution = works.sorted().compactMap { registry.works[$0] }.map { work in
            FileObject(
                identifier: work.identifier.text, name: work.title,
                description: "Not published; its licence document is on record.",
                contentUrl: "urn:sha256:\(work.fileHash)", sha256: work.fileHash.hexadecimal)
        }
        dataCollection = "Chosen by the rights holder; each work's licence was checked before training."
        dataUseCases = "Training an adapter of the same style under agreement \(style.agreement)."
        personalSensitiveInformation = "Not assessed automatically; the rights holder chose every work."
    }
}
