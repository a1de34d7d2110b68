import ImagePipelines
import Logging

/// Follows a shelf's folder while a service runs, so that a style that is put there, replaced or taken away is so for requests
/// some seconds later.
public struct ShelfWatch: Sendable {
    /// How often the folder is looked at, in seconds: two calls to the file system for each style, some milliseconds for a
    /// thousand of them.
    public static let intervalSeconds = 2.0

    private let shelf: StyleShelf
    private let logger: Logger
    private let sleep: @Sendable (_ seconds: Double) async throws -> Void
    private let prepare: @Sendable (_ model: String, _ forms: StyleForms) throws -> Void

    /// Names what is followed.
    /// - Parameters:
    ///   - sleep: ends early, with an error, where its task is cancelled.
    ///   - prepare: see ``StyleShelf/refresh(preparing:)``.
    public init(
        _ shelf: StyleShelf, logger: Logger,
        sleep: @escaping @Sendable (_ seconds: Double) async throws -> Void,
        prepare: @escaping @Sendable (_ model: String, _ forms: StyleForms) throws -> Void
    ) {
        self.shelf = shelf
        self.logger = logger
        self.sleep = sleep
        self.prepare = prepare
    }

    /// Looks again and again, until its task is cancelled.
    public func run() async {
        var lastFailure: String?
        while !Task.isCancelled {
            do { try await sleep(Self.intervalSeconds) } catch { return }
            do {
                tell(try await shelf.refresh(preparing: prepare))
                lastFailure = nil
            } catch {
                // The same every two seconds would fill a log.
                guard lastFailure != "\(error)" else { continue }
                lastFailure = "\(error)"
                logger.error("new styles cannot be offered yet", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// Says in the log what there is at the start.
    public func tellContents() {
        for fault in shelf.faults { logger.warning("a style was left out: \(fault)") }
        for entry in shelf.entries where entry.obstacle != nil { tell(entry) }
    }

    private func tell(_ changes: ShelfChanges) {
        for fault in changes.faults { logger.warning("a style was left out: \(fault)") }
        for style in changes.removed {
            logger.notice("a style was taken away", metadata: ["style": "\(style)"])
        }
        for entry in changes.read { tell(entry) }
    }

    private func tell(_ entry: StyleShelf.Entry) {
        let style = entry.manifest.identifier
        if let obstacle = entry.obstacle {
            logger.warning("the style \(style) cannot be drawn with: \(obstacle)")
        } else {
            logger.notice(
                "a style was read",
                metadata: ["style": "\(style)", "adapter": "\(entry.manifest.adapterHash)"])
        }
    }
}
