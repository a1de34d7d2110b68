/// Whether a style may be used for a picture now, and under which terms.
public enum StyleAvailability: Sendable, Hashable {
    /// What a picture in the style costs and who is paid.
    public struct Terms: Sendable, Hashable {
        /// The style.
        public let style: Identifier<Style>
        /// The agreement.
        public let agreement: Identifier<Agreement>
        /// The adapter's file.
        public let adapter: ContentHash
        /// Added to the picture's price, in micro-units of ``currency``.
        public let feeMicros: Int64
        /// ISO 4217.
        public let currency: String
        /// The holders' share in hundredths of a percent.
        public let holderBasisPoints: Int
        /// Whether the pictures may be sold.
        public let isCommercial: Bool
        /// The works that are paid, by their names.
        public let works: [RoyaltySplit.OwnedWork]

        /// The style's side of a picture's price, for ``RoyaltySplit``.
        public func use(weightMilli: Int) -> RoyaltySplit.StyleUse {
            RoyaltySplit.StyleUse(
                style: style, weightMilli: weightMilli, holderBasisPoints: holderBasisPoints, works: works)
        }
    }

    /// Why a style may not be used.
    public enum Obstacle: String, Sendable, Hashable, Codable {
        /// There is no such style.
        case unknown
        /// It is not published, or not any more.
        case notPublished = "not-published"
        /// It is suspended, as while a claim is looked into.
        case suspended
        /// It has ended.
        case ended
        /// Its agreement is not in force today.
        case agreementNotInForce = "agreement-not-in-force"
        /// Its agreement does not grant drawing.
        case drawingNotGranted = "drawing-not-granted"
        /// A work it was trained on was taken back.
        case workWithdrawn = "work-withdrawn"
        /// Its fee is agreed on in another currency than prices here are: nothing here converts.
        case anotherCurrency = "another-currency"

        /// Why, for the person.
        public var reason: LocalizedText {
            switch self {
            case .unknown: .init(korean: "그런 스타일이 없습니다.", english: "There is no such style.")
            case .notPublished: .init(korean: "아직 공개되지 않은 스타일입니다.", english: "The style is not published.")
            case .suspended: .init(korean: "지금은 멈춰 둔 스타일입니다.", english: "The style is suspended for now.")
            case .ended: .init(korean: "끝난 스타일입니다.", english: "The style has ended.")
            case .agreementNotInForce:
                .init(korean: "작가와의 약정 기간이 아닙니다.", english: "The agreement with the artist is not in force.")
            case .drawingNotGranted:
                .init(korean: "작가와의 약정에 그리기가 들어 있지 않습니다.", english: "The agreement does not grant drawing.")
            case .anotherCurrency:
                .init(
                    korean: "작가와의 약정이 다른 통화로 되어 있어 지금은 쓸 수 없습니다.",
                    english: "The agreement with the artist is in another currency than prices here are.")
            case .workWithdrawn:
                .init(
                    korean: "작가가 바탕이 된 작품을 거두었습니다.",
                    english: "The artist took back a work the style was trained on.")
            }
        }
    }

    /// It may be used.
    case usable(Terms)
    /// It may not.
    case refused(Obstacle)
}

extension Registry {
    /// Whether a style may be used on a day.
    public func availability(of identifier: Identifier<Style>, on day: CalendarDay) -> StyleAvailability {
        guard let style = styles[identifier] else { return .refused(.unknown) }
        switch style.stage {
        case .published: break
        case .suspended: return .refused(.suspended)
        case .ended: return .refused(.ended)
        case .draft, .evidenceComplete, .trained, .checked: return .refused(.notPublished)
        }
        guard let training = style.trainings.last, let state = agreements[style.agreement],
            let terms = terms(of: identifier)
        else { return .refused(.notPublished) }
        guard state.isInForce(on: day) else { return .refused(.agreementNotInForce) }
        guard training.works.isDisjoint(with: withdrawnWorks) else { return .refused(.workWithdrawn) }
        return state.drawingGrants.isEmpty ? .refused(.drawingNotGranted) : .usable(terms)
    }

    /// The terms of a style, whether it may be used today or not: a picture that was drawn in it is paid for, whatever has
    /// become of it meanwhile. Nil where it never had an adapter.
    public func terms(of identifier: Identifier<Style>) -> StyleAvailability.Terms? {
        guard let style = styles[identifier], let training = style.trainings.last,
            let state = agreements[style.agreement]
        else { return nil }
        return StyleAvailability.Terms(
            style: identifier, agreement: style.agreement, adapter: training.adapter,
            feeMicros: state.agreement.feeMicros, currency: state.agreement.currency,
            holderBasisPoints: state.agreement.holderBasisPoints,
            isCommercial: state.drawingGrants.contains(true),
            works: training.works.sorted().compactMap { work in
                works[work].map { .init(work: work, holder: $0.holder) }
            })
    }

    /// Styles that could be used once and may not be now, with why.
    public func stoppedStyles(on day: CalendarDay) -> [(
        style: Identifier<Style>, obstacle: StyleAvailability.Obstacle
    )] {
        styles.keys.sorted().compactMap { style in
            guard styles[style]?.trainings.isEmpty == false,
                case .refused(let obstacle) = availability(of: style, on: day)
            else { return nil }
            return (style, obstacle)
        }
    }

    /// Which styles open which protected names on a day, for ``PolicyQuestion``.
    public func openings(on day: CalendarDay) -> [Identifier<RuleFile.Name>: [Identifier<Style>]] {
        var openings: [Identifier<RuleFile.Name>: [Identifier<Style>]] = [:]
        for style in styles.keys.sorted() {
            guard case .usable(let terms) = availability(of: style, on: day) else { continue }
            for name in agreements[terms.agreement]?.agreement.opensNames ?? [] {
                openings[name, default: []].append(style)
            }
        }
        return openings
    }
}

extension Registry.AgreementState {
    /// For each right to draw, whether the pictures may be sold.
    fileprivate var drawingGrants: [Bool] {
        lines.compactMap { if case .drawing(let isCommercial) = $0 { isCommercial } else { nil } }
    }
}
