import Provenance
import Server
import Worker

extension CredentialWishes {
    /// What an operator has set for pictures whose callers wish nothing.
    public init(_ settings: ServiceSettings.Provenance) {
        self.init()
        tellsPrompt = settings.tellsPrompt
        tellsSeed = settings.tellsSeed
        label = LabelPreset(rawValue: settings.label)
        training = TrainingWish(rawValue: settings.training)
        if settings.commercialUse != "unsaid" {
            usage = UsageGrant(
                isCommercial: settings.commercialUse == "granted",
                termsAddress: settings.terms.isEmpty ? nil : settings.terms)
        }
    }

    /// The same with a caller's wishes before the operator's. What pictures may be used for stays the operator's word.
    func changed(by request: CredentialRequest) -> CredentialWishes {
        var wishes = self
        if let tellsPrompt = request.tellsPrompt { wishes.tellsPrompt = tellsPrompt }
        if let tellsSeed = request.tellsSeed { wishes.tellsSeed = tellsSeed }
        // `none` and `unsaid` are no preset and no wish there, and so become nil.
        if let label = request.label { wishes.label = LabelPreset(rawValue: label.rawValue) }
        if let training = request.training { wishes.training = TrainingWish(rawValue: training.rawValue) }
        return wishes
    }
}

extension StoredGeneration {
    /// Why a caller may not have the label it wishes; nil where it may, and where it wishes none in particular.
    func refusal(of request: CredentialRequest) -> PolicyRefusal? {
        guard settings.isLabelRequired, let required = settings.wishes.label, let label = request.label,
            label.rawValue != required.rawValue
        else { return nil }
        return PolicyRefusal(
            code: "label_required", param: "ondol.label",
            message:
                "Every picture of this service bears the label that the rules of '\(required.rawValue)' ask for; leave 'ondol.label' out."
        )
    }
}
