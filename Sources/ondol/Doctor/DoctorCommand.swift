import ArgumentParser

/// Looks at what drawing needs.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Says what devices, plugins, memory, caches, models and signing were found, and what to do.",
        discussion: "Ends with 0 where drawing is possible, else with 1.")

    @Option(help: "A PJRT plugin file; by default the best that is installed.")
    var plugin: String?

    func run() throws {
        let checkup = MachineCheckup(plugin: plugin).look()
        for line in checkup.lines { print(line) }
        guard checkup.canDraw else { throw ExitCode(1) }
    }
}
