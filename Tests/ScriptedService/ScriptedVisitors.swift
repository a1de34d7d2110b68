import Server
import Serving
import Synchronization

/// Lets every visitor draw, and writes down who came.
public final class ScriptedVisitors: VisitorService {
    private let seen = Mutex<[Visitor]>([])

    /// Makes it.
    public init() {}

    /// Everybody who came, in order.
    public var visitors: [Visitor] { seen.withLock { $0 } }

    /// See ``VisitorService``.
    public func caller(of visitor: Visitor) async throws -> Caller {
        seen.withLock { $0.append(visitor) }
        return Caller(id: "visitor-\(visitor.id)", plan: .visitor)
    }
}
