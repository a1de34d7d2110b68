/// What a holder and the operator agreed: what may be done, for how long and for what share. Its ending is built in.
public struct Agreement: Sendable, Hashable, Codable {
    /// A right granted. Training again takes a line of its own.
    public enum Line: Sendable, Hashable, Codable {
        /// To train one adapter, once. The number tells lines apart.
        case training(Int)
        /// To draw with the style.
        case drawing(isCommercial: Bool)
    }

    /// What everything else calls it.
    public let identifier: Identifier<Agreement>
    /// With whom.
    public let holder: Identifier<RightsHolder>
    /// The hash of the signed document.
    public let document: ContentHash
    /// Protected names that the holder owns and that styles under this agreement open.
    public let opensNames: Set<Identifier<RuleFile.Name>>
    /// The holders' share of each picture's price in hundredths of a percent; 0 to 10,000.
    public let holderBasisPoints: Int
    /// What using a style adds to a picture's price, in micro-units.
    public let feeMicros: Int64
    /// The fee's currency, ISO 4217.
    public let currency: String
    /// The first day.
    public let from: CalendarDay
    /// The last day; nil where it runs on until somebody gives notice.
    public let until: CalendarDay?
    /// Days between notice and end.
    public let noticeDays: Int

    /// An agreement.
    /// - Throws: ``RightsError`` with code `invalidValue`: a share, fee, term or notice that cannot be.
    public init(
        identifier: Identifier<Agreement>, holder: Identifier<RightsHolder>, document: ContentHash,
        opensNames: Set<Identifier<RuleFile.Name>> = [], holderBasisPoints: Int, feeMicros: Int64,
        currency: Currency,
        from: CalendarDay, until: CalendarDay? = nil, noticeDays: Int
    ) throws {
        self.identifier = identifier
        self.holder = holder
        self.document = document
        self.opensNames = opensNames
        self.holderBasisPoints = holderBasisPoints
        self.feeMicros = feeMicros
        self.currency = currency.code
        self.from = from
        self.until = until
        self.noticeDays = noticeDays
        try check()
    }

    /// Checks what was read from elsewhere as the initialiser does.
    func check() throws {
        guard (0...10_000).contains(holderBasisPoints), (0...LedgerEntry.maximumMicros).contains(feeMicros)
        else {
            throw RightsError(
                .invalidValue,
                "agreement \(identifier): a share is 0 to 10,000 basis points and a fee 0 or more")
        }
        guard (0...3_650).contains(noticeDays), until.map({ from <= $0 }) ?? true else {
            throw RightsError(
                .invalidValue,
                "agreement \(identifier): it ends before it begins, or its notice is over ten years")
        }
        _ = try Currency(currency)
    }
}
