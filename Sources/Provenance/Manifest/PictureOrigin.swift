import Images
import Rights

/// How a picture came to be, as far as it is to be told.
///
/// What is nil here is written nowhere: a prompt is told only where the caller wishes it.
public struct PictureOrigin: Sendable {
    /// What the drawing began with.
    public enum Beginning: Sendable {
        /// Nothing but noise.
        case noise
        /// A photo, as it was sent, with its own credentials if it has any.
        case photo(bytes: [UInt8])
        /// A photo that is no longer there. That there was one is told all the same.
        case lostPhoto
    }

    /// A model.
    public struct Model: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its version; nil where it has none.
        public var version: String?
        /// What tells it from others of its name, as `sha256:…`; nil where that is not known.
        public var identifier: String?

        /// Names a model.
        public init(name: String, version: String? = nil, identifier: String? = nil) {
            self.name = name
            self.version = version
            self.identifier = identifier
        }
    }

    /// A style that was drawn with.
    public struct Style: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Whose it is.
        public var holder: String
        /// The agreement by which it may be used.
        public var agreement: String
        /// What tells its adapter from others, as `sha256:…`; nil where that is not known.
        public var identifier: String?

        /// Names a style.
        public init(name: String, holder: String, agreement: String, identifier: String? = nil) {
            self.name = name
            self.holder = holder
            self.agreement = agreement
            self.identifier = identifier
        }
    }

    /// Who provides the service.
    public var provider: String
    /// The program's version.
    public var programVersion: String
    /// What the drawing began with.
    public var beginning = Beginning.noise
    /// What drew it.
    public var model: Model
    /// The style, where there was one.
    public var style: Style?
    /// When it was drawn.
    public var time: Timestamp
    /// What it is called where it was made: a name that no other picture has.
    public var identifier: String?
    /// The prompt, where it is to be told.
    public var prompt: String?
    /// Who wrote the prompt, where that is to be told.
    public var promptWriter: String?
    /// The seed, where it is to be told.
    public var seed: UInt64?
    /// What the picture may be used for, where that is to be told.
    public var usage: UsageGrant?
    /// What machines may do with the picture, where that is to be told.
    public var training: TrainingWish?
    /// Whether the fields that China's labelling rules ask for are written as well.
    public var hasChineseLabel = false

    /// An origin of which only what must be said is said.
    public init(provider: String, programVersion: String, model: Model, time: Timestamp) {
        self.provider = provider
        self.programVersion = programVersion
        self.model = model
        self.time = time
    }

    /// Whether it was made from a photo.
    public var isEdited: Bool {
        switch beginning {
        case .noise: false
        case .photo, .lostPhoto: true
        }
    }

    /// Where such pictures come from, in IPTC's words.
    ///
    /// Source: IPTC NewsCodes, "Digital Source Type".
    public var digitalSourceType: String {
        let kind = isEdited ? "compositeWithTrainedAlgorithmicMedia" : "trainedAlgorithmicMedia"
        return "http://cv.iptc.org/newscodes/digitalsourcetype/\(kind)"
    }
}

/// What a picture may be used for.
public struct UsageGrant: Sendable, Hashable, Codable {
    /// Whether it may be used commercially.
    public var isCommercial: Bool
    /// Where the terms stand, as an address; nil where they stand nowhere.
    public var termsAddress: String?

    /// A grant.
    public init(isCommercial: Bool, termsAddress: String? = nil) {
        self.isCommercial = isCommercial
        self.termsAddress = termsAddress
    }

    /// The grant in one English sentence, for metadata.
    var sentence: String {
        (isCommercial ? "Commercial use is granted." : "Commercial use is not granted.")
            + (termsAddress.map { " Terms: \($0)" } ?? "")
    }
}

/// What machines may do with a picture.
///
/// Source: CAWG Training and Data Mining Assertion 1.1.
public enum TrainingWish: String, Sendable, Hashable, Codable, CaseIterable {
    /// Everything.
    case allowed
    /// Mining, but no training.
    case noTraining = "no-training"
    /// Nothing.
    case notAllowed = "not-allowed"

    /// Whether each use is allowed.
    var entries: [(use: String, isAllowed: Bool)] {
        let mayTrain = self == .allowed
        return [
            ("cawg.data_mining", self != .notAllowed), ("cawg.ai_inference", self != .notAllowed),
            ("cawg.ai_training", mayTrain), ("cawg.ai_generative_training", mayTrain),
        ]
    }

    /// The same in the words of PLUS, for metadata.
    ///
    /// Source: PLUS License Data Format, vocabulary of Data Mining.
    var plusTerm: String {
        let term =
            switch self {
            case .allowed: "DMI-ALLOWED"
            case .noTraining: "DMI-PROHIBITED-AIMLTRAINING"
            case .notAllowed: "DMI-PROHIBITED"
            }
        return "http://ns.useplus.org/ldf/vocab/\(term)"
    }
}
