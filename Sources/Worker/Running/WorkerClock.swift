import Serving

/// Time, as a worker is given it: it reads no clock of its own.
public struct WorkerClock: Sendable {
    /// The wall clock, which may be set: for leases and events.
    public var now: @Sendable () -> Moment
    /// Seconds on a clock that nobody sets: for measuring.
    public var uptimeSeconds: @Sendable () -> Double
    /// Waits some seconds of that clock.
    /// - Throws: `CancellationError` where the task is cancelled.
    public var sleep: @Sendable (Double) async throws -> Void

    /// Makes a clock.
    public init(
        now: @escaping @Sendable () -> Moment, uptimeSeconds: @escaping @Sendable () -> Double,
        sleep: @escaping @Sendable (Double) async throws -> Void
    ) {
        self.now = now
        self.uptimeSeconds = uptimeSeconds
        self.sleep = sleep
    }
}
