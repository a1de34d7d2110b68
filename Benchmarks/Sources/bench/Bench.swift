import ArgumentParser
import PJRT

/// Measures Ondol against its bars and its peers.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures Ondol against its bars and its peers.",
        subcommands: [
            RowsCommand.self, SmokeCommand.self, OperationsCommand.self, ClassifierCommand.self,
            RightsCommand.self, WorkerCommand.self,
        ],
        defaultSubcommand: RowsCommand.self)

    static func main() async {
        HostAllocator.keepLargeBlocks()
        await main(nil)
    }
}
