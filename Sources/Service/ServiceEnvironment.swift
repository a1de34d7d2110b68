import Serving

/// What the service takes from the machine: time and chance.
public struct ServiceEnvironment: Sendable {
    /// What time it is.
    public let now: @Sendable () -> Moment
    /// 64 bits that nobody can guess.
    public let randomBits: @Sendable () -> UInt64
    /// Returns after so many seconds, or throws where its task is cancelled.
    public let sleep: @Sendable (Double) async throws -> Void

    /// Makes an environment from its parts.
    public init(
        now: @escaping @Sendable () -> Moment, randomBits: @escaping @Sendable () -> UInt64,
        sleep: @escaping @Sendable (Double) async throws -> Void
    ) {
        self.now = now
        self.randomBits = randomBits
        self.sleep = sleep
    }

    /// A generator over ``randomBits``.
    var chance: Chance { Chance(bits: randomBits) }

    /// Chance that cannot be guessed, as the standard library asks for it.
    struct Chance: RandomNumberGenerator {
        let bits: @Sendable () -> UInt64
        mutating func next() -> UInt64 { bits() }
    }
}
