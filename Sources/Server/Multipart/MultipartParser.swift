/// Why a body is not the form that is taken here. Nothing of the body is in it.
enum MultipartFault: Error, Sendable, Hashable {
    /// The first boundary is missing.
    case noBoundary
    /// The body ends before the last boundary.
    case truncated
    /// What follows a boundary is neither a new line nor the end.
    case brokenBoundary
    /// A part's headers are too long, malformed, or twice there.
    case brokenHeaders
    /// A part has no name, or is no part of a form.
    case noName
    /// A part is encoded; parts of forms are not.
    case encodedPart
    /// More parts than are allowed.
    case tooManyParts

    /// The fault in words.
    var words: String {
        switch self {
        case .noBoundary: "it does not begin with the boundary of Content-Type"
        case .truncated: "it ends in the middle of a part"
        case .brokenBoundary: "a boundary is followed by something else than a new line"
        case .brokenHeaders:
            "a part's headers are malformed, or longer than \(MultipartParser.maximumHeaderBytes) bytes"
        case .noName: "a part has no Content-Disposition: form-data with a name"
        case .encodedPart: "a part has a Content-Transfer-Encoding; send its bytes as they are"
        case .tooManyParts: "it has more than \(MultipartParser.maximumParts) parts"
        }
    }
}

/// Takes a form apart.
///
/// Source: RFC 7578; RFC 2046, 5.1.1 for boundaries.
struct MultipartParser {
    /// Sixteen photos, a mask, and the fields.
    static let maximumParts = 64
    /// A part's headers are a name, a file name and a type.
    static let maximumHeaderBytes = 4096

    private let body: [UInt8]
    private let boundary: [UInt8]
    private var index = 0

    /// Takes a whole body apart. Its length is for the caller to bound.
    static func parse(_ body: [UInt8], boundary: String) throws(MultipartFault) -> [FormPart] {
        var parser = MultipartParser(body: body, boundary: Array("--\(boundary)".utf8))
        return try parser.parts()
    }

    private init(body: [UInt8], boundary: [UInt8]) {
        self.body = body
        self.boundary = boundary
    }

    private mutating func parts() throws(MultipartFault) -> [FormPart] {
        // Some clients begin with an empty line.
        if body.starts(with: [0x0D, 0x0A]) { index = 2 }
        guard has(boundary, at: index) else { throw .noBoundary }
        index += boundary.count
        var parts: [FormPart] = []
        while try !isClosed() {
            guard parts.count < Self.maximumParts else { throw .tooManyParts }
            parts.append(try part())
        }
        return parts
    }

    /// Whether the boundary just passed was the last one.
    private mutating func isClosed() throws(MultipartFault) -> Bool {
        if has(Array("--".utf8), at: index) { return true }
        // A boundary may have blanks behind it.
        while index < body.count, body[index] == 0x20 || body[index] == 0x09 { index += 1 }
        guard index + 2 <= body.count else { throw .truncated }
        guard has([0x0D, 0x0A], at: index) else { throw .brokenBoundary }
        index += 2
        return false
    }

    private mutating func part() throws(MultipartFault) -> FormPart {
        let headers = try self.headers()
        guard
            headers["content-transfer-encoding"].map({
                $0.lowercased() == "binary" || $0.lowercased() == "8bit"
            }) ?? true
        else { throw .encodedPart }
        guard let value = headers["content-disposition"], let disposition = HeaderParameters(value),
            disposition.value == "form-data", let name = disposition["name"], !name.isEmpty
        else { throw .noName }
        let start = index
        guard let end = nextBoundary(from: start) else { throw .truncated }
        index = end + 2 + boundary.count
        return FormPart(name: name, fileName: disposition["filename"], bytes: Array(body[start..<end]))
    }

    private mutating func headers() throws(MultipartFault) -> [String: String] {
        var headers: [String: String] = [:]
        let limit = min(body.count, index + Self.maximumHeaderBytes)
        while true {
            var end = index
            while end < limit, body[end] != 0x0D { end += 1 }
            guard end < limit, has([0x0D, 0x0A], at: end) else {
                throw limit == body.count ? .truncated : .brokenHeaders
            }
            let line = body[index..<end]
            index = end + 2
            if line.isEmpty { return headers }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                let name = String(validating: line[..<colon], as: UTF8.self),
                let value = String(validating: line[(colon + 1)...], as: UTF8.self)
            else { throw .brokenHeaders }
            let isNew =
                headers.updateValue(HeaderParameters.trimmed(value), forKey: name.lowercased()) == nil
            guard isNew else { throw .brokenHeaders }
        }
    }

    /// Where the line break before the next boundary is.
    ///
    /// - Complexity: O(bytes) for bodies as clients send them; a boundary is at most 70 bytes.
    private func nextBoundary(from start: Int) -> Int? {
        var position = start
        return body.withUnsafeBufferPointer { bytes in
            while position + 2 + boundary.count <= bytes.count {
                if bytes[position] == 0x0D, bytes[position + 1] == 0x0A, has(boundary, at: position + 2) {
                    return position
                }
                position += 1
            }
            return nil
        }
    }

    private func has(_ expected: [UInt8], at position: Int) -> Bool {
        guard position + expected.count <= body.count else { return false }
        for offset in expected.indices where body[position + offset] != expected[offset] { return false }
        return true
    }
}
