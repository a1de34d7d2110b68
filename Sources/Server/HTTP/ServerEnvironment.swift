import Serving

/// What the server takes from the machine: time and chance.
public struct ServerEnvironment: Sendable {
    /// What time it is.
    public let now: @Sendable () -> Moment
    /// 64 bits that nobody can guess.
    public let randomBits: @Sendable () -> UInt64

    /// Makes an environment from its parts.
    public init(now: @escaping @Sendable () -> Moment, randomBits: @escaping @Sendable () -> UInt64) {
        self.now = now
        self.randomBits = randomBits
    }

    /// A new id for a request.
    func requestIdentifier() -> String {
        let digits = String(randomBits(), radix: 16)
        return "req_" + String(repeating: "0", count: 16 - digits.count) + digits
    }
}
