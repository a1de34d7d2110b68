import Rights

/// What a credential says. Texts come from the file: they are cut to a length and hold no control characters, and are still
/// not to be believed unless the answer says so.
public struct CredentialFacts: Sendable, Hashable {
    /// How the picture was made.
    public enum Making: String, Sendable, Hashable {
        /// By a model alone.
        case generated
        /// By a model, from a photo or another picture.
        case edited
        /// In another way, or without saying how.
        case other
    }

    /// The photo or picture that it was made from.
    public struct Parent: Sendable, Hashable {
        /// What it is called.
        public var title = ""
        /// Whether it had a credential of its own.
        public var hasCredential = false
        /// Whether that credential held when this one was signed.
        public var isIntact = true
        /// Who had signed it; empty where nobody.
        public var signer = ""
    }

    /// What an authority says of the time of the signature.
    public enum Stamp: String, Sendable, Hashable {
        /// There is no time stamp.
        case none
        /// There is one, by an authority that is trusted here.
        case trusted
        /// There is one, by an authority that is not known here.
        case unknownAuthority = "unknown-authority"
        /// There was to be one, and the authority did not give it.
        case failed
    }

    /// The organization that signed.
    public var signer = ""
    /// The name on its certificate.
    public var signerName = ""
    /// When an authority saw the signature, as RFC 3339 writes it; nil without a time stamp.
    public var stampedTime: String?
    /// Whether a time stamp stands behind it.
    public var stamp = Stamp.none
    /// When the picture was made, as the signer says.
    public var madeTime: String?
    /// The program that made the credential, with its version.
    public var program = ""
    /// What the picture is called where it was made.
    public var title = ""
    /// How it was made.
    public var making = Making.other
    /// IPTC's address for that, as it stands.
    public var digitalSourceType: String?
    /// The model; nil where it is not told.
    public var model: String?
    /// What tells the model from others of its name.
    public var modelIdentifier: String?
    /// The style; nil where none was used, or it is not told.
    public var style: String?
    /// Whose style it is.
    public var styleHolder: String?
    /// The agreement by which the style was used.
    public var agreement: String?
    /// The prompt; nil where it is not told.
    public var prompt: String?
    /// The seed; nil where it is not told.
    public var seed: String?
    /// Whether commercial use is granted; nil where nothing is said.
    public var isCommercialUseGranted: Bool?
    /// Where the terms of use stand.
    public var termsAddress: String?
    /// What machines may do with the picture, as CAWG's words name it, and whether they may.
    public var training: [String: Bool] = [:]
    /// What it was made from.
    public var parent: Parent?

    /// Nothing said yet.
    public init() {}
}

/// Texts from files, made fit to be shown.
enum ForeignText {
    /// Cuts a text, and drops what could pretend to be something else on a terminal or a page: control characters, marks
    /// that turn the direction of writing, invisible characters.
    static func cleaned(_ text: String, limit: Int = 300) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard output.count < limit else {
                output.append("…")
                break
            }
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: output.append(" ")
            case .format, .privateUse, .surrogate, .unassigned: continue
            default: output.append(scalar)
            }
        }
        return String(output)
    }
}
