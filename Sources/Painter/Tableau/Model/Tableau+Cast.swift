extension Tableau {
    /// Whom or what a picture shows.
    public enum Subject: String, CaseIterable, Codable, Sendable, Hashable {
        case toddler, girl, boy, woman, man, grandmother, grandfather
        case cat, dog, rabbit, fox, deer, horse, bear, tiger
        case bird, magpie, crane, duck, owl, fish, whale, butterfly
        case umbrella, lantern, bicycle, boat, kite, balloon, teapot, book, suitcase, lamp, bench, flowers

        /// Whether it is a person.
        public var isPerson: Bool {
            switch self {
            case .toddler, .girl, .boy, .woman, .man, .grandmother, .grandfather: true
            default: false
            }
        }

        /// Whether it is a thing.
        public var isThing: Bool {
            switch self {
            case .umbrella, .lantern, .bicycle, .boat, .kite, .balloon, .teapot, .book, .suitcase, .lamp,
                .bench,
                .flowers:
                true
            default: false
            }
        }

        /// Whether it is an animal.
        public var isAnimal: Bool { !isPerson && !isThing }
    }

    /// What somebody does.
    public enum Action: String, CaseIterable, Codable, Sendable, Hashable {
        case standing, walking, running, sitting, reading, waving, gazing, jumping, cycling
        case lying, flying, swimming
    }

    /// What somebody holds.
    public enum Held: String, CaseIterable, Codable, Sendable, Hashable {
        case umbrella, lantern, book, balloon, cup, flowers, kite, suitcase
    }

    /// What a person wears.
    public enum Outfit: String, CaseIterable, Codable, Sendable, Hashable {
        case shirt, dress, coat, hanbok, sweater
    }

    /// From which side somebody is seen.
    public enum Aspect: String, CaseIterable, Codable, Sendable, Hashable {
        case front, threeQuarter, side, back
    }

    /// What a face says.
    public enum Expression: String, CaseIterable, Codable, Sendable, Hashable {
        case calm, smiling, laughing, sad, surprised, eyesClosed
    }

    /// Where in the picture somebody is.
    public enum Position: String, CaseIterable, Codable, Sendable, Hashable {
        case left, center, right
    }

    /// How the members of a group belong together.
    public enum Relation: String, CaseIterable, Codable, Sendable, Hashable {
        case none, together, holdingHands, sideBySide, faceToFace, family, following
    }

    /// One person, animal or thing.
    public struct Member: Sendable, Hashable, Codable {
        /// Who or what it is.
        public var subject: Subject
        /// The colour of clothes, coat, feathers or thing.
        public var hue: Hue
        /// What it does; `standing` for things.
        public var action: Action
        /// What it holds.
        public var held: Held?
        /// The colour of what it holds.
        public var heldHue: Hue
        /// What a person wears.
        public var outfit: Outfit
        /// From where it is seen.
        public var aspect: Aspect
        /// Whether it looks to the left.
        public var facesLeft: Bool
        /// What a person's face says.
        public var expression: Expression
    }
}
