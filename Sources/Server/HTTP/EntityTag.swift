import HTTPTypes

/// Says whether a reader has an answer's body already.
///
/// Source: RFC 9110, 8.8.3, 13.1.2 and 13.1.5.
struct EntityTag: Sendable, Hashable {
    /// The tag as headers have it, quotes included.
    let text: String

    /// The tag of something that never changes under its name.
    init(unchanging name: some CustomStringConvertible) { text = "\"\(name)\"" }

    /// Whether the header `If-None-Match` names the tag, so that the body need not be sent.
    func isKnown(to headers: HTTPFields) -> Bool {
        headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }.contains { entry in
            let entry = HeaderParameters.trimmed(String(entry))
            return entry == "*" || entry == text || entry == "W/" + text
        }
    }

    /// Whether a part may be sent: the header `If-Range` is not there, or names exactly this tag.
    func allowsPart(_ headers: HTTPFields) -> Bool {
        guard let condition = headers[.ifRange] else { return true }
        return HeaderParameters.trimmed(condition) == text
    }
}
