import Serving

/// Says of a picture whether it is as it was signed, and what it says about itself.
public protocol VerificationService: Sendable {
    /// Verifies the file of a picture.
    /// - Parameter caller: who asks, where that is known; such a caller is told which of its own pictures it is.
    func verify(_ bytes: [UInt8], for caller: Caller?) async throws(VerificationRefusal) -> VerifiedPicture
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
    /// The picture of this service that it looks like, where its credential does not say where it comes from.
    public let known: KnownPicture?

    /// A picture that this service has made, as it is told to whoever shows one that looks like it: that it was made here and
    /// on which day, which is what a detector is for; neither what it shows nor for whom it was drawn.
    public struct KnownPicture: Sendable, Hashable {
        /// When it was made; only the day is told.
        public let made: Moment
        /// In how many of 256 bits their looks differ, 0 to 31.
        public let distance: Int
        /// The picture itself, where the one who asks is the one it was drawn for.
        public let own: PictureIdentifier?

        /// A known picture.
        public init(made: Moment, distance: Int, own: PictureIdentifier? = nil) {
            self.made = made
            self.distance = distance
            self.own = own
        }
    }

    /// An answer from its parts.
    public init(
        answer: String, findings: [String], headline: Words, meaning: Words, sentences: [Words],
        facts: [Fact], known: KnownPicture? = nil
    ) {
        self.known = known
        self.answer = answer
        self.findings = findings
        self.headline = headline
        self.meaning = meaning
        self.sentences = sentences
        self.facts = facts
    }
}
