import HTTPTypes
import Hummingbird

/// The headers that say how a request is to be answered, checked.
struct RequestHeaders: Sendable, Hashable {
    /// Whether the caller wants to be answered later.
    var answersLater = false
    var idempotencyKey: String?
    var ticketNumber: UInt64?
    var retryCount = 0

    /// Headers whose second occurrence would leave open which one counts.
    private static let single: [HTTPField.Name] = [
        .authorization, .contentType, .contentLength, .idempotencyKey, .ticket, .lastEventIdentifier, .origin,
        .pageToken,
    ]

    static func refuseDuplicates(_ headers: HTTPFields) throws(APIError) {
        for name in single where headers[values: name].count > 1 { throw .duplicateHeader(name) }
    }

    init(_ headers: HTTPFields) throws(APIError) {
        let preferences = headers[values: .prefer].flatMap { $0.split(separator: ",") }
        answersLater = preferences.contains {
            HeaderParameters.trimmed(String($0)).lowercased() == "respond-async"
        }
        if let key = headers[.idempotencyKey] {
            guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw .invalidHeader(.idempotencyKey, "1 to 255 visible ASCII characters")
            }
            idempotencyKey = key
        }
        if let text = headers[.ticket] {
            guard let number = UInt64(text), String(number) == text else {
                throw .invalidHeader(.ticket, "the number that was given")
            }
            ticketNumber = number
        }
        // What a library says about its repeats is a hint and no reason to refuse.
        retryCount = headers[.retryCount].flatMap { Int($0) }.map { min(max(0, $0), 100) } ?? 0
    }

    /// The number after which a stream is to go on; 0 where none is given.
    static func lastEvent(_ headers: HTTPFields) throws(APIError) -> UInt64 {
        guard let text = headers[.lastEventIdentifier] else { return 0 }
        guard let number = UInt64(text), String(number) == text else {
            throw .invalidHeader(.lastEventIdentifier, "the id of an event of this stream")
        }
        return number
    }
}
