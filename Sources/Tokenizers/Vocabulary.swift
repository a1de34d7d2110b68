/// The tokens of a byte-level vocabulary, and the pairs that merge into them.
///
/// It corresponds to the two files `vocab.json` and `merges.txt` of a CLIP tokenizer folder.
public struct Vocabulary: Sendable, Equatable {
    /// A rule: these two neighbouring tokens become one.
    public struct Merge: Sendable, Equatable {
        /// The left token's text, spelled in byte characters.
        public let left: String
        /// The right token's text, spelled in byte characters.
        public let right: String

        /// Makes a rule from the texts of its two tokens.
        public init(left: String, right: String) {
            self.left = left
            self.right = right
        }
    }

    /// Each token's id by its text. Ids are unique and lie in `0..<tokenLimit`.
    public let identifiers: [String: Int32]
    /// The rules, the one to be applied first in front.
    public let merges: [Merge]

    /// The most tokens a vocabulary may hold. CLIP has 49,408; this leaves room and bounds memory.
    public static let tokenLimit = 1_000_000

    /// Checks and keeps a vocabulary.
    ///
    /// - Throws: ``TokenizerError`` with code `invalidFile` where an id is out of range or used twice, or a
    ///   rule names a token that does not exist.
    public init(identifiers: [String: Int32], merges: [Merge]) throws(TokenizerError) {
        guard !identifiers.isEmpty, identifiers.count <= Self.tokenLimit else {
            throw TokenizerError(
                .invalidFile,
                "The vocabulary holds \(identifiers.count) tokens; 1 to \(Self.tokenLimit) are supported.")
        }
        var seen = Set<Int32>(minimumCapacity: identifiers.count)
        for identifier in identifiers.values {
            guard identifier >= 0, identifier < Self.tokenLimit, seen.insert(identifier).inserted else {
                throw TokenizerError(
                    .invalidFile,
                    "Token id \(identifier) in vocab.json is used twice or outside 0..<\(Self.tokenLimit).")
            }
        }
        for (index, merge) in merges.enumerated() {
            guard identifiers[merge.left] != nil, identifiers[merge.right] != nil,
                identifiers[Self.joined(merge)] != nil
            else {
                throw TokenizerError(
                    .invalidFile,
                    "Merge number \(index + 1) in merges.txt names a token that vocab.json does not hold. "
                        + "The two files must come from the same tokenizer.")
            }
        }
        self.identifiers = identifiers
        self.merges = merges
    }

    /// One more than the highest id: the number of rows a text encoder's embedding needs.
    public var size: Int { Int(identifiers.values.max() ?? -1) + 1 }

    /// The text of the token that a rule makes.
    static func joined(_ merge: Merge) -> String { merge.left + merge.right }
}
