import ScriptedService

@testable import Server

/// Writes forms as clients do.
struct Form {
    static let boundary = "----ondol7"
    static let contentType = ("content-type", "multipart/form-data; boundary=\(boundary)")

    private var body: [UInt8] = []

    mutating func field(_ name: String, _ text: String) { part("name=\"\(name)\"", Array(text.utf8)) }

    mutating func file(_ name: String, _ bytes: [UInt8]) {
        part("name=\"\(name)\"; filename=\"../../\(name).png\"\r\nContent-Type: image/png", bytes)
    }

    private mutating func part(_ disposition: String, _ bytes: [UInt8]) {
        body += "--\(Self.boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n\r\n".utf8
        body += bytes
        body += "\r\n".utf8
    }

    var bytes: [UInt8] { body + "--\(Self.boundary)--\r\n".utf8 }

    static let png = ScriptedPictures.signature(.png) + [1, 2, 3]
    static let jpeg = ScriptedPictures.signature(.jpeg) + [1, 2, 3]
}
