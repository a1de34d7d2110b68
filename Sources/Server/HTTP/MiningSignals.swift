import HTTPTypes

/// What the service says to programs that collect pictures: that mining them is reserved, or not.
///
/// Source: W3C Community Group Report "TDM Reservation Protocol (TDMRep)", 10 May 2024, 5.1 and 5.2; RFC 9309; RFC 8288 with
/// the relation `license` of RFC 4946; RSL Technical Steering Committee, "Really Simple Licensing (RSL) 1.0", 2025.
public struct MiningSignals: Sendable, Hashable {
    /// Whether pictures that callers drew are reserved; those of artists' styles always are.
    public var isReserved: Bool
    /// Where the terms of use stand; nil where they stand nowhere.
    public var termsAddress: String?

    /// Signals; nothing said reserves.
    public init(isReserved: Bool = true, termsAddress: String? = nil) {
        self.isReserved = isReserved
        self.termsAddress = termsAddress
    }

    /// The headers of a picture that is reserved whatever the operator says, as what artists' styles draw.
    public static let reserved: HTTPFields = [.miningReservation: "1"]

    /// The headers of a picture that a caller drew.
    var headers: HTTPFields {
        var fields: HTTPFields = [.miningReservation: isReserved ? "1" : "0"]
        if let termsAddress {
            if isReserved { fields[.miningPolicy] = termsAddress }
            fields[.licenceLink] = "<\(termsAddress)>; rel=\"license\""
        }
        return fields
    }

    /// The file `/.well-known/tdmrep.json`: the first rule that matches counts.
    var file: JSONValue {
        var pictures: JSONObject = [
            "location": "/pictures/*", "tdm-reservation": .integer(isReserved ? 1 : 0),
        ]
        var styles: JSONObject = ["location": "/styles/*/samples/*", "tdm-reservation": 1]
        if let termsAddress {
            if isReserved { pictures.append("tdm-policy", .string(termsAddress)) }
            styles.append("tdm-policy", .string(termsAddress))
        }
        return [.object(styles), .object(pictures)]
    }

    /// The file `/robots.txt`: links to pictures end, pages of keys and answers are nobody's to collect. It names the licence's
    /// address whole, as RSL asks.
    static func robots(publicAddress: String) -> String {
        """
        License: \(publicAddress)/license.xml

        User-agent: *
        Disallow: /pictures/
        Disallow: /v1/
        Disallow: /page/
        Disallow: /operator
        Disallow: /artist
        Allow: /

        """
    }

    /// The file `/license.xml`, in the words of RSL: what artists' styles draw may be shown in searches and goes into no model;
    /// what callers draw is as the operator says.
    var licence: String {
        let pictures =
            isReserved
            ? "<prohibits type=\"usage\">ai-all,ai-train</prohibits>"
            : "<permits type=\"usage\">all</permits>"
        let terms = termsAddress.map { "\n    <terms>\(Self.escaped($0))</terms>" } ?? ""
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <rsl xmlns="https://rslstandard.org/rsl">
              <content url="/styles/*/samples/*">
                <license>
                  <permits type="usage">search</permits>
                  <prohibits type="usage">ai-all,ai-train</prohibits>
                </license>\(terms)
              </content>
              <content url="/pictures/*">
                <license>
                  \(pictures)
                </license>\(terms)
              </content>
            </rsl>

            """
    }

    private static func escaped(_ text: String) -> String {
        let signs: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;"]
        return text.map { signs[$0] ?? String($0) }.joined()
    }
}

extension HTTPField.Name {
    /// Whether mining is reserved.
    static let miningReservation = known("tdm-reservation")
    /// Where its terms stand.
    static let miningPolicy = known("tdm-policy")
    /// What belongs to an answer.
    static let licenceLink = known("Link")
}
