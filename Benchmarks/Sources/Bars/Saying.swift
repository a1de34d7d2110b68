import Foundation

/// Says something on standard error.
public func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}

/// Prints a line of what was measured.
public func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

/// Why something could not be measured.
public struct BenchError: Error, CustomStringConvertible {
    /// What, why, and what to do.
    public let description: String

    /// Makes an error.
    public init(_ description: String) { self.description = description }
}

/// Where the benchmarks find and keep things.
public enum BenchFolders {
    /// The root of the repository: from the environment's `ONDOL_HOME`, or the working folder.
    public static let project =
        ProcessInfo.processInfo.environment["ONDOL_HOME"] ?? FileManager.default.currentDirectoryPath
    /// What the benchmarks make once and use again.
    public static let state = "\(project)/.ondol/bench"
    /// The classifier that is part of the repository.
    public static let classifier = "\(project)/Benchmarks/Classifier"
    /// Programs compiled for measurements.
    public static let cache = "\(state)/cache"
}
