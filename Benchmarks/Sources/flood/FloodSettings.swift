import ArgumentParser
import Bars

/// What a flood is made of.
struct FloodSettings: ParsableArguments {
    @Option(help: "Rows to measure, by the beginnings of their names, with commas between; all by default.")
    var only = ""

    @Option(help: ArgumentHelp("The `ondol` program.", valueName: "file"))
    var ondol = "\(BenchFolders.project)/.build/release/ondol"

    @Option(
        help: ArgumentHelp("The model that is served: a name on the shelf, or a folder.", valueName: "model"))
    var model = "\(BenchFolders.project)/Models/hanji"

    @Option(help: "The port that services listen at; 0 takes one that is free.")
    var port = 0

    @Option(help: "What all chance follows from.")
    var seed: UInt64 = 4

    @Option(help: "Callers of the flood; the first sends half.")
    var callers = 200

    @Option(help: "Seconds that the flood lasts.")
    var seconds = 180.0

    @Option(help: "Seconds of ordinary use before it, and of light callers alone.")
    var quietSeconds = 90.0

    @Option(help: "Seconds of refused requests.")
    var refusalSeconds = 20.0

    @Option(help: "Requests a second that are refused.")
    var refusalsPerSecond = 500.0

    @Option(help: "Jobs by which the server's own cost is measured.")
    var jobs = 1500

    @Option(help: "Pictures drawn in batches and alone.")
    var pictures = 16

    @Option(help: "How often the service is killed.")
    var rounds = 100

    @Option(help: "Devices of the simulated wave.")
    var devices = 1000

    @Option(help: "Seconds of the simulated wave.")
    var waveSeconds = 3600.0

    /// The same at the smallest size: seconds in all.
    var smallest: FloodSettings {
        var small = self
        (small.callers, small.seconds, small.quietSeconds, small.refusalSeconds) = (8, 6, 3, 2)
        (small.refusalsPerSecond, small.jobs, small.pictures, small.rounds) = (100, 40, 4, 1)
        (small.devices, small.waveSeconds) = (4, 120)
        return small
    }

    func validate() throws {
        let positive = [seconds, quietSeconds, refusalSeconds, refusalsPerSecond, waveSeconds]
        guard positive.allSatisfy({ $0 > 0 && $0 <= 86_400 }), jobs > 0, pictures > 0, rounds > 0, devices > 0
        else {
            throw ValidationError("numbers of seconds, jobs, pictures, rounds and devices must be above 0")
        }
        // Each caller is a task with connections of its own.
        guard (2...1000).contains(callers) else { throw ValidationError("--callers must be 2 to 1000") }
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535") }
    }
}
