import Dispatch

/// Runs what blocks on a thread of its own, so that no task's thread waits for a disk.
///
/// One after another: a disk is not faster for being asked by many, and callers who wait hold the bytes they wait with.
final class BlockingQueue: Sendable {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    /// Runs a closure and waits for it. A task that is cancelled does not stop it.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(StoresError) -> Value
    ) async throws(StoresError) -> Value {
        let result: Result<Value, StoresError> = await withCheckedContinuation { continuation in
            queue.async {
                do throws(StoresError) {
                    continuation.resume(returning: .success(try body()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
