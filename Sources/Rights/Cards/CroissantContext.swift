/// The JSON-LD context that Croissant prescribes: names and descriptions are kept by language.
///
/// Source: MLCommons Croissant format specification 1.1, appendix 1.
struct CroissantContext: Sendable, Hashable, Encodable {
    /// A term whose value is read in a way of its own.
    private struct Term: Encodable {
        var identifier: String?
        var type: String?
        var container: String?

        enum CodingKeys: String, CodingKey {
            case identifier = "@id"
            case type = "@type"
            case container = "@container"
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(_ name: String) { stringValue = name }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private static let vocabularies = [
        "@language": "en", "@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
        "dct": "http://purl.org/dc/terms/", "rai": "http://mlcommons.org/croissant/RAI/",
        "sc": "https://schema.org/", "conformsTo": "dct:conformsTo",
    ]

    private static let croissantTerms = [
        "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field",
        "fileObject",
        "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5",
        "parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate",
        "separator", "source", "subField", "transform",
    ]

    /// Writes the context.
    func encode(to encoder: any Encoder) throws {
        var terms = encoder.container(keyedBy: Name.self)
        for (name, address) in Self.vocabularies { try terms.encode(address, forKey: Name(name)) }
        for name in Self.croissantTerms { try terms.encode("cr:\(name)", forKey: Name(name)) }
        try terms.encode(Term(identifier: "cr:data", type: "@json"), forKey: Name("data"))
        try terms.encode(Term(identifier: "cr:dataType", type: "@vocab"), forKey: Name("dataType"))
        try terms.encode(Term(identifier: "cr:examples", type: "@json"), forKey: Name("examples"))
        for name in ["description", "name"] {
            try terms.encode(Term(container: "@language"), forKey: Name(name))
        }
    }
}
