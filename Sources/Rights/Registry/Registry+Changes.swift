extension Registry {
    /// The most works of a style: each is paid at every picture.
    static let maximumWorks = 2_000

    mutating func take(_ event: RegistryEvent) throws {
        switch event {
        case .holderRegistered(let holder):
            try requireNew(holders[holder.identifier] == nil, "holder", holder.identifier)
            holders[holder.identifier] = holder
        case .workRegistered(let work):
            try requireNew(works[work.identifier] == nil, "work", work.identifier)
            try require(holders[work.holder] != nil, "holder", work.holder)
            works[work.identifier] = work
        case .evidenceRecorded(let evidence):
            try require(works[evidence.work] != nil, "work", evidence.work)
            guard evidence.until.map({ evidence.from <= $0 }) ?? true else {
                throw RightsError(
                    .invalidValue, "the document for \(evidence.work) ends before it begins; correct its days"
                )
            }
            self.evidence[evidence.work, default: []].append(evidence)
        case .workWithdrawn(let work):
            try require(works[work] != nil, "work", work)
            try requireNew(!withdrawnWorks.contains(work), "withdrawal of", work)
            withdrawnWorks.insert(work)
        case .agreementMade, .agreementLineAdded, .noticeGiven, .agreementTerminated: try takeAgreement(event)
        default: try takeStyle(event)
        }
    }

    // MARK: - Agreements

    private mutating func takeAgreement(_ event: RegistryEvent) throws {
        switch event {
        case .agreementMade(let agreement):
            try requireNew(agreements[agreement.identifier] == nil, "agreement", agreement.identifier)
            try require(holders[agreement.holder] != nil, "holder", agreement.holder)
            try agreement.check()
            agreements[agreement.identifier] = AgreementState(agreement: agreement)
        case .agreementLineAdded(let identifier, let line):
            var state = try openAgreement(identifier)
            try requireNew(!state.lines.contains(line), "such a line of agreement", identifier)
            state.lines.append(line)
            agreements[identifier] = state
        case .noticeGiven(let identifier, let day):
            var state = try openAgreement(identifier)
            try requireNew(state.endsOn == nil, "notice of agreement", identifier)
            state.endsOn = day.adding(days: state.agreement.noticeDays)
            agreements[identifier] = state
        case .agreementTerminated(let identifier):
            var state = try openAgreement(identifier)
            state.isTerminated = true
            agreements[identifier] = state
        default: break
        }
    }

    private func openAgreement(_ identifier: Identifier<Agreement>) throws -> AgreementState {
        guard let state = agreements[identifier] else { throw Self.unknown("agreement", identifier) }
        guard !state.isTerminated else {
            throw RightsError(.invalidTransition, "agreement \(identifier) has ended; make a new one")
        }
        return state
    }

    // MARK: - Styles

    private mutating func takeStyle(_ event: RegistryEvent) throws {
        if case .styleDrafted(let identifier, let holder, let agreement, let title) = event {
            try requireNew(styles[identifier] == nil, "style", identifier)
            try require(holders[holder] != nil, "holder", holder)
            guard try openAgreement(agreement).agreement.holder == holder else {
                throw RightsError(
                    .invalidValue, "agreement \(agreement) is with another holder than style \(identifier)'s")
            }
            styles[identifier] = Style(
                identifier: identifier, holder: holder, agreement: agreement, title: title)
            return
        }
        guard let identifier = event.style else { return }
        guard var style = styles[identifier] else { throw Self.unknown("style", identifier) }
        switch event {
        case .styleWorksChosen(_, let chosen): try choose(chosen, for: &style)
        case .evidenceCompleted(_, let day):
            try Self.require(style, in: [.draft], to: "complete its evidence")
            if case .incomplete(let missing) = TrainingGate.check(style, in: self, on: day) {
                throw RightsError(
                    .invalidTransition,
                    "style \(identifier) lacks evidence: \(missing.map(\.message.english).joined(separator: "; "))"
                )
            }
            style.stage = .evidenceComplete
        case .styleTrained(_, let training): try train(training, &style)
        case .styleChecked(_, let check): try take(check, for: &style)
        case .stylePublished:
            try Self.require(style, in: [.checked], to: "be published")
            style.stage = .published
        case .styleSuspended:
            try Self.require(
                style, in: [.evidenceComplete, .trained, .checked, .published], to: "be suspended")
            style.stageBeforeSuspension = style.stage
            style.stage = .suspended
        case .suspensionLifted:
            try Self.require(style, in: [.suspended], to: "have its suspension lifted")
            style.stage = style.stageBeforeSuspension ?? .draft
            style.stageBeforeSuspension = nil
        case .styleReopened:
            try Self.require(
                style, in: [.evidenceComplete, .trained, .checked, .published], to: "be reopened")
            style.stage = .draft
            style.copyCheck = nil
        case .styleEnded:
            try Self.require(style, in: Set(Style.Stage.allCases).subtracting([.ended]), to: "end")
            style.stage = .ended
        default: break
        }
        styles[identifier] = style
    }

    private func choose(_ chosen: Set<Identifier<Work>>, for style: inout Style) throws {
        try Self.require(style, in: [.draft], to: "choose works")
        guard chosen.count <= Self.maximumWorks else {
            throw RightsError(
                .invalidValue, "\(chosen.count) works are more than \(Self.maximumWorks) a style can have")
        }
        for work in chosen.sorted() { try require(works[work] != nil, "work", work) }
        style.works = chosen
    }

    private func train(_ training: Style.Training, _ style: inout Style) throws {
        try Self.require(style, in: [.evidenceComplete], to: "be trained")
        guard training.works == style.works else {
            throw RightsError(
                .invalidValue, "style \(style.identifier) was trained on other works than it lists")
        }
        guard agreements[style.agreement]?.lines.contains(.training(training.agreementLine)) ?? false else {
            throw RightsError(
                .invalidTransition,
                "agreement \(style.agreement) has no training line \(training.agreementLine); each training takes one"
            )
        }
        let usedLines = styles.values.filter { $0.agreement == style.agreement }
            .flatMap { $0.trainings.map(\.agreementLine) }
        guard !usedLines.contains(training.agreementLine) else {
            throw RightsError(
                .invalidTransition,
                "training line \(training.agreementLine) of agreement \(style.agreement) is used up; agree on another"
            )
        }
        style.trainings.append(training)
        style.stage = .trained
    }

    private func take(_ check: Style.CopyCheck, for style: inout Style) throws {
        try Self.require(style, in: [.trained, .checked], to: "be checked")
        guard check.adapter == style.trainings.last?.adapter else {
            throw RightsError(
                .invalidValue, "style \(style.identifier)'s check is of another adapter than the last trained"
            )
        }
        guard check.nearCopyCount >= 0 else {
            throw RightsError(.invalidValue, "a count of near copies is 0 or more")
        }
        style.copyCheck = check
        style.stage = check.nearCopyCount == 0 ? .checked : .trained
    }

    // MARK: - Refusals

    private static func require(_ style: Style, in stages: Set<Style.Stage>, to action: String) throws {
        guard stages.contains(style.stage) else {
            let allowed = stages.map(\.rawValue).sorted().joined(separator: ", ")
            throw RightsError(
                .invalidTransition,
                "style \(style.identifier) is \(style.stage.rawValue) and cannot \(action); it would have to be \(allowed)"
            )
        }
    }

    private func require<Kind>(_ condition: Bool, _ kind: String, _ identifier: Identifier<Kind>) throws {
        guard condition else { throw Self.unknown(kind, identifier) }
    }

    private func requireNew<Kind>(_ condition: Bool, _ kind: String, _ identifier: Identifier<Kind>) throws {
        guard condition else {
            throw RightsError(.alreadyRecorded, "\(kind) \(identifier) is already recorded")
        }
    }

    private static func unknown<Kind>(_ kind: String, _ identifier: Identifier<Kind>) -> RightsError {
        RightsError(.unknownReference, "there is no \(kind) \(identifier); record it first")
    }
}
