import Rights

/// What each picture of a request costs its caller, and the styles it is drawn with. Agreed on when the request is
/// accepted, and booked when the picture is delivered, never before.
public struct Purchase: Hashable, Sendable {
    /// The styles and their strengths, each style once; empty for the base model alone.
    public let styles: [LedgerEntry.StyleWeight]
    /// The price of one picture in micro-units of the currency; 0 for nothing.
    public let pictureMicros: Int64
    /// The currency; nil where nothing costs anything.
    public let currency: Currency?

    /// A picture of the base model that costs nothing.
    public static let nothing = Purchase(styles: [], pictureMicros: 0, currency: nil)

    /// Makes a purchase.
    public init(styles: [LedgerEntry.StyleWeight], pictureMicros: Int64, currency: Currency?) {
        self.styles = styles
        self.pictureMicros = pictureMicros
        self.currency = currency
    }

    /// The most styles of a request: each is a pass of its own through the adapters' layers.
    public static let styleLimit = 8
    /// The largest price: a billion of a currency's unit, far from what the ledger's sums hold.
    public static let largestMicros: Int64 = 1_000_000_000_000_000

    /// Refuses what no row may hold.
    /// - Throws: ``StoresError`` with code `invalidArgument`.
    func validate() throws(StoresError) {
        guard styles.count <= Self.styleLimit, Set(styles.map(\.style)).count == styles.count else {
            throw StoresError(
                .invalidArgument,
                "a request has \(Self.styleLimit) styles at most, each once; add up the strengths of one")
        }
        guard styles.allSatisfy({ RoyaltySplit.weightRange.contains($0.weightMilli) }) else {
            throw StoresError(
                .invalidArgument, "a style's strength is from 0.001 to 100; leave out unused ones")
        }
        guard (0...Self.largestMicros).contains(pictureMicros), pictureMicros == 0 || currency != nil else {
            throw StoresError(
                .invalidArgument,
                "a picture costs 0 to \(Self.largestMicros) micro-units of a currency that is named")
        }
    }
}
