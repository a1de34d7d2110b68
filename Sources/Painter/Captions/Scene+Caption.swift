extension Scene {
    /// A sentence about the scene as a person might write it: varied words, some attributes left out.
    ///
    /// It never says what the picture does not show. The same scene, language and seed give the same words.
    public func caption(language: CaptionLanguage, seed: UInt64) -> String {
        var random = SeededGenerator(seed: seed ^ composition, part: .caption)
        let plan = CaptionPlan(self, &random)
        var chooser = WordChooser(random: random)
        return text(plan, language, &chooser)
    }

    /// A sentence that names every attribute in the plainest words.
    ///
    /// Clear weather and the mood `none` are what no word is needed for.
    public func fullCaption(language: CaptionLanguage) -> String {
        var chooser = WordChooser(random: nil)
        return text(.full, language, &chooser)
    }

    private func text(_ plan: CaptionPlan, _ language: CaptionLanguage, _ chooser: inout WordChooser)
        -> String
    {
        switch language {
        case .korean: KoreanCaption(self).text(plan, &chooser)
        case .english: EnglishCaption(self).text(plan, &chooser)
        }
    }
}
