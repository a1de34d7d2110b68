/// Who gets what of a picture's price.
///
/// The price falls to the styles by their adapters' strengths; of each style's slice the holders get the share that its
/// agreement names, in equal parts for every work the style was trained on, and the operator keeps the rest. Which
/// adapter drew at which strength is known exactly; which work a picture "resembles" is not, so that is not asked.
public struct RoyaltySplit: Sendable {
    /// A work and who is paid for it.
    public struct OwnedWork: Sendable, Hashable {
        /// The work.
        public let work: Identifier<Work>
        /// Its holder.
        public let holder: Identifier<RightsHolder>

        /// A work and its holder.
        public init(work: Identifier<Work>, holder: Identifier<RightsHolder>) {
            self.work = work
            self.holder = holder
        }
    }

    /// A style in use and those it pays.
    public struct StyleUse: Sendable, Hashable {
        /// The style.
        public let style: Identifier<Style>
        /// The adapter's strength in thousandths, without its sign.
        public let weightMilli: Int
        /// The holders' share in hundredths of a percent; 0 to 10,000.
        public let holderBasisPoints: Int
        /// The works the style was trained on.
        public let works: [OwnedWork]

        /// A style in use.
        public init(style: Identifier<Style>, weightMilli: Int, holderBasisPoints: Int, works: [OwnedWork]) {
            self.style = style
            self.weightMilli = weightMilli
            self.holderBasisPoints = holderBasisPoints
            self.works = works
        }
    }

    /// Strengths that are paid for, in thousandths.
    public static let weightRange = 1...100_000

    /// The entry set of one delivered picture: the payer is debited, operator and works are credited.
    /// - Parameter priceMicros: 0 or more; at 0 the delivery is recorded without postings.
    /// - Throws: ``RightsError`` with code `invalidValue` where a price, a share, a strength or a list of works is impossible.
    public static func entry(
        picture: Identifier<DeliveredPicture>, payer: Identifier<Payer>, priceMicros: Int64,
        currency: Currency,
        styles: [StyleUse], time: Timestamp
    ) throws -> LedgerEntry {
        guard (0...LedgerEntry.maximumMicros).contains(priceMicros) else {
            throw RightsError(.invalidValue, "a price is 0 to \(LedgerEntry.maximumMicros) micro-units")
        }
        for use in styles { try check(use) }
        let rotation = self.rotation(of: picture)
        var credits: [Posting] = []
        var operatorMicros = styles.isEmpty ? priceMicros : 0
        if !styles.isEmpty {
            let slices = try LargestRemainder.parts(
                of: priceMicros, weights: styles.map { Int64($0.weightMilli) }, rotation: rotation)
            for (use, slice) in zip(styles, slices) {
                let sides = try LargestRemainder.parts(
                    of: slice, weights: [Int64(use.holderBasisPoints), Int64(10_000 - use.holderBasisPoints)])
                operatorMicros += sides[1]
                let shares = try LargestRemainder.parts(
                    of: sides[0], weights: Array(repeating: 1, count: use.works.count), rotation: rotation)
                for (owned, share) in zip(use.works, shares) where share > 0 {
                    credits.append(
                        .credit(
                            .earnings(holder: owned.holder, style: use.style, work: owned.work), micros: share
                        ))
                }
            }
        }
        if operatorMicros > 0 { credits.append(.credit(.operatorRevenue, micros: operatorMicros)) }
        return try LedgerEntry(
            time: time,
            subject: .delivery(picture, styles.map { .init(style: $0.style, weightMilli: $0.weightMilli) }),
            currency: currency,
            postings: priceMicros > 0 ? [.debit(.payer(payer), micros: priceMicros)] + credits : [])
    }

    private static func check(_ use: StyleUse) throws {
        guard weightRange.contains(use.weightMilli) else {
            throw RightsError(
                .invalidValue, "style \(use.style): a strength is from 0.001 to 100 without its sign")
        }
        guard (0...10_000).contains(use.holderBasisPoints) else {
            throw RightsError(.invalidValue, "style \(use.style): a share is 0 to 10,000 basis points")
        }
        guard !use.works.isEmpty else {
            throw RightsError(
                .invalidValue, "style \(use.style) has no works, so there is nobody to pay; suspend it")
        }
        guard Set(use.works.map(\.work)).count == use.works.count else {
            throw RightsError(.invalidValue, "style \(use.style) lists a work twice; list each once")
        }
    }

    /// Where division begins among equals: a number that follows from the picture's name and can be checked from it.
    static func rotation(of picture: Identifier<DeliveredPicture>) -> UInt64 {
        FowlerNollVo.hash(picture.text.utf8)
    }
}
