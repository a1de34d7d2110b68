import Rights

/// Where a picture comes from as an XMP packet, for whoever reads metadata and no credentials.
///
/// It says the same as the credential, but anybody can change it. It is written before the picture is signed: afterwards it
/// would break the seal.
///
/// Source: ISO 16684-1 (XMP); IPTC Photo Metadata Standard 2025.1; PLUS License Data Format 2.0; for China GB
/// 45438-2025, annex E, with the namespace and the property that the practice guide TC260-PG-20258A gives for pictures.
public struct PictureMetadata: Sendable {
    /// The packet, in UTF-8; at most ``byteLimit`` bytes.
    public let packet: [UInt8]

    /// What fits into one segment of a JPEG, 65,533 bytes less its 29 of name.
    public static let byteLimit = 65_504
    /// Bytes of a prompt that are written, escaped; the credential has all of it.
    static let promptByteLimit = 32_768

    /// Writes a packet.
    public init(_ origin: PictureOrigin) {
        var properties = [
            Self.element("xmp:CreatorTool", "Ondol \(origin.programVersion)"),
            Self.element("xmp:CreateDate", ManifestDefinition.time(origin.time)),
            Self.element("Iptc4xmpExt:DigitalSourceType", origin.digitalSourceType),
            Self.element("Iptc4xmpExt:AISystemUsed", "\(origin.provider) \(origin.model.name)"),
            Self.element(
                "Iptc4xmpExt:AISystemVersionUsed",
                [origin.model.version, origin.model.identifier, "Ondol \(origin.programVersion)"].compactMap {
                    $0
                }
                .joined(separator: ", ")),
        ]
        if let identifier = origin.identifier {
            properties.append(Self.element("dc:identifier", identifier))
        }
        if let prompt = origin.prompt {
            properties.append(
                Self.element("Iptc4xmpExt:AIPromptInformation", prompt, byteLimit: Self.promptByteLimit))
        }
        if let writer = origin.promptWriter {
            properties.append(Self.element("Iptc4xmpExt:AIPromptWriterName", writer))
        }
        if let usage = origin.usage {
            properties.append(
                "<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang=\"x-default\">\(Self.escaped(usage.sentence, byteLimit: 2000))"
                    + "</rdf:li></rdf:Alt></xmpRights:UsageTerms>")
            if let address = usage.termsAddress {
                properties.append(Self.element("xmpRights:WebStatement", address))
            }
        }
        if let training = origin.training {
            properties.append(Self.element("plus:DataMining", training.plusTerm))
        }
        if origin.hasChineseLabel {
            properties.append(Self.element("TC260:AIGC", Self.chineseLabel(origin)))
        }
        packet = Array(Self.packet(properties).utf8)
    }

    private static func packet(_ properties: [String]) -> String {
        let namespaces = [
            ("xmp", "http://ns.adobe.com/xap/1.0/"), ("xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
            ("dc", "http://purl.org/dc/elements/1.1/"),
            ("Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"),
            ("plus", "http://ns.useplus.org/ldf/xmp/1.0/"), ("TC260", "http://www.tc260.org.cn/ns/AIGC/1.0/"),
        ].map { " xmlns:\($0)=\"\($1)\"" }.joined()
        return "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
            + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
            + "<rdf:Description rdf:about=\"\"\(namespaces)>\(properties.joined())</rdf:Description>"
            + "</rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
    }

    /// The implicit label of GB 45438-2025, a JSON object: made by AI for certain (1), by whom, under which number, and the same
    /// of whoever passes it on, who is the same. The reserved codes are for producers' own checks of security, and empty.
    private static func chineseLabel(_ origin: PictureOrigin) -> String {
        let fields: JSONNode = [
            "Label": "1", "ContentProducer": .string(origin.provider),
            "ProduceID": .string(origin.identifier ?? ""), "ReservedCode1": "",
            "ContentPropagator": .string(origin.provider), "PropagateID": .string(origin.identifier ?? ""),
            "ReservedCode2": "",
        ]
        return (try? fields.text()) ?? ""
    }

    private static func element(_ name: String, _ text: String, byteLimit: Int = 2000) -> String {
        "<\(name)>\(escaped(text, byteLimit: byteLimit))</\(name)>"
    }

    /// A text as XML content, without the characters that XML cannot hold, and cut where it is too long.
    ///
    /// Source: XML 1.0, 2.2 and 2.4.
    static func escaped(_ text: String, byteLimit: Int) -> String {
        var output = ""
        var byteCount = 0
        for scalar in text.unicodeScalars {
            let piece: String
            switch scalar {
            case "&": piece = "&amp;"
            case "<": piece = "&lt;"
            case ">": piece = "&gt;"
            case "\"": piece = "&quot;"
            case "\t", "\n": piece = String(scalar)
            case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
                piece = String(scalar)
            default: continue
            }
            byteCount += piece.utf8.count
            guard byteCount <= byteLimit else { return output + "…" }
            output += piece
        }
        return output
    }
}
