/// A style as a request wants it: which, and how strongly.
public struct StyleWish: Sendable, Hashable {
    /// The style's name: letters, digits, `-` and `_`.
    public let id: String
    /// How strongly, in thousandths: 1000 as it was trained.
    public let strengthMilli: Int

    /// The most styles of one request.
    public static let limit = 4
    /// The strongest, in thousandths.
    public static let largestMilli = 2000

    /// Names a style and a strength.
    public init(_ id: String, strengthMilli: Int = 1000) {
        self.id = id
        self.strengthMilli = strengthMilli
    }

    /// The strength as a number, 1 as it was trained.
    public var strength: Double { Double(strengthMilli) / 1000 }

    /// Reads `maru-ink` or `maru-ink:0.5`; nil where it is neither.
    init?(_ text: Substring) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let id = safeIdentifier(parts[0]) else { return nil }
        guard parts.count == 2 else {
            self.init(id)
            return
        }
        // Digits and a point, and nothing else that `Double` would read.
        let isPlain = parts[1].utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
        guard isPlain, parts[1].utf8.count <= 8, let strength = Double(parts[1]),
            let milli = Self.milli(strength)
        else { return nil }
        self.init(id, strengthMilli: milli)
    }

    /// A strength in thousandths, rounded; nil where it is out of range.
    static func milli(_ strength: Double) -> Int? {
        guard strength > 0, strength * 1000 <= Double(largestMilli) else { return nil }
        return max(1, Int((strength * 1000).rounded()))
    }
}

extension FieldReader {
    /// One style's name without a strength; nil where none is given.
    mutating func styleName(_ name: String) throws(APIError) -> String? {
        guard let text = try string(name, maximumLength: GenerationRequest.maximumStyleLength) else {
            return nil
        }
        guard let id = safeIdentifier(text) else {
            throw .value(qualified(name), "give a style's name (letters, digits, '-' and '_').")
        }
        return id
    }

    /// Styles: a name, `name:strength`, several of those with commas between, or an array of names and of objects with
    /// `id` and `strength`.
    mutating func styles(_ name: String) throws(APIError) -> [StyleWish] {
        let param = qualified(name)
        let rule =
            "give a style's name (letters, digits, '-' and '_'), or up to \(StyleWish.limit) with strengths above 0 and up "
            + "to \(StyleWish.largestMilli / 1000), each style once."
        var wishes: [StyleWish] = []
        func add(_ wish: StyleWish?) throws(APIError) {
            guard let wish, wishes.count < StyleWish.limit, !wishes.contains(where: { $0.id == wish.id })
            else {
                throw .value(param, rule)
            }
            wishes.append(wish)
        }
        guard let value = takeAny(name) else { return [] }
        switch value {
        case .string(let text):
            guard text.utf8.count <= 320 else { throw .tooLong(param, maximum: 320) }
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                try add(StyleWish(part))
            }
        case .array(let elements):
            guard (1...StyleWish.limit).contains(elements.count) else { throw .value(param, rule) }
            for element in elements { try add(try Self.wish(element, param)) }
        default: throw .type(param, expected: "a string or an array", got: value.kind)
        }
        return wishes
    }

    private static func wish(_ element: JSONValue, _ param: String) throws(APIError) -> StyleWish? {
        switch element {
        case .string(let text): return StyleWish(text[...])
        case .object(let object):
            var fields = FieldReader(object, prefix: param + ".")
            guard let id = try fields.string("id", maximumLength: 64) else { throw .missing(param + ".id") }
            let strength =
                try fields.number("strength", above: 0, upTo: Double(StyleWish.largestMilli) / 1000) ?? 1
            try fields.finish()
            guard let id = safeIdentifier(id), let milli = StyleWish.milli(strength) else { return nil }
            return StyleWish(id, strengthMilli: milli)
        default: throw .type(param, expected: "names or objects", got: element.kind)
        }
    }
}
