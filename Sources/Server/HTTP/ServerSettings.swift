/// How the server listens, and where its limits are.
public struct ServerSettings: Sendable {
    /// The address that links begin with, without a slash at the end; what callers reach the server by. It is not taken
    /// from the header Host, which a caller can write as it likes.
    public var publicAddress = "http://127.0.0.1:8080"
    /// What links are signed with: at least 32 bytes, the same after a restart and on every host.
    public var linkSecret: [UInt8]
    /// How long a link to a picture works, in seconds; from 1 to 604,800.
    ///
    /// Source: OpenAI's API description: links work for 60 minutes.
    public var linkLifetimeSeconds = 3600
    /// The largest JSON body of a generation, in bytes; a prompt of 32,000 characters written in escapes has 384,000.
    public var jsonBytes = 1_000_000
    /// How large an edit may be.
    public var uploads = UploadLimits()
    /// How many bodies of edits may be read at once, over all callers: they are held in memory.
    public var uploadsAtOnce = 16
    /// Within how many seconds a JSON body must have arrived.
    public var bodySeconds = 30.0
    /// Within how many seconds the body of an edit must have arrived.
    public var uploadSeconds = 300.0
    /// After how many seconds without a request, or in the middle of its headers, a connection is closed.
    public var idleSeconds = 75.0
    /// For how many seconds an answer may be stuck at a caller that does not read; more where the answer is large.
    public var slowReaderSeconds = 30.0
    /// After how many seconds without an event a stream sends a comment, so that nothing between takes it for dead.
    public var keepAliveSeconds = 15.0
    /// How many connections are open at once; more wait to be accepted.
    public var maximumConnections = 4096
    /// How many bytes the headers of a request have at most.
    public var headerBytes = 16_384
    /// How many headers a request has at most.
    public var headerCount = 100
    /// The origins whose pages may read answers; none by default. `*` stands for all.
    public var allowedOrigins: [String] = []

    /// For how many seconds a visitor's cookie is good after the last visit; from 3600 to 31,536,000.
    public var visitorLifetimeSeconds = 2_592_000
    /// The addresses of proxies in front of the server, whose `X-Forwarded-For` is believed; none by default.
    public var trustedProxies: [String] = []

    /// What programs that collect pictures are told.
    public var mining = MiningSignals()

    /// Whether the log has the prompts of what was accepted, for an operator who has told the callers so.
    public var logsPrompts = false

    /// Makes settings with the usual limits.
    public init(linkSecret: [UInt8]) { self.linkSecret = linkSecret }

    /// Names every setting that is out of range, all at once.
    ///
    /// - Throws: ``ServerError`` where there is one.
    public func validate() throws(ServerError) {
        let rules: [(isMet: Bool, text: String)] = [
            (linkSecret.count >= 32, "linkSecret must have at least 32 bytes"),
            (
                ["http://", "https://"].contains {
                    publicAddress.hasPrefix($0) && publicAddress.count > $0.count
                }
                    && !publicAddress.hasSuffix("/"),
                "publicAddress must begin with http:// or https:// and not end with a slash"
            ),
            ((1...604_800).contains(linkLifetimeSeconds), "linkLifetimeSeconds must be from 1 to 604800"),
            ((400_000...100_000_000).contains(jsonBytes), "jsonBytes must be from 400000 to 100000000"),
            (
                (1_000_000...1_000_000_000).contains(uploads.bodyBytes),
                "uploads.bodyBytes must be from 1000000 to 1000000000"
            ),
            (
                uploads.photoBytes > 0 && uploads.maskBytes > 0,
                "uploads.photoBytes and maskBytes must be positive"
            ),
            ((1...1024).contains(uploadsAtOnce), "uploadsAtOnce must be from 1 to 1024"),
            (
                [bodySeconds, uploadSeconds, idleSeconds, slowReaderSeconds, keepAliveSeconds]
                    .allSatisfy { $0 > 0 && $0 <= 86400 },
                "bodySeconds, uploadSeconds, idleSeconds, slowReaderSeconds and keepAliveSeconds must be more than 0 "
                    + "and at most a day"
            ),
            ((1...1_000_000).contains(maximumConnections), "maximumConnections must be from 1 to 1000000"),
            ((1024...81_920).contains(headerBytes), "headerBytes must be from 1024 to 81920"),
            ((10...1000).contains(headerCount), "headerCount must be from 10 to 1000"),
            (
                allowedOrigins.allSatisfy { $0 == "*" || ($0.contains("://") && !$0.hasSuffix("/")) },
                "allowedOrigins must be '*' or origins such as https://example.org"
            ),
            (
                (3600...31_536_000).contains(visitorLifetimeSeconds),
                "visitorLifetimeSeconds must be from 3600 to 31536000"
            ),
            (
                trustedProxies.allSatisfy { ClientNetwork.normalized($0) != nil },
                "trustedProxies must be addresses such as 10.0.0.1 or fd00::1"
            ),
        ]
        let broken = rules.filter { !$0.isMet }.map(\.text)
        guard broken.isEmpty else {
            throw ServerError(.invalidSetting, broken.joined(separator: "; ") + ". Set them so.")
        }
    }
}
