import Rights
import Serving

/// A call that was admitted and is to be written.
public struct NewRequest: Hashable, Sendable {
    /// One of the pictures asked for.
    public struct Job: Hashable, Sendable {
        /// Its name.
        public let id: JobIdentifier
        /// Model and size.
        public let shape: PictureShape
        /// What was agreed on.
        public let terms: JobTerms

        /// Makes a job.
        public init(id: JobIdentifier, shape: PictureShape, terms: JobTerms) {
            self.id = id
            self.shape = shape
            self.terms = terms
        }
    }

    /// A name for a call, the caller's own or one made of what it asks for, so that sending it twice draws it once.
    public struct IdempotencyKey: Hashable, Sendable {
        /// The header's text, 1 to 255 bytes; only its hash is kept.
        public let text: String
        /// A digest of everything that makes two calls the same, 1 to 64 bytes.
        public let requestDigest: [UInt8]
        /// Until when the name is remembered.
        public let end: Moment
        /// Whether the name is free again as soon as its request is over, before ``end``.
        public let isForOpenRequest: Bool

        /// Makes a key.
        public init(text: String, requestDigest: [UInt8], end: Moment, isForOpenRequest: Bool = false) {
            self.text = text
            self.requestDigest = requestDigest
            self.end = end
            self.isForOpenRequest = isForOpenRequest
        }
    }

    /// Its name.
    public let id: RequestIdentifier
    /// Whose it is.
    public let caller: CallerIdentifier
    /// A second account that its pictures are counted to.
    public let alsoCountedTo: CallerIdentifier?
    /// The checked request, whose form is not this room's business. Prompts live here and nowhere else.
    public let payload: [UInt8]
    /// The pictures, in the order of their positions.
    public let jobs: [Job]
    /// The name by which a repeat of the call is recognised.
    public let idempotencyKey: IdempotencyKey?
    /// What each picture costs, and the styles it is drawn with, by which the request is found when one of them ends.
    public let purchase: Purchase
    /// The policy's decision, kept as long as the payload, since it holds words of it.
    public let decision: PolicyDecision?

    /// Makes a request.
    public init(
        id: RequestIdentifier, caller: CallerIdentifier, alsoCountedTo: CallerIdentifier? = nil,
        payload: [UInt8], jobs: [Job], idempotencyKey: IdempotencyKey? = nil,
        purchase: Purchase = .nothing, decision: PolicyDecision? = nil
    ) {
        self.id = id
        self.caller = caller
        self.alsoCountedTo = alsoCountedTo
        self.payload = payload
        self.jobs = jobs
        self.idempotencyKey = idempotencyKey
        self.purchase = purchase
        self.decision = decision
    }

    /// The largest payload in bytes. Photos are kept as pictures and only named in it.
    public static let largestPayloadBytes = 1 << 20

    /// Refuses what no row may hold.
    /// - Throws: ``StoresError`` with code `invalidArgument`.
    func validate() throws(StoresError) {
        guard payload.count <= Self.largestPayloadBytes else {
            throw StoresError(
                .invalidArgument,
                "the request has \(payload.count) bytes and \(Self.largestPayloadBytes) are the most; keep photos as pictures and name them in it"
            )
        }
        guard !jobs.isEmpty, Set(jobs.map(\.id)).count == jobs.count else {
            throw StoresError(.invalidArgument, "a request has at least one job, each with a name of its own")
        }
        guard jobs.allSatisfy({ $0.terms.place.tag.isFinite }) else {
            throw StoresError(.invalidArgument, "a job's tag must be a finite number; admit it again")
        }
        try purchase.validate()
        if let key = idempotencyKey {
            try Self.validate(idempotencyText: key.text)
            guard (1...64).contains(key.requestDigest.count) else {
                throw StoresError(.invalidArgument, "a request's digest has 1 to 64 bytes")
            }
        }
    }

    /// Refuses a name that is empty or too long.
    /// - Throws: ``StoresError`` with code `invalidArgument`.
    static func validate(idempotencyText text: String) throws(StoresError) {
        guard (1...255).contains(text.utf8.count) else {
            throw StoresError(.invalidArgument, "an Idempotency-Key has 1 to 255 bytes")
        }
    }
}

/// What became of a request that was to be written.
public enum AcceptOutcome: Hashable, Sendable {
    /// It is written: from here on it is never lost.
    case accepted
    /// The same caller has sent the same before: this is that request. Nothing was written.
    case joined(RequestIdentifier)
    /// The same caller has used this `Idempotency-Key` for something else. Nothing was written.
    case conflict
}

/// What a store knows of a caller's `Idempotency-Key`.
public enum IdempotencyAnswer: Hashable, Sendable {
    /// It was not used, or its time is over.
    case unused
    /// It names this request, which is the same.
    case same(RequestIdentifier)
    /// It names a request that is another.
    case different
}
