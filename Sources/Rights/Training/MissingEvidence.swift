/// One thing that stands between a style and its training.
public struct MissingEvidence: Sendable, Hashable {
    /// What is missing.
    public enum Gap: Sendable, Hashable {
        /// The style lists no works.
        case noWorks
        /// The agreement does not exist, has not begun or is over.
        case agreementNotInForce
        /// Every training the agreement grants is used up.
        case noTrainingLine
        /// The holder took the work back.
        case withdrawn
        /// There is no document for the work.
        case noDocument
        /// The work's credentials say that it must not be trained on.
        case credentialsForbidTraining
        /// The document does not grant training a style.
        case trainingNotGranted
        /// The document does not grant commercial use.
        case commercialUseNotGranted
        /// The document does not hold everywhere the service is offered.
        case territoryNotCovered
        /// The document holds from that day on.
        case notYetInForce(CalendarDay)
        /// The document held up to that day.
        case runOut(CalendarDay)
        /// The file carries a wish against training, and the document does not say that it goes before that.
        case signal(Work.Signal)
        /// Two works are one file, which would be paid twice.
        case sameFile(as: Identifier<Work>)
    }

    /// The work, or nil where it concerns the style as a whole.
    public let work: Identifier<Work>?
    /// What is missing.
    public let gap: Gap

    /// What is missing, and what to do, for the artist.
    public var message: LocalizedText {
        let text = gap.text
        guard let work else { return text }
        return LocalizedText(korean: "\(work): \(text.korean)", english: "\(work): \(text.english)")
    }
}

extension MissingEvidence.Gap {
    fileprivate var text: LocalizedText {
        switch self {
        case .noWorks: .init(korean: "작품이 없습니다. 작품을 고르세요", english: "the style lists no works; choose some")
        case .agreementNotInForce:
            .init(korean: "약정이 효력이 없습니다. 새로 맺으세요", english: "the agreement is not in force; make one that is")
        case .noTrainingLine:
            .init(
                korean: "약정에 남은 학습 항목이 없습니다. 항목을 더하세요",
                english: "the agreement has no training line left; add one, also for training again")
        case .withdrawn:
            .init(korean: "작가가 거둔 작품입니다. 빼 주세요", english: "the holder took it back; leave it out")
        case .noDocument:
            .init(korean: "허락 문서가 없습니다. 문서를 올리세요", english: "there is no licence document; add one")
        case .credentialsForbidTraining:
            .init(
                korean: "파일의 자격증명이 학습을 금합니다. 작가가 새 파일을 내야 합니다",
                english:
                    "its own credentials forbid training; only a new file from the holder can change that")
        case .trainingNotGranted:
            .init(korean: "문서가 스타일 학습을 허락하지 않습니다", english: "the document does not grant training a style")
        case .commercialUseNotGranted:
            .init(korean: "문서가 상업적 이용을 허락하지 않습니다", english: "the document does not grant commercial use")
        case .territoryNotCovered:
            .init(
                korean: "문서의 지역이 서비스 지역보다 좁습니다",
                english: "the document does not hold everywhere the service is offered")
        case .notYetInForce(let day):
            .init(korean: "문서가 \(day)부터 효력이 있습니다", english: "the document holds from \(day) on")
        case .runOut(let day):
            .init(korean: "문서가 \(day)에 끝났습니다", english: "the document ran out on \(day); renew it")
        case .signal(let signal):
            .init(
                korean: "파일에 ‘\(signal.rawValue)’ 표시가 있습니다. 문서에 이를 넘어선다는 말이 있어야 합니다",
                english: "the file says \(signal.rawValue); the document must say that it goes before that")
        case .sameFile(let other):
            .init(
                korean: "\(other)와(과) 같은 파일입니다. 하나만 두세요", english: "it is the same file as \(other); keep one"
            )
        }
    }
}
