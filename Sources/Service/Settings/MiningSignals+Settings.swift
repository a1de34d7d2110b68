import Server

extension MiningSignals {
    /// What an operator's settings tell programs that collect pictures: mining is reserved unless everything is allowed.
    public init(_ settings: ServiceSettings.Provenance) {
        self.init(
            isReserved: settings.training != "allowed",
            termsAddress: settings.terms.isEmpty ? nil : settings.terms)
    }
}
