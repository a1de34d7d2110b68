import Hummingbird
import Logging
import NIOCore
import Synchronization

/// What goes with a request through the server.
public struct APIContext: RequestContext {
    /// Hummingbird's own part.
    public var coreContext: CoreRequestContextStorage
    /// The request's id: in its answer, and in every log line about it.
    public internal(set) var requestIdentifier = ""
    /// The address at the other end of the connection; nil where there is none.
    let peerAddress: String?
    /// Who sent it, once that is known.
    let callerNote = CallerNote()

    /// Makes the context of a request that has just come.
    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peerAddress = source.channel.remoteAddress?.ipAddress
    }
}

/// Carries the caller's name from the handler, which finds it, to the log, which is written around the handler.
final class CallerNote: Sendable {
    private let name = Mutex<String?>(nil)

    var callerName: String? {
        get { name.withLock { $0 } }
        set { name.withLock { $0 = newValue } }
    }
}
