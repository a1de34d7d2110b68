import Rights
import Server
import Serving
import Stores

/// All that an operator can set. Everything has a default: a service without a settings file is a whole service.
public struct ServiceSettings: Sendable, Hashable {
    /// Where the server listens and what it lets in.
    public struct Listening: Sendable, Hashable {
        /// The host name or address to listen at.
        public var host = "127.0.0.1"
        /// The port; 0 takes one that is free.
        public var port = 8080
        /// What links to pictures begin with; empty for the address above.
        public var publicAddress = ""
        /// Pages of these origins may call the API.
        public var allowedOrigins: [String] = []
        /// Connections open at once.
        public var maximumConnections = 4096
        /// Seconds after which a silent stream says that it is still there.
        public var keepAliveSeconds = 15.0
        /// Seconds that a link to a picture works.
        public var linkLifetimeSeconds = 3600
        /// The largest body of an edit, in bytes.
        public var uploadBytes = 64_000_000
        /// The addresses of proxies whose word on a caller's address is taken.
        public var trustedProxies: [String] = []
    }

    /// What draws.
    public struct Drawing: Sendable, Hashable {
        /// The models served, by name on the shelf or folder; the first is the default.
        public var models = ["hanji"]
        /// The most rows of a batch.
        public var batchRows = 8
        /// Seconds that a worker's claim on a job lasts without a word.
        public var leaseSeconds = 60.0
        /// Seconds that running pictures have to end when the service stops.
        public var drainSeconds = 20.0
    }

    /// Styles that can be asked for.
    public struct Styles: Sendable, Hashable {
        /// The folder that they lie in, one folder each; empty for the usual one.
        public var folder = ""
        /// The most that loaded styles take, in megabytes.
        public var keptMegabytes = 512
    }

    /// Visitors without a key.
    public struct Visitors: Sendable, Hashable {
        /// Whether they may draw at the page.
        public var isAllowed = true
        /// Their plan.
        public var plan = Plan.visitor.name
    }

    /// Where pictures say that they come from.
    public struct Provenance: Sendable, Hashable {
        /// Whether pictures are signed.
        public var isSigned = true
        /// Who provides the service, as pictures name it.
        public var provider = "Ondol"
        /// How the provider is reached, as training summaries name it; empty for nothing.
        public var contact = ""
        /// The file of certificates to sign with, in PEM; empty for the trial domain's.
        public var certificate = ""
        /// The file of the certificate's private key, in PEM; empty for the trial domain's.
        public var privateKey = ""
        /// A file of further certificates that are trusted when a picture is verified, in PEM; empty for none.
        public var trust = ""
        /// Where time stamps are asked for; empty for nowhere.
        public var timestampAuthority = ""
        /// Seconds that it has to answer.
        public var timestampSeconds = 5.0
        /// Whose rules the visible label follows; `none` draws none.
        public var label = "none"
        /// Whether callers may neither leave that label out nor have another.
        public var isLabelRequired = true
        /// Whether the prompt is told.
        public var tellsPrompt = false
        /// Whether the seed is told.
        public var tellsSeed = false
        /// Whether commercial use is granted; `unsaid` says nothing.
        public var commercialUse = "unsaid"
        /// Where the terms of use stand; empty for nowhere.
        public var terms = ""
        /// What machines may do with pictures; `unsaid` says nothing.
        public var training = "unsaid"
    }

    /// By which rules requests are judged.
    public struct PolicySettings: Sendable, Hashable {
        /// The rule file; empty for the rules that ship.
        public var rules = ""
        /// How far the days of agreements, exceptions and statements are ahead of UTC, in minutes; Korea's are 540.
        public var utcOffsetMinutes = 0
    }

    /// How what is delivered is booked.
    public struct LedgerSettings: Sendable, Hashable {
        /// The currency of the plans' prices, ISO 4217.
        public var currency = "KRW"
    }

    /// What people claim to be theirs.
    public struct Claims: Sendable, Hashable {
        /// Whether claims are taken at the page.
        public var areTaken = true
        /// Days within which one is looked at.
        public var lookDays = 3
        /// Days within which one is answered.
        public var answerDays = 14
        /// When a style stops because of one.
        public var suspension = ClaimRules.Suspension.whenTakenUp

        /// The rules that follow.
        /// - Throws: `RightsError` where days are out of range.
        var rules: ClaimRules {
            get throws { try ClaimRules(lookDays: lookDays, answerDays: answerDays, suspension: suspension) }
        }
    }

    /// What is written to the log.
    public struct LogSettings: Sendable, Hashable {
        /// From which level on.
        public var level = "info"
        /// How lines look: `text` for people, `json` for programs that collect logs.
        public var format = "text"
        /// Whether prompts are written, for an operator who has told the callers so.
        public var hasPrompts = false
    }

    /// Where the server listens and what it lets in.
    public var listening = Listening()
    /// What draws.
    public var drawing = Drawing()
    /// Styles that can be asked for.
    public var styles = Styles()
    /// Bounds of admission.
    public var admission = AdmissionSettings()
    /// How each tier is drawn.
    public var recipes = TierRecipes()
    /// When `auto` gives less.
    public var tiers = TierController.Settings()
    /// When a device is warm, and when hot.
    public var heat = HeatGuard.Settings()
    /// How long personal things are kept.
    public var retention = RetentionPolicy()
    /// Seconds that a picture is kept.
    public var pictureSeconds = 30 * 86_400.0
    /// Visitors without a key.
    public var visitors = Visitors()
    /// Where pictures say that they come from.
    public var provenance = Provenance()
    /// By which rules requests are judged.
    public var policy = PolicySettings()
    /// How what is delivered is booked.
    public var ledger = LedgerSettings()
    /// What people claim to be theirs.
    public var claims = Claims()
    /// What is written to the log.
    public var log = LogSettings()
    /// Plans by name; `standard` is what a key gets that names none.
    public var plans: [String: Plan] = [
        Plan.visitor.name: .visitor, standardPlan: Plan(name: standardPlan),
    ]

    /// The plan of keys that name none.
    public static let standardPlan = "standard"

    /// The settings without a file.
    public init() {}

    /// What links to the service begin with.
    public var publicAddress: String {
        listening.publicAddress.isEmpty
            ? "http://\(listening.host):\(listening.port)" : listening.publicAddress
    }

    /// The plan of a name, or the standard one.
    public func plan(named name: String) -> Plan {
        plans[name] ?? plans[Self.standardPlan] ?? Plan(name: name)
    }
}
