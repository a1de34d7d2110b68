/// Decides whether a style may be trained: only where evidence covers every work, and says at once all that is missing.
public enum TrainingGate {
    /// The gate's answer.
    public enum Decision: Sendable, Hashable {
        /// Nothing is missing.
        case complete
        /// All that is missing, works in the order of their names.
        case incomplete([MissingEvidence])
    }

    /// What the style is to be used for, which the evidence must cover.
    public struct Purpose: Sendable, Hashable {
        /// Whether pictures are sold.
        public let isCommercial: Bool
        /// Where the service is offered, ISO 3166-1; nil for the whole world.
        public let territory: String?

        /// A purpose.
        public init(isCommercial: Bool = true, territory: String? = nil) {
            self.isCommercial = isCommercial
            self.territory = territory
        }
    }

    /// Looks at every work, document and agreement of a style as they stand on a day.
    public static func check(
        _ style: Style, in registry: Registry, on day: CalendarDay, purpose: Purpose = Purpose()
    ) -> Decision {
        var missing = checkAgreement(of: style, in: registry, on: day)
        if style.works.isEmpty { missing.append(MissingEvidence(work: nil, gap: .noWorks)) }
        var files: [ContentHash: Identifier<Work>] = [:]
        for identifier in style.works.sorted() {
            guard let work = registry.works[identifier] else { continue }
            missing += check(work, in: registry, on: day, purpose: purpose)
            if let other = files[work.fileHash] {
                missing.append(MissingEvidence(work: identifier, gap: .sameFile(as: other)))
            }
            files[work.fileHash] = identifier
        }
        return missing.isEmpty ? .complete : .incomplete(missing)
    }

    private static func checkAgreement(
        of style: Style, in registry: Registry, on day: CalendarDay
    ) -> [MissingEvidence] {
        guard let state = registry.agreements[style.agreement], state.isInForce(on: day) else {
            return [MissingEvidence(work: nil, gap: .agreementNotInForce)]
        }
        let used = Set(
            registry.styles.values.filter { $0.agreement == style.agreement }
                .flatMap { $0.trainings.map(\.agreementLine) })
        let isLineLeft = state.lines.contains {
            if case .training(let line) = $0 { !used.contains(line) } else { false }
        }
        return isLineLeft ? [] : [MissingEvidence(work: nil, gap: .noTrainingLine)]
    }

    private static func check(
        _ work: Work, in registry: Registry, on day: CalendarDay, purpose: Purpose
    ) -> [MissingEvidence] {
        func missing(_ gap: MissingEvidence.Gap) -> MissingEvidence {
            MissingEvidence(work: work.identifier, gap: gap)
        }
        if registry.withdrawnWorks.contains(work.identifier) { return [missing(.withdrawn)] }
        var gaps: [MissingEvidence] = []
        // What a work's own credentials forbid, no document of ours opens.
        if work.signals.contains(.credentialsForbidTraining) {
            gaps.append(missing(.credentialsForbidTraining))
        }
        let documents = registry.evidence[work.identifier] ?? []
        guard !documents.isEmpty else { return gaps + [missing(.noDocument)] }

        // The document that comes nearest is the one whose gaps are worth naming.
        let openGaps = documents.map { self.gaps(of: $0, for: work, on: day, purpose: purpose) }
        guard let fewest = openGaps.min(by: { $0.count < $1.count }), !fewest.isEmpty else { return gaps }
        return gaps + fewest.map(missing)
    }

    private static func gaps(
        of document: LicenceEvidence, for work: Work, on day: CalendarDay, purpose: Purpose
    ) -> [MissingEvidence.Gap] {
        var gaps: [MissingEvidence.Gap] = []
        if !document.uses.contains(.styleTraining) { gaps.append(.trainingNotGranted) }
        if purpose.isCommercial, !document.isCommercial { gaps.append(.commercialUseNotGranted) }
        if !document.covers(territory: purpose.territory) { gaps.append(.territoryNotCovered) }
        if day < document.from { gaps.append(.notYetInForce(document.from)) }
        if let until = document.until, until < day { gaps.append(.runOut(until)) }
        let signals = work.signals.subtracting([.credentialsForbidTraining])
        if !document.overridesSignals {
            gaps += signals.sorted { $0.rawValue < $1.rawValue }.map { .signal($0) }
        }
        return gaps
    }
}
