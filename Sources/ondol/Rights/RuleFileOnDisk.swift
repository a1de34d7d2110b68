import FoundationEssentials
import Rights
import Service

/// The rules that requests are judged by: those of a file, or those that ship.
enum RuleFileOnDisk {
    /// The policy of the settings.
    /// - Throws: ``CommandError`` where the file cannot be read or used, naming every clash.
    static func policy(_ settings: ServiceSettings) throws(CommandError) -> Policy {
        try settings.policy.rules.isEmpty ? shipped() : policy(at: settings.policy.rules)
    }

    /// The text of the settings' rules.
    static func text(_ settings: ServiceSettings) throws(CommandError) -> String {
        try settings.policy.rules.isEmpty ? RuleFile.defaultTOML : text(at: settings.policy.rules)
    }

    /// The policy of a file.
    static func policy(at path: String) throws(CommandError) -> Policy {
        let text = try text(at: path)
        do {
            return try Policy(toml: text)
        } catch {
            let problems = message(of: error).split(separator: "\n").map { "\n  - \($0)" }.joined()
            throw CommandError("the rule file \(path) cannot be used:\(problems)")
        }
    }

    private static func text(at path: String) throws(CommandError) -> String {
        try InputFile.text(path, maximumBytes: RuleFile.maximumBytes, kind: "rule")
    }

    private static func shipped() throws(CommandError) -> Policy {
        do {
            return try Policy.shipped()
        } catch {
            throw CommandError("the rules that ship contradict themselves: \(message(of: error))")
        }
    }

    private static func message(of error: any Error) -> String {
        (error as? RightsError)?.message ?? "\(error)"
    }
}
