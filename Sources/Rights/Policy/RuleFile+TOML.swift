internal import TOMLKit

extension RuleFile {
    /// The largest file read, in bytes.
    public static let maximumBytes = 4 << 20

    /// Reads a rule file. Whether its rules agree with each other is for ``Policy/init(_:)`` to say.
    /// - Throws: ``RightsError`` with code `invalidRuleFile`: no TOML (with line and column), a field that is missing,
    ///   unknown or of another type.
    public init(toml text: String) throws {
        guard text.utf8.count <= Self.maximumBytes else {
            throw RightsError(
                .invalidRuleFile,
                "the rule file has \(text.utf8.count) bytes; \(Self.maximumBytes) are the most, so split the service or "
                    + "thin the list")
        }
        do {
            self = try TOMLDecoder(strictDecoding: true).decode(RuleFile.self, from: text)
        } catch let error as TOMLParseError {
            let place = error.source.begin
            throw RightsError(
                .invalidRuleFile,
                "the rule file is not TOML at line \(place.line), column \(place.column): \(error.description)"
            )
        } catch let error as UnexpectedKeysError {
            let keys = error.keys.keys.sorted().joined(separator: ", ")
            throw RightsError(
                .invalidRuleFile,
                "the rule file has fields that no rule knows: \(keys); correct or remove them")
        } catch let error as DecodingError {
            throw RightsError(.invalidRuleFile, Self.sentence(about: error))
        } catch let error as RightsError {
            throw RightsError(.invalidRuleFile, "the rule file has a value that cannot be: \(error.message)")
        }
    }

    private static func sentence(about error: DecodingError) -> String {
        let (context, missing): (DecodingError.Context, (any CodingKey)?) =
            switch error {
            case .keyNotFound(let key, let context): (context, key)
            case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context):
                (context, nil)
            @unknown default: (.init(codingPath: [], debugDescription: ""), nil)
            }
        var path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
        // Some decoders put the missing field into the path, some do not.
        if let name = missing?.stringValue, path.last != name { path.append(name) }
        return
            "the rule file's field \(path.joined(separator: ".")) is missing or of another type than it should be"
    }
}
