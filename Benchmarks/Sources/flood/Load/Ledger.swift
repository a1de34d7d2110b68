import Synchronization

/// What became of one wish for a picture.
struct Wish: Sendable {
    /// Who wanted it.
    enum Kind: Sendable, Hashable { case light, ordinary, heavy, many }

    /// What was said about the time, and when; seconds of the clock that nobody sets.
    struct Promise: Sendable {
        let made: Double
        let earliest: Double
        let expected: Double
        let latest: Double
    }

    /// How it ended.
    enum Ending: Sendable, Hashable {
        /// The picture is there.
        case delivered
        /// It was accepted, and failed.
        case failed
        /// Its caller was turned away and gave up.
        case refused
        /// There was no answer, or none that was expected.
        case unanswered
    }

    let kind: Kind
    /// When it was first asked for.
    let asked: Double
    var refusals = 0
    var promise: Promise?
    var tier = ""
    var ended = 0.0
    var ending = Ending.unanswered

    /// Whether the service had taken it.
    var isAccepted: Bool { promise != nil }
    /// Seconds from asking to the picture.
    var waitSeconds: Double { ended - asked }

    /// Whether the picture came no later than promised.
    var isInTime: Bool {
        guard let promise, ending == .delivered else { return false }
        return ended - promise.made <= promise.latest
    }

    /// Whether it came neither sooner nor later than promised.
    var isInRange: Bool {
        guard let promise else { return false }
        return isInTime && ended - promise.made >= promise.earliest
    }
}

/// All wishes of a run.
final class Ledger: Sendable {
    private let wishes = Mutex<[Wish]>([])
    private let firstTrouble = Mutex<String?>(nil)

    func add(_ wish: Wish) { wishes.withLock { $0.append(wish) } }

    /// Notes why a wish was not answered; the first time only, for the reader.
    func note(_ trouble: any Error) { firstTrouble.withLock { $0 = $0 ?? "\(trouble)" } }

    /// What went wrong first, if anything did.
    var trouble: String? { firstTrouble.withLock { $0 } }

    /// Those that were asked for between two moments.
    func all(from start: Double, to end: Double) -> [Wish] {
        wishes.withLock { $0.filter { $0.asked >= start && $0.asked < end } }
    }
}

extension [Wish] {
    /// The share of the accepted of which something holds; not a number where none was accepted.
    func share(_ holds: (Wish) -> Bool) -> Double {
        let accepted = filter(\.isAccepted)
        return accepted.isEmpty ? .nan : Double(accepted.count(where: holds)) / Double(accepted.count)
    }

    /// The waits of pictures that came.
    var waits: Waits { Waits(lazy.filter { $0.ending == .delivered }.map(\.waitSeconds)) }
}
