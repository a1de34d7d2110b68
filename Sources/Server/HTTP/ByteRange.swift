import HTTPTypes

/// The part of a body that a reader asks for.
///
/// Source: RFC 9110, 14.1.2 and 14.2.
enum ByteRange: Sendable, Hashable {
    /// All of it: nothing was asked for, or something that a server may leave unanswered, as several parts at once.
    case whole
    /// These bytes.
    case part(Range<Int>)
    /// Bytes that are not there.
    case unsatisfiable

    /// What a header asks for of a body.
    /// - Parameter count: how many bytes the body has.
    init(_ header: String?, of count: Int) {
        self = .whole
        guard let header, header.lowercased().hasPrefix("bytes=") else { return }
        let bounds = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
            .map { HeaderParameters.trimmed(String($0)) }
        guard bounds.count == 2 else { return }
        let (first, last) = (Self.position(bounds[0]), Self.position(bounds[1]))
        switch (first, last) {
        case (.number(let first), .number(let last)) where first <= last:
            self = first < count ? .part(first..<min(count, last + 1)) : .unsatisfiable
        case (.number(let first), .none): self = first < count ? .part(first..<count) : .unsatisfiable
        case (.none, .number(let length)):
            self = length > 0 && count > 0 ? .part(max(0, count - length)..<count) : .unsatisfiable
        default: return
        }
    }

    private enum Position {
        case number(Int)
        case none
        case invalid
    }

    /// At most as many digits as any body needs, so that no sum overflows.
    private static func position(_ text: String) -> Position {
        if text.isEmpty { return .none }
        let isPlain = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isPlain, text.utf8.count <= 15, let number = Int(text) else { return .invalid }
        return .number(number)
    }
}
