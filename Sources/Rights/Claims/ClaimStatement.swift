/// What somebody says who says “this is mine”.
public struct ClaimStatement: Sendable, Hashable, Codable {
    /// What it is about.
    public enum Subject: Sendable, Hashable, Codable {
        /// A style whose card is public.
        case style(Identifier<Style>)
        /// A picture that was drawn here, or something else.
        case other
    }

    /// The language somebody writes in and is answered in.
    public enum Tongue: String, Sendable, Hashable, Codable, CaseIterable {
        /// Korean.
        case korean = "ko"
        /// English.
        case english = "en"
    }

    /// What it is about.
    public let subject: Subject
    /// What is theirs and how it is used here.
    public let text: String
    /// Where it can be seen, as an address; empty where nowhere.
    public let link: String
    /// Who says it.
    public let name: String
    /// How they are reached.
    public let contact: String
    /// The language they write in.
    public let tongue: Tongue

    /// The longest text, in characters: two pages.
    public static let textLimit = 4_000
    /// The longest link, in characters.
    public static let linkLimit = 500
    /// The longest name or contact, in characters.
    public static let nameLimit = 200

    /// A statement.
    /// - Throws: ``RightsError`` with code `invalidValue` where a part is missing, too long, or no web address.
    public init(
        subject: Subject, text: String, link: String = "", name: String, contact: String, tongue: Tongue
    ) throws {
        let parts = [
            ("text", text, 1, Self.textLimit), ("link", link, 0, Self.linkLimit),
            ("name", name, 1, Self.nameLimit), ("contact", contact, 1, Self.nameLimit),
        ]
        for (part, value, least, most) in parts {
            let count = value.unicodeScalars.count
            guard count <= most,
                least == 0 || value.unicodeScalars.contains(where: { !$0.properties.isWhitespace })
            else {
                throw RightsError(
                    .invalidValue, "a claim's \(part) has \(least) to \(most) characters; write it so")
            }
        }
        guard link.isEmpty || ["https://", "http://"].contains(where: link.hasPrefix) else {
            throw RightsError(
                .invalidValue, "a claim's link begins with https:// or http://; give the whole of it")
        }
        self.subject = subject
        self.text = text
        self.link = link
        self.name = name
        self.contact = contact
        self.tongue = tongue
    }

    /// The style it is about; nil for anything else.
    public var style: Identifier<Style>? {
        if case .style(let style) = subject { style } else { nil }
    }
}

extension ClaimStatement: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says what it is about, and neither who says it nor what.
    public var description: String {
        "ClaimStatement about \(style.map { "\($0)" } ?? "something else"), words hidden"
    }
    /// The same.
    public var debugDescription: String { description }
    /// Nothing: dumping a claim must not show its words.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
