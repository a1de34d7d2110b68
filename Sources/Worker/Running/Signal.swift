/// Wakes one task. Rings that come while one is pending are one.
struct Signal: Sendable {
    let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    /// Wakes whoever listens, now or when it next looks.
    func ring() { continuation.yield() }
    /// Ends the stream.
    func finish() { continuation.finish() }
}
