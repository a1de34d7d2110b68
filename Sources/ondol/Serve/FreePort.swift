import Glibc

/// Finds a port for a service that was told to take a free one.
///
/// It is known before the service listens, since links to pictures, the page's rule of origins and the API's description
/// all name it. Somebody else may take it in between; the service then says that it cannot listen.
enum FreePort {
    /// A port at which nobody listens now.
    /// - Throws: ``CommandError`` where the host has no address here.
    static func find(at host: String) throws -> Int {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "0", &hints, &list) == 0, let list else {
            throw CommandError("\(host) is no address to listen at; name one of this machine's")
        }
        defer { freeaddrinfo(list) }
        let descriptor = socket(list.pointee.ai_family, list.pointee.ai_socktype, list.pointee.ai_protocol)
        defer { if descriptor >= 0 { close(descriptor) } }
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let isBound =
            descriptor >= 0 && bind(descriptor, list.pointee.ai_addr, list.pointee.ai_addrlen) == 0
            && withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    getsockname(descriptor, $0, &length) == 0
                }
            }
        guard isBound else {
            throw CommandError("no port is free at \(host): \(String(cString: strerror(errno)))")
        }
        // The port stands at the same place in both kinds of address.
        return withUnsafeBytes(of: &address) { bytes in
            Int(bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self).bigEndian)
        }
    }
}
