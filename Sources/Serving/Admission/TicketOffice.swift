/// The tickets that are out, by place and by when they lapse.
struct TicketOffice: Sendable, Hashable {
    /// The work that tickets stand for, by place.
    private var places = WorkIndex()
    /// The same numbers, ordered by the moment they lapse instead of a tag.
    private var lapses = WorkIndex()
    /// How many of those who hold tickets come back; between 0 and 1.
    private(set) var returnShare = 0.7

    var count: Int { places.count }

    /// The work that holders of tickets before a place are expected to bring, in device-seconds.
    func workSeconds(before place: QueuePlace) -> Double {
        places.isEmpty ? 0 : places.workSeconds(before: place) * returnShare
    }

    mutating func issue(_ ticket: Ticket) {
        places.insert(ticket.place, workSeconds: ticket.workSeconds)
        lapses.insert(Self.lapse(ticket), workSeconds: 0)
        placeTags[ticket.number] = ticket.place.tag
    }

    /// Takes a ticket back: its holder has come and was taken.
    mutating func redeem(_ ticket: Ticket) {
        guard drop(number: ticket.number, lapse: Self.lapse(ticket)) else { return }
        returnShare += 0.02 * (1 - returnShare)
    }

    /// Forgets tickets whose time is over.
    mutating func sweep(at now: Moment) {
        while let first = lapses.first, first.tag < Double(now.microseconds) {
            drop(number: first.number, lapse: first)
            returnShare += 0.02 * (0 - returnShare)
        }
    }

    private var placeTags: [UInt64: Double] = [:]

    @discardableResult
    private mutating func drop(number: UInt64, lapse: QueuePlace) -> Bool {
        guard lapses.remove(lapse) != nil, let tag = placeTags.removeValue(forKey: number) else {
            return false
        }
        places.remove(QueuePlace(tag: tag, number: number))
        return true
    }

    private static func lapse(_ ticket: Ticket) -> QueuePlace {
        QueuePlace(tag: Double(ticket.comeBackUntil.microseconds), number: ticket.number)
    }
}
