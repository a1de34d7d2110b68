import ArgumentParser
import PJRT

/// Where the program begins.
@main
enum Main {
    static func main() async {
        // Before any thread has asked for memory: the number of heaps is fixed when the first does.
        HostAllocator.keepLargeBlocks()
        await Ondol.main()
    }
}

/// The command line.
struct Ondol: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ondol",
        abstract: "Draws pictures from sentences, on a model of its own, on whatever chip there is.",
        version: "0.1.0",
        subcommands: [
            GenerateCommand.self, VerifyCommand.self, ServeCommand.self, KeysCommand.self, PlansCommand.self,
            SettingsCommand.self, PolicyCommand.self, AppealsCommand.self, RightsCommand.self,
            CardCommand.self, LedgerCommand.self, SimulateCommand.self, CapacityCommand.self,
            PaintCommand.self,
            TrainCommand.self, ModelsCommand.self,
            DoctorCommand.self,
        ])
}
