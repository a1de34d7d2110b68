import ArgumentParser
import Glibc
import ImagePipelines

extension Ondol {
    /// Runs the command that was asked for, and ends with 0 where it was done, 2 where it was asked for wrongly, 130
    /// where it was interrupted, and 1 where it failed; `verify` says more by its status. What went wrong is one sentence
    /// on standard error.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(after: error)
        }
    }

    private static func end(after error: any Error) -> Never {
        let status = exitCode(for: error)
        if status.isSuccess { exit(withError: error) }
        if error is CancellationError {
            Terminal.note("ondol: stopped")
            Glibc.exit(128 + SIGINT)
        }
        // A command that has said what it found says by its status which it was.
        if let status = error as? ExitCode { Glibc.exit(status.rawValue) }
        let help = status == .validationFailure ? " (see ondol help)" : ""
        Terminal.note("ondol: \(message(for: error))\(help)")
        Glibc.exit(status == .validationFailure || error.isAboutUsage ? 2 : 1)
    }
}

extension Error {
    /// Whether another command line would do.
    fileprivate var isAboutUsage: Bool {
        switch self {
        case let error as CommandError: error.isAboutUsage
        case let error as PipelineError:
            [.invalidSize, .invalidSetting, .invalidPrompt].contains(error.code)
        default: false
        }
    }
}
