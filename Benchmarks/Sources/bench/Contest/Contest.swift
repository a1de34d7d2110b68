import Bars
import Foundation

/// Two programs that do the same work, one after the other, again and again.
///
/// Both are ready, and idle, while the other one works; a machine that slows down slows both down.
struct Contest {
    /// How one of the two did.
    struct Side {
        let seconds: [Double]

        /// The middle one of the times.
        var median: Double { seconds.median }
    }

    /// Ours.
    let ours: Side
    /// The peer's.
    let peer: Side

    /// Our time as a part of the peer's.
    var ratio: Double { ours.median / peer.median }

    /// Waits until both are ready, then lets them take turns.
    /// - Parameter turns: how many times each does its work.
    init(_ ours: Contestant, against peer: Contestant, turns: Int) throws {
        defer {
            ours.end()
            peer.end()
        }
        _ = try ours.answer()
        let readiness = try peer.answer()
        var times: (ours: [Double], peer: [Double]) = ([], [])
        for _ in 0..<turns {
            times.ours.append(try ours.turn())
            times.peer.append(try peer.turn())
        }
        self.ours = Side(seconds: times.ours)
        self.peer = Side(seconds: times.peer)
        let variant = readiness["ready"] as? String ?? ""
        note("\(ours.name): \(Self.text(times.ours)); \(peer.name) (\(variant)): \(Self.text(times.peer))")
    }

    private static func text(_ seconds: [Double]) -> String {
        seconds.map { String(format: "%.3f", $0) }.joined(separator: " ") + " s"
    }
}
