import Dispatch
import Glibc
import Synchronization

/// A time-stamp authority on this machine: `openssl ts` behind a socket, or one that misbehaves.
final class TimestampServer: Sendable {
    /// How it answers.
    enum Kind: Sendable {
        /// With time stamps, by keys and certificates in a folder that it makes.
        case honest(folder: String)
        /// It takes the connection and says nothing.
        case hanging
        /// With something else than a time stamp.
        case garbage
        /// With an error.
        case refusing
    }

    private let kind: Kind
    private let listener: Int32
    /// Connections that are kept open without an answer.
    private let held = Mutex<[Int32]>([])
    private let count = Mutex(0)
    /// The port.
    let port: UInt16

    /// How often it was asked.
    var askedCount: Int { count.withLock { $0 } }
    /// Where it is asked.
    var address: String { "http://127.0.0.1:\(port)/" }

    /// Listens at a free port of the loopback until ``stop()``.
    init(_ kind: Kind) throws {
        self.kind = kind
        if case .honest(let folder) = kind { try Self.makeCertificates(in: folder) }
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && listen(socket, 16) == 0
                    && getsockname(socket, $0, &length) == 0
            }
        }
        guard isListening else { throw Failure(reason: "no port to listen at") }
        port = address.sin_port.bigEndian
        Thread.start { [self] in acceptAll() }
    }

    /// Stops listening and lets go of those who wait.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        for connection in held.withLock({ $0 }) { close(connection) }
    }

    private func acceptAll() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            count.withLock { $0 += 1 }
            answer(connection)
        }
    }

    private func answer(_ connection: Int32) {
        let query = Self.body(of: connection)
        switch kind {
        case .hanging: held.withLock { $0.append(connection) }
        case .garbage: Self.send(Array("no time stamp".utf8), status: "200 OK", to: connection)
        case .refusing: Self.send([], status: "503 Service Unavailable", to: connection)
        case .honest(let folder):
            let path = "\(folder)/query-\(connection)"
            Self.write(query, to: path)
            let result = system(
                "cd \(folder) && openssl ts -reply -config ts.cnf -queryfile \(path) -out \(path).reply 2>/dev/null"
            )
            Self.send(result == 0 ? Self.read("\(path).reply") : [], status: "200 OK", to: connection)
        }
    }

    private static func body(of connection: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
                let length =
                    head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
                if bytes.count - end.upperBound >= length { return Array(bytes[end.upperBound...]) }
            }
            let count = Glibc.read(connection, &piece, piece.count)
            guard count > 0 else { return [] }
            bytes += piece[..<count]
        }
    }

    private static func send(_ body: [UInt8], status: String, to connection: Int32) {
        let head =
            "HTTP/1.1 \(status)\r\nContent-Type: application/timestamp-reply\r\nContent-Length: \(body.count)\r\n"
            + "Connection: close\r\n\r\n"
        let bytes = Array(head.utf8) + body
        _ = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        close(connection)
    }

    /// A root and an authority below it, as `openssl` makes them.
    private static func makeCertificates(in folder: String) throws {
        write(
            Array(
                """
                [tsa]
                default_tsa = one
                [one]
                serial = serial
                signer_cert = tsa.pem
                certs = root.pem
                signer_key = tsa.key
                signer_digest = sha256
                default_policy = 1.2.3.4
                digests = sha256, sha384, sha512
                accuracy = secs:1
                ess_cert_id_alg = sha256
                [leaf]
                basicConstraints = critical, CA:false
                keyUsage = critical, digitalSignature
                extendedKeyUsage = critical, timeStamping
                subjectKeyIdentifier = hash
                authorityKeyIdentifier = keyid

                """.utf8), to: "\(folder)/ts.cnf")
        write(Array("01\n".utf8), to: "\(folder)/serial")
        let commands = [
            "openssl ecparam -name prime256v1 -genkey -noout -out root.key",
            "openssl req -x509 -new -key root.key -sha256 -days 30 -subj '/O=Test/CN=Time root' -out root.pem"
                + " -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign",
            "openssl ecparam -name prime256v1 -genkey -noout -out tsa.key",
            "openssl req -new -key tsa.key -subj '/O=Test/CN=Time' -out tsa.csr",
            "openssl x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 -sha256"
                + " -extfile ts.cnf -extensions leaf -out tsa.pem",
        ]
        let script = "cd \(folder) && " + commands.map { "\($0) 2>/dev/null" }.joined(separator: " && ")
        guard system(script) == 0 else { throw Failure(reason: "openssl made no certificates") }
    }

    /// The root's certificate as PEM.
    static func root(in folder: String) -> String {
        String(decoding: read("\(folder)/root.pem"), as: UTF8.self)
    }

    private static func write(_ bytes: [UInt8], to path: String) {
        guard let file = fopen(path, "w") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    private static func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<count])
    }

    private struct Failure: Error { let reason: String }

    /// A thread of its own, since what it waits for is a test's.
    private enum Thread {
        static func start(_ body: @escaping @Sendable () -> Void) {
            DispatchQueue(label: "ondol.tests.timestamp").async(execute: body)
        }
    }
}
