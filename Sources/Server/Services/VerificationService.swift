/// Says of a picture whether it is as it was signed, and what it says about itself.
public protocol VerificationService: Sendable {
    /// Verifies the file of a picture.
    func verify(_ bytes: [UInt8]) async throws(VerificationRefusal) -> VerifiedPicture
}

/// Why a picture is not verified.
public enum VerificationRefusal: Error, Sendable, Hashable {
    /// Too many are being verified at the moment.
    case busy
    /// It is no picture that can be; the text says why, and what to do.
    case unreadable(String)
}

/// What was found in a picture.
public struct VerifiedPicture: Sendable, Hashable {
    /// A text in both languages.
    public struct Words: Sendable, Hashable {
        /// Korean.
        public let korean: String
        /// English.
        public let english: String

        /// A text.
        public init(korean: String, english: String) {
            self.korean = korean
            self.english = english
        }
    }

    /// One thing that the credential says.
    public struct Fact: Sendable, Hashable {
        /// What it is about.
        public let name: Words
        /// What is said.
        public let text: Words

        /// A fact.
        public init(name: Words, text: Words) {
            self.name = name
            self.text = text
        }
    }

    /// `trusted`, `unknown-signer`, `altered` or `nothing-found`.
    public let answer: String
    /// What is wrong, for programs.
    public let findings: [String]
    /// The answer in a few words.
    public let headline: Words
    /// What it means.
    public let meaning: Words
    /// What is wrong, a sentence each.
    public let sentences: [Words]
    /// What the credential says.
    public let facts: [Fact]

    /// An answer from its parts.
    public init(
        answer: String, findings: [String], headline: Words, meaning: Words, sentences: [Words],
        facts: [Fact]
    ) {
        self.answer = answer
        self.findings = findings
        self.headline = headline
        self.meaning = meaning
        self.sentences = sentences
        self.facts = facts
    }
}
