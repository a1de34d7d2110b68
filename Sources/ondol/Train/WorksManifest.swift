import FoundationEssentials
import Rights

/// What a folder of pictures says of its works: `works.json`, whose they are and by which documents a style may be trained on
/// them.
struct WorksManifest: Decodable {
    /// Whose the works are.
    struct Holder: Decodable {
        let id: Identifier<RightsHolder>
        let credit: String
    }

    /// The agreement that the style is used under.
    struct Terms: Decodable {
        let id: Identifier<Agreement>
        let document: String
        let from: CalendarDay
        let until: CalendarDay?
    }

    /// A document, and what it grants.
    struct Licence: Decodable {
        let document: String
        let title: String
        let uses: Set<LicenceEvidence.Use>
        let commercial: Bool
        let territories: Set<String>?
        let from: CalendarDay
        let until: CalendarDay?
        let overridesSignals: Bool?
        /// The files it is for; nil for all.
        let works: [String]?
    }

    /// A picture.
    struct Entry: Decodable {
        let file: String
        let title: String?
        let sha256: ContentHash?
        /// Wishes about training that the place it came from carries.
        let signals: Set<Work.Signal>?
    }

    let style: Identifier<Style>
    let title: LocalizedText
    let triggerWords: [String]?
    let holder: Holder
    let agreement: Terms
    let licences: [Licence]
    let works: [Entry]

    static let fileName = "works.json"
    /// Room for ten thousand works of six hundred bytes.
    private static let byteLimit = 8 << 20

    /// Reads the manifest of a folder.
    /// - Throws: ``CommandError`` that says where it breaks its form.
    static func read(folder: String) throws(CommandError) -> WorksManifest {
        let path = "\(folder)/\(fileName)"
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandError(
                "\(path) is missing: a style is trained only on works whose owners have agreed; write it as Docs/styles.md says, or let --draft-works begin it"
            )
        }
        let bytes = try InputFile.bytes(path, maximumBytes: byteLimit, kind: "works")
        do {
            return try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw CommandError("\(path): \(fault(error)); write it as Docs/styles.md says")
        } catch {
            throw CommandError("\(path): \(error)")
        }
    }

    private static func fault(_ error: DecodingError) -> String {
        func place(_ path: [any CodingKey]) -> String {
            let text = path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
            return text.hasPrefix(".") ? String(text.dropFirst()) : text
        }
        return switch error {
        case .keyNotFound(let key, let context): "\"\(place(context.codingPath + [key]))\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\"\(place(context.codingPath))\" is of another kind"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            "\"\(place(context.codingPath))\" is none that can be"
        default: "it is not JSON"
        }
    }

    /// A manifest to begin with: every picture with its hash; what nobody but the owner knows is left empty, so that the gate
    /// names it.
    static func draft(of pictures: CaptionedPictures, today: CalendarDay) throws -> String {
        func quoted(_ text: String) throws -> String {
            String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
        }
        let works = try pictures.entries.map { entry in
            let bytes = try InputFile.bytes(
                "\(pictures.folder)/\(entry.name)", maximumBytes: WorksCommand.maximumBytes, kind: "picture")
            return
                #"    {"file": \#(try quoted(entry.name)), "title": "", "sha256": "\#(ContentHash(of: bytes))"}"#
        }
        return """
            {
              "style": "name-of-the-style",
              "title": {"ko": "", "en": ""},
              "triggerWords": [],
              "holder": {"id": "name-of-the-holder", "credit": ""},
              "agreement": {"id": "name-of-the-agreement", "document": "agreement.pdf", "from": "\(today)"},
              "licences": [
                {"document": "licence.pdf", "title": "", "uses": ["style-training"], "commercial": true, "from": "\(today)"}
              ],
              "works": [
            \(works.joined(separator: ",\n"))
              ]
            }

            """
    }
}
