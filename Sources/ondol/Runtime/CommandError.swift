/// Why a command cannot go on, in a sentence that says what to do.
struct CommandError: Error, CustomStringConvertible {
    let description: String
    /// Whether another command line would do; else the files or the machine must change.
    let isAboutUsage: Bool

    init(_ description: String, isAboutUsage: Bool = false) {
        self.description = description
        self.isAboutUsage = isAboutUsage
    }
}
