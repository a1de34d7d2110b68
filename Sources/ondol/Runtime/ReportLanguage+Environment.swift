import ArgumentParser
import Simulation

extension ReportLanguage: ExpressibleByArgument {
    /// The one that the environment's locale names; English where it names none of ours.
    static func ofEnvironment(_ environment: [String: String]) -> ReportLanguage {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first {
            !$0.isEmpty
        }
        return ReportLanguage(locale: locale ?? "")
    }
}
