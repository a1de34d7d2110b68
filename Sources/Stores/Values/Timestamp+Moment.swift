import Rights
import Serving

extension Timestamp {
    /// A moment as the registry and the ledger write it, in whole milliseconds. One that no record may have, as of a clock
    /// that was never set, becomes the nearest that may.
    public init(_ moment: Moment) { self.init(nearestTo: moment.microseconds / 1000) }
}
