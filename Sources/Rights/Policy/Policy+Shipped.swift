extension Policy {
    /// The policy of the rules that ship.
    /// - Throws: ``RightsError`` where they contradict themselves, which a test looks for.
    public static func shipped() throws -> Policy { try made.get() }

    /// Made once: folding some thousand spellings takes a while.
    private static let made = Result { try Policy(toml: RuleFile.defaultTOML) }
}
