import Rights
import Serving
import Stores

extension RightsDesk {
    /// What a delivered picture owes; nil where it was drawn by the base model alone and costs nothing.
    /// - Throws: `RightsError` where its style never had an adapter or nobody can be paid for it.
    func delivery(of job: JobRecord, _ purchase: Purchase, at now: Moment) throws -> LedgerEntry? {
        guard let picture = job.picture, purchase.pictureMicros > 0 || !purchase.styles.isEmpty,
            let currency = purchase.currency
        else { return nil }
        let registry = registry
        let uses = try purchase.styles.map { use in
            // The registry as it is now: nothing of an agreement's share ever changes, and works only by a new training.
            guard let terms = registry.terms(of: use.style) else {
                throw RightsError(
                    .unknownReference, "style \(use.style) has no adapter, so that nobody can be paid for it")
            }
            return terms.use(weightMilli: use.weightMilli)
        }
        return try RoyaltySplit.entry(
            picture: Identifier(picture.text), payer: Self.payer(job.caller),
            priceMicros: purchase.pictureMicros,
            currency: currency, styles: uses, time: Timestamp(now))
    }

    /// The account that a caller pays from: a key's own; visitors, who are nobody for long, have one together.
    static func payer(_ caller: CallerIdentifier) throws -> Identifier<Payer> {
        try KeyIdentifier(caller.text) == nil ? Identifier("visitors") : Identifier(caller.text)
    }
}
