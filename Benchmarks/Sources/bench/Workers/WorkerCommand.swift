import ArgumentParser
import Foundation
import NeuralNetworks

/// Our side of a contest, in a process of its own.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Does one kind of work for another process that measures it.",
        shouldDisplay: false,
        subcommands: [
            UNetWorker.self, PictureWorker.self, TrainingWorker.self, MemoryWorker.self,
        ])
}

/// The worker's side of the conversation.
enum Turns {
    /// Says that the work can begin, then does it once for each line that comes in.
    /// - Parameter work: returns the seconds it took.
    static func take(_ work: () throws -> Double) throws {
        say(["ready": "ondol"])
        while readLine() != nil { say(["seconds": try work()]) }
    }

    /// The same for work that suspends.
    nonisolated(nonsending) static func take(_ work: () async throws -> Double) async throws {
        say(["ready": "ondol"])
        while readLine() != nil { say(["seconds": try await work()]) }
    }

    /// Prints one line of JSON at once.
    static func say(_ answer: [String: any Sendable]) {
        guard var line = try? JSONSerialization.data(withJSONObject: answer) else { return }
        line.append(0x0A)
        FileHandle.standardOutput.write(line)
    }

    /// The seconds `work` takes.
    static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        return try clock.measure { try work() } / .seconds(1)
    }

    /// The seconds suspending `work` takes.
    nonisolated(nonsending) static func seconds(_ work: () async throws -> Void) async rethrows -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        try await work()
        return (clock.now - start) / .seconds(1)
    }
}
