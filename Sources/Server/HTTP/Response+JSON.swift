import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// An answer of JSON.
    init(status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], json: JSONValue) {
        var headers = headers
        headers[.contentType] = "application/json"
        self.init(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }

    /// An answer that says no.
    init(_ error: APIError) {
        var headers = error.headers
        if headers[.shouldRetry] == nil { headers[.shouldRetry] = error.mayPassSoon ? "true" : "false" }
        self.init(status: error.status, headers: headers, json: error.body)
    }
}
