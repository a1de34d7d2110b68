import Rights
import Serving

/// Where objections to the policy's decisions wait for an operator, and where the answers are kept.
public protocol AppealStore: Sendable {
    /// Keeps an appeal.
    /// - Throws: ``StoresError`` with code `invalidArgument` where its message is empty or too long.
    func add(_ appeal: AppealRecord) async throws(StoresError) -> AppealAdding

    /// An appeal, or nil where there is none for this viewer.
    func appeal(_ id: AppealIdentifier, for viewer: Viewer) async throws(StoresError) -> AppealRecord?

    /// Appeals, the oldest first.
    ///
    /// - Parameters:
    ///   - isOpen: only those without an answer, or only those with one; nil for all.
    ///   - id: the last one of the page before, or nil for the first page.
    ///   - limit: the most to give; 1 to 200.
    func appeals(isOpen: Bool?, after id: AppealIdentifier?, limit: Int) async throws(StoresError)
        -> [AppealRecord]

    /// Answers an appeal; nil where there is none of that name.
    /// - Throws: ``StoresError`` with code `invalidArgument` where the reason is empty or too long, or it was answered too often.
    func answer(_ id: AppealIdentifier, _ answer: AppealAnswer) async throws(StoresError) -> AppealRecord?

    /// What all answers together change of the rules.
    func policyAmendments() async throws(StoresError) -> PolicyAmendments

    /// How many answers there are: a greater number says that ``policyAmendments()`` may have changed.
    func appealAnswerCount() async throws(StoresError) -> Int
}

/// What became of an appeal that was to be kept.
public enum AppealAdding: Hashable, Sendable {
    /// It waits for an answer.
    case kept
    /// This caller has as many open appeals as anybody may have.
    case tooManyOfCaller
    /// More wait than an operator can read.
    case full
}
