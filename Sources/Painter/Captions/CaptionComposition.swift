/// How a language puts a caption's words together: a phrase or tags, then the style after commas.
protocol CaptionComposition {
    /// The language's words for the scene.
    var words: CaptionWords { get }

    /// What the picture shows as a noun phrase.
    func phrase(_ plan: CaptionPlan, _ chooser: inout WordChooser) -> String
    /// What the picture shows as words of their own.
    func tags(_ plan: CaptionPlan, _ chooser: inout WordChooser) -> [String]
}

extension CaptionComposition {
    /// The whole caption.
    func text(_ plan: CaptionPlan, _ chooser: inout WordChooser) -> String {
        // Chosen before the rest: the order of choices decides every caption of every seed.
        let style = style(plan, &chooser)
        let parts = plan.form == .tags ? tags(plan, &chooser) : [phrase(plan, &chooser)]
        return (parts + style).joined(separator: ", ")
    }

    private func style(_ plan: CaptionPlan, _ chooser: inout WordChooser) -> [String] {
        var style: [String] = []
        if plan.namesMedium, let word = chooser.pick(words.medium) { style.append(word) }
        if plan.namesMood, let word = chooser.pick(words.mood) { style.append(word) }
        if plan.namesImpression, let word = chooser.pick(words.impression) { style.append(word) }
        return chooser.shuffled(style)
    }
}
