/// How far a run has come.
public struct SimulationProgress: Sendable, Hashable {
    /// Seconds under the virtual clock.
    public var seconds: Double
    /// Seconds until people stop coming; the line is emptied after that.
    public var durationSeconds: Double
    /// Requests so far.
    public var requests: Int
    /// Pictures that wait.
    public var waiting: Int

    /// Names every number.
    public init(seconds: Double, durationSeconds: Double, requests: Int, waiting: Int) {
        self.seconds = seconds
        self.durationSeconds = durationSeconds
        self.requests = requests
        self.waiting = waiting
    }
}
