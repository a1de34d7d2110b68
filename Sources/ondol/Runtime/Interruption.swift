import Glibc
import Synchronization

/// Ctrl-C and a polite kill, noticed instead of ending the program at once.
enum Interruption {
    private static let count = Atomic(0)

    /// From now on the first of both signals is only noticed; a second one ends the program at once.
    static func watch() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                if Interruption.count.add(1, ordering: .relaxed).newValue > 1 { _exit(128 + number) }
            }
        }
    }

    /// Whether a signal came.
    static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }
}
