/// A job's place in the queue: smallest tag first, and among equal tags whoever asked first.
public struct QueuePlace: Sendable, Hashable, Codable, Comparable {
    /// The tag on the fair clock.
    public let tag: Double
    /// The job's number, or its ticket's; no two jobs have the same.
    public let number: UInt64

    /// Makes a place.
    public init(tag: Double, number: UInt64) {
        self.tag = tag
        self.number = number
    }

    /// Whether the left place is served before the right one.
    public static func < (left: QueuePlace, right: QueuePlace) -> Bool {
        left.tag != right.tag ? left.tag < right.tag : left.number < right.number
    }
}
